import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of the system. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = places.find((place) => place !== undefined && existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      'Chromium is not installed: install the package chromium of the system, or set CHROMIUM to its path',
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page, and what it does that it should not. */
export interface Watched {
  readonly page: Page;
  /** Errors and warnings of its console, and requests that leave the file. */
  readonly faults: readonly string[];
}

/** A page that notes what it does that a page of this address should not. */
export async function watchedPage(
  browser: Browser,
  address: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('dialog', (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(?:file|blob|data):/.test(url) && !url.startsWith(new URL(address).origin)) faults.push(`request ${url}`);
  });
  return { page, faults };
}

/** Opens an address, and waits for the table. */
export async function openPage(...[browser, address, options]: Parameters<typeof watchedPage>): Promise<Watched> {
  const watched = await watchedPage(browser, address, options);
  await watched.page.goto(address);
  await watched.page.getByRole('grid').waitFor();
  return watched;
}
