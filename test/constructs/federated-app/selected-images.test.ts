import { ApiObject, Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Federation, Fleet, Override, OverridePolicy, type OverridePolicyProps } from '../../../src';
import { lint } from '../../../src/lint';
import { refusal } from '../../support/refusal';
import { chartIn, ofKind, synth } from '../../support/synthesis';

const fleet = Fleet.of({ member1: {}, member2: {}, member3: {} });
const placement = fleet.duplicated('member1', 'member2', 'member3');
const edge = fleet.in('member3').image({ tag: 'edge' });

const web = { name: 'web', image: 'ghcr.io/team/web:1' };
const proxy = { name: 'proxy', image: 'envoyproxy/envoy:v1.30' };
const migrate = { name: 'migrate', image: 'ghcr.io/team/web:1' };

const podSpecs: Readonly<Record<string, (spec: object) => object>> = {
  'v1 Pod': (spec) => ({ spec }),
  'batch/v1 CronJob': (spec) => ({ spec: { jobTemplate: { spec: { template: { spec } } } } }),
};

function workload(scope: FederatedApp | Chart, type: string, spec: object, name = 'web'): ApiObject {
  const [apiVersion = '', kind = ''] = type.split(' ');
  const place = podSpecs[type] ?? ((pods: object) => ({ spec: { template: { spec: pods } } }));
  return new ApiObject(scope, `${kind}-${name}`, { apiVersion, kind, metadata: { name }, ...place(spec) });
}

/** The image overriders by policy. */
function imagesIn(chart: Chart): Record<string, unknown> {
  return Object.fromEntries(
    ofKind(synth(chart), 'OverridePolicy').map(({ metadata, spec }) => [
      metadata?.name,
      (spec as { overrideRules: { overriders: { imageOverrider: unknown } }[] }).overrideRules.flatMap(
        ({ overriders }) => overriders.imageOverrider,
      ),
    ]),
  );
}

function tagAt(path: string) {
  return { predicate: { path }, component: 'Tag', operator: 'replace', value: 'edge' };
}

const template = '/spec/template/spec';

describe('image overrides of some containers', () => {
  test.each([
    ['apps/v1 Deployment', template],
    ['apps/v1 StatefulSet', template],
    ['apps/v1 DaemonSet', template],
    ['batch/v1 Job', template],
    ['argoproj.io/v1alpha1 Rollout', template],
    ['apps.kruise.io/v1alpha1 CloneSet', template],
    ['batch/v1 CronJob', '/spec/jobTemplate/spec/template/spec'],
    ['v1 Pod', '/spec'],
  ])('have the paths of a %s', (type, path) => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'shop', { placement, overrides: [edge.of('web')] });
    workload(app, type, { containers: [proxy, web] });
    expect(Object.values(imagesIn(chart))).toEqual([[tagAt(`${path}/containers/1/image`)]]);
  });

  test.each([
    ['the repository', ['team/web']],
    ['the repository with its registry', ['ghcr.io/team/web']],
    ['both containers', ['migrate', 'web']],
  ])('select by %s, init containers included', (_, names) => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'shop', { placement, overrides: [edge.of(...names)] });
    workload(app, 'apps/v1 Deployment', { initContainers: [migrate], containers: [web, proxy] });
    expect(imagesIn(chart)).toEqual({
      'web-deployment-override': [tagAt(`${template}/initContainers/0/image`), tagAt(`${template}/containers/0/image`)],
    });
  });

  test('are for the objects with such a container, or for those that are named', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'shop', { placement });
    workload(app, 'apps/v1 Deployment', { containers: [web] });
    workload(app, 'batch/v1 CronJob', { containers: [web] }, 'nightly');
    const other = workload(app, 'apps/v1 Deployment', { containers: [web] }, 'other');
    workload(app, 'apps/v1 Deployment', { containers: [proxy] }, 'proxy');
    app.addOverride(edge.of('web'));
    app.addOverride(fleet.in('member1').image({ tag: 'one' }).of('web'), other);
    const images = imagesIn(chart);
    expect(Object.keys(images)).toEqual([
      'web-deployment-override',
      'nightly-cronjob-override',
      'other-deployment-override',
    ]);
    expect(images['other-deployment-override']).toHaveLength(2);
  });

  test('select for the image changes before them only', () => {
    const chart = chartIn();
    const both = fleet
      .in('member1')
      .image({ tag: 'edge' })
      .of('web')
      .image({ registry: 'mirror.example.com' })
      .of('proxy');
    const app = new FederatedApp(chart, 'shop', { placement, overrides: [both] });
    workload(app, 'apps/v1 Deployment', { containers: [web, proxy] });
    expect(imagesIn(chart)['web-deployment-override']).toEqual([
      tagAt(`${template}/containers/0/image`),
      {
        predicate: { path: `${template}/containers/1/image` },
        component: 'Registry',
        operator: 'replace',
        value: 'mirror.example.com',
      },
    ]);
  });

  test('fails when no container has the name, with the one that is meant and what there is', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'shop', { placement, overrides: [edge.of('wbe')] });
    workload(app, 'apps/v1 Deployment', { containers: [web, proxy] });
    expect(() => synth(chart)).toThrow(
      new Error(`Validation failed with the following errors:
  [shop/shop] the override for member3 selects the image of "wbe", which no container of the objects has as name or repository
    why: an override has to give Karmada the path of each image
    fix: write of("web"); there are web (ghcr.io/team/web:1), proxy (envoyproxy/envoy:v1.30)`),
    );
  });

  test('fails when the repository is given with its tag', () => {
    const chart = chartIn();
    const app = new FederatedApp(chart, 'shop', { placement, overrides: [edge.of('ghcr.io/team/web:1')] });
    workload(app, 'apps/v1 Deployment', { containers: [web, proxy] });
    expect(() => synth(chart)).toThrow('write of("ghcr.io/team/web")');
  });

  test.each<[string, () => unknown, string]>([
    [
      'nothing is named',
      () => edge.of(),
      'of() takes names of containers or repositories of images, got nothing\n  fix: write it like Override.image({ tag: "edge" }).of("web")',
    ],
    [
      'no image is changed',
      () => Override.labels({ add: { a: 'b' } }).of('web'),
      'of("web") has no image change to limit\n  fix: write it after image(), without container, initContainer and path: Override.image({ tag: "edge" }).of("web")',
    ],
    [
      'the container is selected already',
      () => Override.image({ tag: 'edge', container: 0 }).of('web'),
      'of("web") has no image change to limit\n  fix: write it after image(), without container, initContainer and path: Override.image({ tag: "edge" }).of("web")',
    ],
    [
      'the rule is written without an object',
      () => edge.of('web').toRule(),
      'the override selects the image of "web", whose path depends on the object\n  fix: use it in a FederatedApp or in an OverridePolicy that selects the object, or select the container by index: image({ tag: "edge", container: 0 })',
    ],
  ])('fails when %s', (_, make, message) => {
    expect(refusal(make)).toEqual({ code: 'override.of', message });
  });
});

