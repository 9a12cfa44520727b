import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { planOf } from '../../src/planner';
import { emitYaml } from '../../src/yaml/emit';
import { folderWith } from '../support/cli';
import { demo, demoFleet, deployment, secret, service, weighted } from '../support/report-plans';
import { openBrowser, openPage, watchedPage } from './browser';

const root = resolve(__dirname, '../..');
const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: Record<string, string> };
const fleet = (names: readonly string[]) =>
  emitYaml([{ clusters: Object.fromEntries(names.map((name, at) => [name, { region: ['eu', 'us', 'ap'][at % 3] }])) }]);
const pipy = 'Deployment/default/pipy';
const demoNames = demoFleet.map(({ name }) => name);
const calls = emitYaml([{ calls: [{ client: 'Deployment/default/curl', server: 'Service/default/pipy' }] }]);

const contracts = emitYaml([{ contracts: [{ on: pipy, keep: 2, losing: 'cluster' }] }]);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** Writes the page of some objects with the built command, and returns its path. */
function pageOf(objects: readonly KubernetesObject[], names: readonly string[] = demoNames, ...args: string[]): string {
  const cwd = folderWith({
    'all.yaml': emitYaml(objects),
    'fleet.yaml': fleet(names),
    'lint.yaml': calls,
    'lint-contracts.yaml': contracts,
  });
  const command = [join(root, bin['cdk8s-karmada'] as string), 'view', 'all.yaml', '--fleet', 'fleet.yaml'];
  execFileSync(process.execPath, [...command, '--config', 'lint.yaml', '--out', 'page.html', ...args], { cwd });
  return join(cwd, 'page.html');
}

