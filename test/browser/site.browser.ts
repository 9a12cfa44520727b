import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, watchedPage } from './browser';
import { serveSite, siteFolder } from './served-site';

let browser: Browser;
let served: Awaited<ReturnType<typeof serveSite>>;
let site: string;
beforeAll(async () => {
  browser = await openBrowser();
  served = await serveSite();
  site = served.address;
});
afterAll(async () => {
  await browser.close();
  served.close();
});

describe('the documentation as a site', () => {
  test.each(['light', 'dark'] as const)('finds the page of a rule and opens it, in %s colours', async (colorScheme) => {
    const { page, faults } = await watchedPage(browser, site, { colorScheme });
    await page.goto(site);
    await page.getByRole('combobox', { name: 'Search the documentation' }).fill('no-client-without');
    await page.getByRole('option', { name: 'no-client-without-server' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/rules/no-client-without-server.html');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('no-client-without-server');
    expect(await page.getByRole('link', { name: 'no-client-without-server' }).getAttribute('aria-current')).toBe(
      'page',
    );
    expect(faults).toEqual([]);
    await page.close();
  });

  test('every link of every page leads to a page and a place in it', async () => {
    const { page, faults } = await watchedPage(browser, site);
    const seen = new Map<string, ReadonlySet<string>>();
    const wanted: { readonly from: string; readonly to: string }[] = [{ from: '', to: site }];
    for (const { to } of wanted) {
      const address = to.replace(/#.*/, '');
      if (seen.has(address)) continue;
      const response = await page.request.get(address);
      expect(response.status(), address).toBe(200);
      if (!response.headers()['content-type']?.includes('html')) {
        seen.set(address, new Set());
        continue;
      }
      const html = await response.text();
      const { links, ids } = await page.evaluate((text) => {
        const document = new DOMParser().parseFromString(text, 'text/html');
        const links = [...document.querySelectorAll('a[href], link[href], img[src], script[src]')].map(
          (element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '',
        );
        return { links, ids: [...document.querySelectorAll('[id]')].map(({ id }) => id) };
      }, html);
      seen.set(address, new Set(ids));
      for (const link of links) {
        const target = new URL(link, address).href;
        if (target.startsWith(site)) wanted.push({ from: address, to: target });
        else expect(target, `${address} leads to ${link}`).toMatch(/^(https:|mailto:|data:)/);
      }
    }
    expect(seen.size).toBeGreaterThan(150);
    const lost = wanted.filter(({ to }) => {
      const [address = '', anchor = ''] = to.split('#');
      return anchor !== '' && !anchor.includes('=') && !seen.get(address)?.has(decodeURIComponent(anchor));
    });
    expect(lost).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('works from a folder, without a server', async () => {
    const { page, faults } = await watchedPage(browser, 'file:///');
    await page.goto(pathToFileURL(join(siteFolder, 'docs/view.html')).href);
    await page.getByRole('combobox').fill('tolerations');
    await page.getByRole('option').first().click();
    await page.waitForURL((url) => !url.pathname.endsWith('view.html'));
    expect(faults).toEqual([]);
    await page.close();
  });
});
