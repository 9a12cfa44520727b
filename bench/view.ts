import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import type { KubernetesObject } from '../src/kubernetes/object';
import { pageHtml } from '../src/view/html';
import { viewData } from '../src/view/view-of';
import { openBrowser } from '../test/browser/browser';

/**
 * Times of the page in a browser, from its address to the table, and from a step of a slider to the new number. Half of
 * the templates are Deployments with weights of their own, which call each other; the others are their Services.
 */
export async function run(): Promise<void> {
  const page = readFileSync(resolve(__dirname, '../lib/page.html'), 'utf8');
  const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-view-'));
  const browser = await openBrowser();
  console.log('view: templates x clusters, medians');
  for (const [templates, clusters] of [
    [100, 20],
    [1_000, 100],
  ] as const) {
    const file = join(scratch, `${templates}.html`);
    writeFileSync(file, pageHtml(page, dataOf(templates, clusters)));
    const opening = median(await repeated(5, () => openingTime(browser, file)));
    const steps = await stepTimes(browser, file, 9);
    const size = Math.round(statSync(file).size / 1024);
    console.log(
      `  ${templates} x ${clusters} (${size} kB): opens in ${opening.toFixed(0)} ms, a slider step takes ${median(steps).toFixed(0)} ms`,
    );
  }
  await browser.close();
  rmSync(scratch, { recursive: true });
}

async function openingTime(browser: Browser, file: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`file://${file}`);
  await page.getByRole('grid').waitFor();
  // The browser draws the table in the frame that follows.
  const time = await page.evaluate<number>(
    'new Promise((done) => requestAnimationFrame(() => done(performance.now())))',
  );
  await page.close();
  return time;
}

/** Each step changes the replicas, and ends when the table shows them. */
async function stepTimes(browser: Browser, file: string, count: number): Promise<number[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`file://${file}`);
  await page.getByRole('rowheader').first().click();
  await page.getByRole('slider', { name: 'replicas' }).waitFor();
  const times: number[] = [];
  for (let step = 1; step <= count; step++) {
    const time = await page.evaluate<number>(`new Promise((done) => {
      const slider = document.querySelector('input[type=range]');
      const label = document.querySelector('[role=rowheader]');
      const start = performance.now();
      slider.value = ${10 + step};
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      const look = () => label.textContent.includes('${10 + step} replicas')
        ? done(performance.now() - start) : requestAnimationFrame(look);
      look();
    })`);
    times.push(time);
  }
  await page.close();
  return times;
}

async function repeated(count: number, measure: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < count; run++) times.push(await measure());
  return times;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

function dataOf(templates: number, clusters: number) {
  const fleet = Array.from({ length: clusters }, (_, at) => ({ name: `member-${at + 1}`, region: `region-${at % 5}` }));
  const apps = templates / 2;
  const objects = Array.from({ length: apps }, (_, at) => appOf(at, apps, fleet)).flat();
  return viewData({
    title: 'bench',
    manifests: objects.map((object, index) => ({ object, origin: { type: 'memory', index } })),
    planOptions: { fleet },
    calls: [],
    contracts: [],
    findings: [],
  });
}

function appOf(at: number, apps: number, fleet: readonly { readonly name: string }[]): KubernetesObject[] {
  const metadata = { name: `app-${at}`, namespace: 'default' };
  const labels = { app: metadata.name };
  const env = [{ name: 'PEER', value: `http://app-${(at * 7) % apps}:80` }];
  const staticWeightList = fleet.map(({ name }, position) => ({
    targetCluster: { clusterNames: [name] },
    weight: 1 + ((position * at) % 7),
  }));
  const replicaScheduling = {
    replicaSchedulingType: 'Divided',
    replicaDivisionPreference: 'Weighted',
    weightPreference: { staticWeightList },
  };
  const selectors = [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: metadata.name },
    { apiVersion: 'v1', kind: 'Service', name: metadata.name },
  ];
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 10,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'nginx', env }] } },
      },
    },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ port: 80 }] } },
    {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'PropagationPolicy',
      metadata,
      spec: {
        resourceSelectors: selectors,
        placement: { clusterAffinity: { clusterNames: fleet.map(({ name }) => name) }, replicaScheduling },
      },
    },
  ];
}