describe('the page of the demo', () => {
  test('is one small file that shows the trap in words and in the table', async () => {
    const file = pageOf(demo());
    expect(statSync(file).size).toBeLessThan(1024 * 1024);
    const { page, faults } = await openPage(browser, `file://${file}`);
    const alert = page.locator('.alert');
    expect(await alert.innerText()).toMatch(
      /^A client may find no server: Deployment\/default\/curl runs in k3d-cluster-3 and calls Deployment\/default\/pipy ?, which may have no pod there\./,
    );
    expect(await alert.innerText()).toContain('set spec.replicas of Deployment/default/pipy to at least 3');
    const cell = page.getByRole('gridcell', { name: /^pipy \(Deployment\) in k3d-cluster-3/ });
    expect(await cell.getAttribute('aria-label')).toBe(
      'pipy (Deployment) in k3d-cluster-3: 0 or 1 replicas, not certain; curl runs here and may find no server',
    );
    expect(faults).toEqual([]);
    await page.close();
  });

  test.each(['light', 'dark'] as const)('can be read in %s colours', async (colorScheme) => {
    const { page, faults } = await openPage(browser, `file://${pageOf(demo())}`, { colorScheme });
    const pairs = await page.evaluate(() =>
      [...document.querySelectorAll('.cell .number, .alert, .label b, .facts, .what-if b')].map((element) => {
        let back: Element | null = element;
        while (back && getComputedStyle(back).backgroundColor === 'rgba(0, 0, 0, 0)') back = back.parentElement;
        return [getComputedStyle(element).color, back ? getComputedStyle(back).backgroundColor : 'rgb(255, 255, 255)'];
      }),
    );
    expect(pairs.length).toBeGreaterThan(8);
    for (const [text = '', back = ''] of pairs) expect(contrast(text, back), `${text} on ${back}`).toBeGreaterThan(4.5);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('what if: a slider says what the planner says, and the address keeps it', async () => {
    const file = pageOf(demo());
    const { page, faults } = await openPage(browser, `file://${file}`);
    await page.getByRole('rowheader', { name: /^pipy \(Deployment\)/ }).click();
    for (const count of [3, 5, 7]) {
      await page.getByRole('slider', { name: 'replicas' }).fill(String(count));
      const plan = planOf(demo(count), { fleet: demoFleet }).template(pipy);
      for (const name of demoNames) {
        const { min, max } = plan?.replicasIn(name) ?? { min: -1, max: -1 };
        const expected = min === max ? String(min) : `${min} or ${max}`;
        await page
          .getByRole('gridcell', { name: new RegExp(`^pipy \\(Deployment\\) in ${name}: ${expected} replicas`) })
          .waitFor();
      }
    }
    expect(await page.getByRole('region', { name: 'The change to copy' }).innerText()).toContain('replicas: 7');
    await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('replicas')).toBe(`${pipy}:7`);
    const address = page.url();
    const again = await openPage(browser, address);
    await again.page
      .getByRole('gridcell', { name: /^pipy \(Deployment\) in k3d-cluster-1: 2 or 3 replicas/ })
      .waitFor();
    expect([...faults, ...again.faults]).toEqual([]);
    await page.close();
    await again.page.close();
  });

  test('without a mouse: the table, a template, a slider, a cluster that is out', async () => {
    const { page, faults } = await openPage(browser, `file://${pageOf(demo())}`);
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      );
    await press('/');
    expect(await focused()).toBe('search');
    await page.keyboard.type('deployment');
    await press('Tab');
    expect(await focused()).toBe('show');
    // To the table, whatever stands between.
    for (let step = 0; step < 20 && !(await focused()).startsWith('pipy (Deployment)'); step++) await press('Tab');
    await press('ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await expect.poll(focused).toMatch(/^pipy \(Deployment\) in k3d-cluster-3/);
    await press('Enter');
    await page.getByRole('complementary', { name: 'Details of Deployment/default/pipy' }).waitFor();
    await page.getByRole('slider', { name: 'replicas' }).focus();
    await press('ArrowRight');
    await page
      .getByRole('gridcell', { name: /^pipy \(Deployment\) in k3d-cluster-3: 1 replicas; 0 or 1 before/ })
      .waitFor();
    await page.getByRole('button', { name: 'k3d-cluster-3', exact: true }).first().focus();
    await press('Enter');
    await page
      .getByRole('gridcell', { name: /^pipy \(Deployment\) in k3d-cluster-3: nothing, the cluster is out/ })
      .waitFor();
    expect(await page.getByRole('status').innerText()).toContain('k3d-cluster-3 out');
    await page.getByRole('slider', { name: 'replicas' }).focus();
    await press('Escape');
    expect(await page.getByRole('complementary').count()).toBe(0);
    await expect.poll(focused).toMatch(/^pipy \(Deployment\) in k3d-cluster-3/);
    // The row with the focus is gone by the search, and another one takes its place.
    await page.getByRole('gridcell', { name: /^curl \(Deployment\) in k3d-cluster-1/ }).click();
    await press('Escape');
    expect(await page.getByRole('complementary').count()).toBe(0);
    await page.getByRole('searchbox').fill('pipy');
    expect(await page.locator('[data-place][tabindex="0"]').count()).toBe(1);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('a broken contract shows its case', async () => {
    const file = pageOf(demo(), demoNames, '--contracts', 'lint-contracts.yaml');
    const { page, faults } = await openPage(browser, `file://${file}`);
    expect(await page.locator('.alert', { hasText: 'Contract broken' }).innerText()).toContain('keeps 2 replicas');
    await page.getByRole('button', { name: 'show the case' }).click();
    await page.getByRole('button', { name: 'k3d-cluster-1', exact: true, pressed: true }).first().waitFor();
    await page.getByRole('complementary', { name: `Details of ${pipy}` }).waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  test('two states are compared', async () => {
    const cwd = folderWith({
      'old/all.yaml': emitYaml(demo(2)),
      'new/all.yaml': emitYaml(demo(3)),
      'fleet.yaml': fleet(demoNames),
    });
    const command = [join(root, bin['cdk8s-karmada'] as string), 'view', 'old', 'new', '--fleet', 'fleet.yaml'];
    execFileSync(process.execPath, [...command, '--out', 'page.html'], { cwd });
    const { page, faults } = await openPage(browser, `file://${join(cwd, 'page.html')}`);
    await page
      .getByRole('gridcell', { name: /^pipy \(Deployment\) in k3d-cluster-3: 1 replicas; 0 or 1 before/ })
      .waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });

  test('fits a narrow screen, and comes back from an address without a plan', async () => {
    const out = demoNames.map((name) => `out=${name}`).join('&');
    const file = `file://${pageOf(demo())}`;
    const { page, faults } = await watchedPage(browser, file, { viewport: { width: 360, height: 700 } });
    await page.goto(`${file}#how=unjoined&${out}`);
    expect(await page.getByRole('alert').innerText()).toContain('no cluster would be left');
    await page.getByRole('button', { name: 'as written' }).click();
    await page.getByRole('grid').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('prints every row', async () => {
    const { page } = await openPage(browser, `file://${pageOf(demo())}`);
    await page.emulateMedia({ media: 'print' });
    await page.locator('table.printed').waitFor();
    expect(await page.locator('table.printed tbody tr').count()).toBe(3);
    await page.close();
  });
});

describe('a hostile manifest', () => {
  test('is text: no script, no request, nothing hidden, no secret', async () => {
    const evil = `x</script><img src="https://evil.example/a.png" onerror="alert(1)"><svg onload=alert(2)>\u202egnp.exe\u0000\u001b[31m`;
    const app: KubernetesObject = {
      ...deployment('web', 2),
      metadata: {
        name: 'web',
        namespace: 'default',
        labels: { evil },
        annotations: { evil, 'cdk8s-karmada.dev/calls': evil },
      },
    };
    const named = { ...deployment('web', 1), metadata: { name: evil, namespace: evil } };
    const password = 'correct-horse-battery';
    const objects = [
      app,
      named,
      service('web'),
      secret('token', { password }),
      weighted('web', { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1 }, [app, secret('token', {})]),
    ];
    const file = pageOf(objects, demoNames, '--title', evil.replaceAll('\u0000', ''));
    expect(readFileSync(file, 'utf8')).not.toContain(password);
    const { page, faults } = await openPage(browser, `file://${file}`);
    await page.getByRole('rowheader', { name: /^web \(Deployment\)/ }).click();
    await page.getByRole('gridcell', { name: /^web \(Deployment\) in k3d-cluster-1/ }).click();
    await page.getByText('the object').first().click();
    expect(await page.locator('img, svg[onload]').count()).toBe(0);
    const text = await page.evaluate(() => document.body.innerText);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(text).not.toMatch(/[\u202e\u0000\u001b]/);
    expect(text).toContain('\\u202e');
    expect(await page.title()).not.toContain('\u202e');
    expect(faults).toEqual([]);
    await page.close();
  });
});

describe('a thousand templates over a hundred clusters', () => {
  const names = Array.from({ length: 100 }, (_, at) => `member-${String(at).padStart(3, '0')}`);
  const objects = Array.from({ length: 500 }, (_, at) => {
    const app = deployment(`app-${at}`, 10 + (at % 90));
    const weights = Object.fromEntries(names.map((name, position) => [name, 1 + ((position * at) % 7)]));
    return [app, service(`app-${at}`), weighted(`app-${at}`, weights, [app, service(`app-${at}`)])];
  }).flat();

  test('draws what is visible, and answers like the planner', async () => {
    const { page, faults } = await openPage(browser, `file://${pageOf(objects, names)}`);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('1001');
    expect(await page.locator('[role=gridcell]').count()).toBeLessThan(1500);
    await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 1e9));
    await page.getByRole('rowheader', { name: /^app-499 \(Service\)/ }).waitFor();
    await page.getByRole('searchbox').fill('deployment/default/app-250');
    await page.getByRole('rowheader', { name: /^app-250 \(Deployment\)/ }).click();
    const slider = page.getByRole('slider', { name: 'replicas' });
    await slider.fill('200');
    const changed = objects.map((object) =>
      object.metadata?.name === 'app-250' && object.kind === 'Deployment' ? deployment('app-250', 200) : object,
    );
    const plan = planOf(changed, {
      fleet: names.map((name, at) => ({ name, region: ['eu', 'us', 'ap'][at % 3] as string })),
    });
    const { min, max } = plan.template('Deployment/default/app-250')?.replicasIn('member-003') ?? { min: -1, max: -1 };
    const expected = min === max ? String(min) : `${min} or ${max}`;
    await page
      .getByRole('gridcell', { name: new RegExp(`^app-250 \\(Deployment\\) in member-003: ${expected} replicas`) })
      .waitFor();
    expect(faults).toEqual([]);
    await page.close();
  });
});

/** WCAG 2.1, contrast ratio. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((text) => {
    const value = Number(text) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
