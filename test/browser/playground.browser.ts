import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitYaml } from '../../src/yaml/emit';
import { deployment, secret, weighted } from '../support/report-plans';
import { openBrowser, openPage, watchedPage } from './browser';
import { serveSite, siteFolder } from './served-site';

let browser: Browser;
let served: Awaited<ReturnType<typeof serveSite>>;
let playground: string;
beforeAll(async () => {
  browser = await openBrowser();
  served = await serveSite();
  playground = `${served.address}playground.html`;
});
afterAll(async () => {
  await browser.close();
  served.close();
});

const editor = (page: Page, file = 'manifests.yaml') => page.getByRole('textbox', { name: file });
const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });
const fragment = (page: Page) => new URLSearchParams(new URL(page.url()).hash.slice(1));
const linkedText = (page: Page) =>
  inflateRawSync(Buffer.from(fragment(page).get('text') ?? '', 'base64url')).toString();

/** Writes over the whole text of the editor. */
async function write(page: Page, text: string, file?: string): Promise<void> {
  await editor(page, file).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Sets the replicas of pipy, the second object of the demo with some. */
async function setReplicas(page: Page, count: number): Promise<void> {
  const line = page.locator('.cm-line', { hasText: 'replicas: 2' });
  // Only what is visible is in the document.
  for (let top = 0; (await line.count()) === 0 && top < 5000; top += 200) {
    await page.locator('.cm-scroller').evaluate((element, to) => element.scrollTo(0, to), top);
  }
  await line.click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(String(count));
}

describe('the playground', () => {
  test.each(['light', 'dark'] as const)('a third replica, and the finding is gone, in %s colours', async (colors) => {
    const { page, faults } = await openPage(browser, playground, { colorScheme: colors });
    await findings(page).getByRole('link', { name: 'no-client-without-server' }).waitFor();
    await page.getByRole('gridcell', { name: /^pipy \(Deployment\) in k3d-cluster-3: 0 or 1 replicas/ }).waitFor();
    expect(fragment(page).get('example')).toBe('demo');
    await setReplicas(page, 3);
    await page.getByRole('gridcell', { name: 'pipy (Deployment) in k3d-cluster-3: 1 replicas' }).waitFor();
    await findings(page).getByRole('heading', { name: 'No findings in 5 objects' }).waitFor();
    await expect.poll(() => fragment(page).get('text')).toBeTruthy();

    const again = await openPage(browser, page.url());
    await again.page.getByRole('gridcell', { name: 'pipy (Deployment) in k3d-cluster-3: 1 replicas' }).waitFor();
    expect([...faults, ...again.faults]).toEqual([]);
    await again.page.close();
    await page.close();
  });

  test('keeps what is opened and different while the text changes', async () => {
    const { page, faults } = await openPage(browser, playground);
    await page.getByRole('rowheader', { name: /^pipy \(Deployment\)/ }).click();
    await page.getByRole('button', { name: 'k3d-cluster-2', exact: true }).first().click();
    await page
      .getByRole('gridcell', { name: /^pipy \(Deployment\) in k3d-cluster-2: nothing, the cluster is/ })
      .waitFor();
    await setReplicas(page, 9);
    await page.getByRole('gridcell', { name: /^pipy \(Deployment\) in k3d-cluster-3: 3 replicas/ }).waitFor();
    expect(fragment(page).get('out')).toBe('k3d-cluster-2');
    expect(fragment(page).get('open')).toBe('Deployment/default/pipy');
    await page.getByRole('complementary', { name: 'Details of Deployment/default/pipy' }).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  test('names the line of a mistake, and goes there', async () => {
    const { page, faults } = await openPage(browser, playground);
    await write(page, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a\ndata:\n  a: b\n');
    await findings(page).getByText('flow map in block collection').waitFor();
    await findings(page).getByRole('button', { name: 'manifests.yaml:4' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('manifests.yaml');
    expect(await page.locator('.cm-activeLine').innerText()).toBe('data:');

    await page.getByRole('tab', { name: 'fleet.yaml' }).click();
    await write(page, 'clusters:\n  a: { regio: eu }\n', 'fleet.yaml');
    await findings(page).getByRole('button', { name: 'fleet.yaml:2' }).click();
    expect(await page.locator('.cm-activeLine').innerText()).toContain('regio');
    await findings(page).getByText('write "region" in place of "regio"').waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  test('values of Secrets are in no address', async () => {
    const { page, faults } = await openPage(browser, playground);
    const password = 'correct-horse-battery';
    const app = deployment('web', 2);
    const text = emitYaml([app, secret('token', { password }), weighted('web', { 'k3d-cluster-1': 1 }, [app])]);
    await write(page, `# all of it\n${text.replace('kind: Secret', `kind: Secret # not ${password}`)}`);
    await page.getByRole('rowheader', { name: /^web \(Deployment\)/ }).waitFor();
    await expect.poll(() => linkedText(page)).toContain('all of it');
    expect(linkedText(page)).toContain('token');
    expect(linkedText(page)).not.toContain(password);
    const before = fragment(page).get('text');
    await write(page, `kind: Secret\nstringData: { password: ${password}\n`);
    await page.getByText('The address shows an earlier state').waitFor();
    expect(fragment(page).get('text')).toBe(before);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('starts from every example, without a mouse', async () => {
    const { page, faults } = await openPage(browser, playground);
    const select = page.getByRole('combobox', { name: 'start from' });
    const titles = await select.locator('option').allInnerTexts();
    expect(titles.length).toBeGreaterThan(8);
    for (const [index, title] of titles.entries()) {
      await select.focus();
      if (index > 0) await page.keyboard.press('ArrowDown');
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
      await page.getByRole('grid').waitFor();
      expect(await findings(page).locator('.finding.error').count(), title).toBe(0);
    }
    await page.getByRole('tab', { name: /^manifests/ }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('tab', { name: 'fleet.yaml' }).getAttribute('aria-selected')).toBe('true');
    // Tab leaves the editor.
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('fleet.yaml');
    await page.keyboard.type('#/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).not.toBe('fleet.yaml');
    expect(faults).toEqual([]);
    await page.close();
  });

  test('works from a folder, and with an address that cannot be read', async () => {
    const { page, faults } = await watchedPage(browser, 'file:///');
    await page.goto(`${pathToFileURL(join(siteFolder, 'playground.html')).href}#text=AAAA`);
    await page.getByRole('grid').waitFor();
    await findings(page).getByRole('link', { name: 'no-client-without-server' }).click();
    await page.getByRole('heading', { level: 1, name: 'no-client-without-server' }).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });
});