describe('image overrides of some containers in an OverridePolicy', () => {
  const policy = (chart: Chart, resources: OverridePolicyProps['resources']) =>
    new OverridePolicy(chart, 'edge', { ...(resources && { resources }), overrideRules: [edge.of('web')] });

  test('have the paths of the selected objects', () => {
    const chart = chartIn();
    const pods = { initContainers: [migrate], containers: [proxy, web] };
    policy(chart, [workload(chart, 'apps/v1 Deployment', pods), workload(chart, 'apps/v1 StatefulSet', pods, 'store')]);
    expect(imagesIn(chart)).toEqual({ edge: [tagAt(`${template}/containers/1/image`)] });
  });

  test.each<[string, (chart: Chart) => OverridePolicyProps['resources'], string]>([
    [
      'the paths differ',
      (chart) => [
        workload(chart, 'apps/v1 Deployment', { containers: [web] }),
        workload(chart, 'batch/v1 CronJob', { containers: [web] }, 'nightly'),
      ],
      'the override for member3 selects the image of "web", at different paths in Deployment "web" and CronJob "nightly"\n    why: an override has to give Karmada the path of each image\n    fix: make an OverridePolicy for each object, or a FederatedApp, which does that',
    ],
    [
      'an object has no such container',
      (chart) => [
        workload(chart, 'apps/v1 Deployment', { containers: [web] }),
        workload(chart, 'apps/v1 Deployment', { containers: [proxy] }, 'proxy'),
      ],
      'the override for member3 selects the image of "web", which Deployment "proxy" does not have',
    ],
    [
      'no object has it',
      (chart) => [workload(chart, 'apps/v1 Deployment', { containers: [proxy] })],
      'the override for member3 selects the image of "web", which no container of the selected objects has as name or repository',
    ],
    [
      'an object is selected by name',
      () => [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
      'the override for member3 selects the image of "web", and the policy selects Deployment "web", whose containers are not known\n    why: an override has to give Karmada the path of each image\n    fix: pass the object itself as resource, or select the container by index: image({ tag: "edge", container: 0 })',
    ],
    [
      'nothing is selected',
      () => undefined,
      'the override for member3 selects the image of "web", and the policy selects every object in reach, whose containers are not known',
    ],
  ])('fails when %s', (_, resources, message) => {
    const chart = chartIn();
    policy(chart, resources(chart));
    expect(() => synth(chart)).toThrow(message);
  });
});

describe('image overrides of a whole app', () => {
  const findings = (override: Override) => {
    const federation = new Federation({ fleet, lint: false });
    const chart = new Chart(federation, 'shop', { namespace: 'shop' });
    const app = new FederatedApp(chart, 'shop', { placement, overrides: [override] });
    workload(app, 'apps/v1 Deployment', { containers: [web] });
    workload(app, 'batch/v1 CronJob', { containers: [{ name: 'nightly', image: 'postgres:16' }] }, 'nightly');
    return lint(federation, { fleet }).findings.filter(({ rule }) => rule === 'no-untargeted-image-override');
  };

  test('are reported for a workload that they do not reach, once', () => {
    expect(findings(edge).map(({ severity, message }) => [severity, message])).toEqual([
      [
        'warning',
        'gives the tag "edge" to ghcr.io/team/web, and does not reach container "nightly" (postgres:16) of CronJob/shop/nightly',
      ],
    ]);
  });

  test('are not reported when they say which containers they are for', () => {
    expect(findings(edge.of('web'))).toEqual([]);
  });
});
