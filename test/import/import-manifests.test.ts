import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { Fleet } from '../../src';
import { differences } from '../../src/cli/import-proof';
import { type ImportedProgram, type ImportOptions, importManifests } from '../../src/import';
import { normalText } from '../../src/import/normal-form';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { readManifestsFrom } from '../../src/manifests';
import { ModelError } from '../../src/problem/model-error';
import { anyOverride } from '../support/arbitrary-override';
import { anyPlacement } from '../support/arbitrary-placement';
import { propertyRuns } from '../support/property-runs';
import { runImported } from '../support/run-imported';

const texts = (objects: readonly KubernetesObject[]) => objects.map(normalText).sort();

function imported(yaml: string, options: ImportOptions = {}): ImportedProgram {
  return importManifests(readManifestsFrom(yaml, 'in.yaml').manifests, { sources: { 'in.yaml': yaml }, ...options });
}

function fileOf(program: ImportedProgram, path: string): string | undefined {
  return program.files.find((file) => file.path === path)?.text;
}

/** A program makes what came in, and importing what it makes makes the program again. */
function expectExact(objects: readonly KubernetesObject[], options: ImportOptions = {}): ImportedProgram {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const program = importManifests(objects, options);
  const made = runImported(program);
  expect(texts(made)).toEqual(texts(objects));
  const again = importManifests(made, options);
  const isCode = ({ path }: { path: string }) => path.endsWith('.ts');
  expect(again.files.filter(isCode)).toEqual(program.files.filter(isCode));
  return program;
}

const policy = (spec: object, metadata: object = {}): KubernetesObject => ({
  apiVersion: 'policy.karmada.io/v1alpha1',
  kind: 'PropagationPolicy',
  metadata: { name: 'web', namespace: 'shop', ...metadata },
  spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }], ...spec },
});

describe('an imported program', () => {
  test('has policies as constructs, and the rest as YAML with its comments', () => {
    const yaml = `\
# The web server.
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop } # not yet in use
---
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata: { name: web-pp, namespace: shop }
spec:
  priority: 2
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment, labelSelector: { matchLabels: { app: web } } }]
  placement: { clusterAffinity: { clusterNames: [member1, member2] } }
`;
    const program = imported(yaml);
    expect(program.files.map(({ path }) => path)).toEqual([
      'main.ts',
      'fleet.ts',
      'apps/shared.ts',
      'legacy/shared.yaml',
      'apps/web.ts',
      'IMPORT.md',
    ]);
    expect(fileOf(program, 'legacy/shared.yaml')).toBe(`\
# The web server.
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop } # not yet in use
`);
    expect(fileOf(program, 'apps/web.ts')).toBe(`\
import { Chart } from 'cdk8s';
import { PropagationPolicy, ResourceSelector } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import { fleet } from '../fleet';

/** PropagationPolicy of web. */
export class Web extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });
    new PropagationPolicy(this, 'web-pp', {
      placement: fleet.over('member1', 'member2'),
      resources: [ResourceSelector.labelled({ app: 'web' }, { apiVersion: 'apps/v1', kind: 'Deployment' })],
      priority: 2,
    });
  }
}
`);
  });

  const labels = { app: 'web' };
  const deployment = (container: object): KubernetesObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop', labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1', ...container }] } },
    },
  });
  const byName = { clusterAffinity: { clusterNames: ['member1'] } };

  test('has a policy and the objects that it names as a FederatedApp', () => {
    const program = expectExact([deployment({ tty: true }), policy({ placement: byName, propagateDeps: true })]);
    expect(program.report.objects.map(({ form }) => form)).toEqual(['app', 'app']);
    expect(fileOf(program, 'apps/web.ts')).toContain(`\
    const web = new FederatedApp(this, 'web', {
      policyName: 'web',
      placement: fleet.over('member1'),
      propagateDeps: true,
    });
    new Include(web, 'manifests', { url: join(__dirname, '../legacy/web.yaml') });
`);
  });

  test('has plain workloads as props of the FederatedApp', () => {
    const container = {
      command: ['run'],
      env: [
        { name: 'LEVEL', value: 'debug' },
        { name: 'KEY', valueFrom: { secretKeyRef: { name: 'web', key: 'key' } } },
      ],
      resources: { requests: { cpu: '100m' } },
      readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
    };
    const service: KubernetesObject = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', labels },
      spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }] },
    };
    const resourceSelectors = [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      { apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'shop' },
    ];
    const spec = { resourceSelectors, placement: byName, propagateDeps: true };
    const program = expectExact([deployment(container), service, policy(spec, { name: 'web-propagation' })]);
    expect(program.report.objects.map(({ form }) => form)).toEqual(['app', 'shorthand', 'shorthand']);
    expect(fileOf(program, 'apps/web.ts')).toContain(`\
    new FederatedApp(this, 'web', {
      placement: fleet.over('member1'),
      image: 'web:1',
      ports: { http: { port: 80, targetPort: 8080 } },
      command: ['run'],
      env: { LEVEL: 'debug', KEY: { secret: 'web', key: 'key' } },
      requests: { cpu: '100m' },
      readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
      propagateDeps: true,
    });
`);
  });

  const override = (name: string, overrideRules: readonly object[], selector: object = {}): KubernetesObject => ({
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'OverridePolicy',
    metadata: { name, namespace: 'shop' },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', ...selector }],
      overrideRules,
    },
  });
  const newTag = { imageOverrider: [{ component: 'Tag', operator: 'replace', value: '1.30' }] };
  const rule = (overriders: object, cluster = 'member1') => ({
    targetCluster: { clusterNames: [cluster] },
    overriders,
  });
  const settings: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'web', namespace: 'shop' },
    data: { level: 'info' },
  };
  const both = [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'web' },
  ];

  test.each([
    ['web-deployment-override', ''],
    ['web-op', "      overrideNames: { 'Deployment/web': 'web-op' },\n"],
  ])('has the overrides of its object in the FederatedApp, with the name %s', (name, named) => {
    const program = expectExact([
      deployment({}),
      policy({ placement: byName }, { name: 'web-propagation' }),
      override(name, [rule(newTag), { overriders: { labelsOverrider: [{ operator: 'add', value: { a: 'b' } }] } }]),
    ]);
    expect(program.report.objects.map(({ form }) => form)).toEqual(['app', 'shorthand', 'app']);
    expect(fileOf(program, 'apps/web.ts')).toContain(`\
    new FederatedApp(this, 'web', {
      placement: fleet.over('member1'),
      image: 'web:1',
      overrides: [fleet.in('member1').image({ tag: '1.30' }), Override.labels({ add: { a: 'b' } })],
${named}    });
`);
  });

  test.each(['include', 'typed'] as const)(
    'names the object of an override that others could be meant by (%s)',
    (templates) => {
      const patch = rule({ plaintext: [{ path: '/data/level', operator: 'replace', value: 'debug' }] });
      const program = expectExact(
        [
          deployment({ tty: true }),
          settings,
          policy({ placement: byName, resourceSelectors: both }),
          override('level', [patch], { apiVersion: 'v1', kind: 'ConfigMap' }),
        ],
        { templates },
      );
      expect(program.report.objects.map(({ form }) => form)).toEqual(['app', 'app', 'app', 'app']);
      const text = fileOf(program, 'apps/web.ts')!;
      expect(text).toContain("overrideNames: { 'ConfigMap/web': 'level' }");
      expect(text).toContain(
        templates === 'include' ? 'const webConfigMap = new Include(' : 'const webConfigMap = new ApiObject(',
      );
      expect(text).toMatch(/web\.addOverride\(\s*fleet\.in\('member1'\)\.jsonPatch\(.*,\s*webConfigMap,?\s*\);/s);
    },
  );

  test('names the Deployment of the shorthand where an override could mean others', () => {
    const job = { ...deployment({}), kind: 'StatefulSet' };
    const resourceSelectors = [both[0], { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'web' }];
    const program = expectExact([
      deployment({}),
      job,
      policy({ placement: byName, resourceSelectors }),
      override('tag', [rule(newTag)]),
    ]);
    expect(program.report.objects.map(({ form }) => form)).toEqual(['app', 'shorthand', 'app', 'app']);
    expect(fileOf(program, 'apps/web.ts')).toContain(
      "web.addOverride(fleet.in('member1').image({ tag: '1.30' }), web.deployment!);",
    );
  });

  test.each([
    ['of two for one object', [override('a', [rule(newTag)]), override('b', [rule(newTag)])], 'names decide'],
    [
      'by label',
      [override('a', [rule(newTag)], { name: undefined, labelSelector: { matchLabels: labels } })],
      'later objects may join',
    ],
    [
      'with labels',
      [{ ...override('a', [rule(newTag)]), metadata: { name: 'a', namespace: 'shop', labels } }],
      'no labels',
    ],
    [
      'for several objects',
      [{ ...override('a', [rule(newTag)]), spec: { resourceSelectors: both, overrideRules: [rule(newTag)] } }],
      'several objects',
    ],
    [
      'in the deprecated form',
      [{ ...override('a', []), spec: { resourceSelectors: both.slice(0, 1), overriders: newTag } }],
      'deprecated form',
    ],
  ])('keeps an override policy apart %s', (_, overrides, why) => {
    const spec = { placement: byName, resourceSelectors: both };
    const { report } = expectExact([deployment({}), settings, policy(spec), ...(overrides as KubernetesObject[])]);
    const made = report.objects.filter(({ kind }) => kind === 'OverridePolicy');
    expect(made.map(({ form }) => form)).toEqual(overrides.map(() => 'policy'));
    expect(made[0]?.why).toContain(why);
  });

  test('makes any overrides of a FederatedApp', () => {
    fc.assert(
      fc.property(
        fc.array(anyOverride, { minLength: 1, maxLength: 3 }),
        fc.constantFrom('web-op', 'web-deployment-override'),
        fc.boolean(),
        (overrides, name, isConfigMap) => {
          const rules = overrides.map((one) => one.toRule());
          const selector = isConfigMap ? { apiVersion: 'v1', kind: 'ConfigMap' } : {};
          const spec = { placement: byName, resourceSelectors: both };
          const { report } = expectExact([deployment({}), settings, policy(spec), override(name, rules, selector)]);
          // cdk8s writes no null, without which such a patch has no value.
          const isWritten = !JSON.stringify(rules).includes('"value":null');
          const made = report.objects.find(({ kind }) => kind === 'OverridePolicy');
          expect(made?.form).toBe(isWritten ? 'app' : 'api-object');
        },
      ),
      { numRuns: propertyRuns(30) },
    );
  });

  test.each([
    [
      'a selector by label',
      { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', labelSelector: { matchLabels: labels } }] },
      'by label',
    ],
    [
      'an object that is missing',
      { resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', name: 'web' }] },
      'not among the manifests',
    ],
  ])('keeps a policy apart that has %s', (_, spec, why) => {
    const { report } = expectExact([deployment({}), policy({ placement: byName, ...spec })]);
    expect(report.objects.map(({ form }) => form).sort()).toEqual(['include', 'policy']);
    expect(report.objects.find(({ form }) => form === 'policy')?.why).toContain(why);
  });

  test.each([
    ['keeps a policy apart with an autoscaler of its workload', 'web', 'policy'],
    ['has an autoscaler of another workload in the FederatedApp', 'other', 'app'],
  ])('%s', (_, scaled, form) => {
    const autoscaler: KubernetesObject = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: scaled } },
    };
    const resourceSelectors = [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', name: 'web' },
    ];
    const { report } = expectExact([deployment({}), autoscaler, policy({ placement: byName, resourceSelectors })]);
    expect(report.objects.find(({ kind }) => kind === 'PropagationPolicy')?.form).toBe(form);
  });

  test('keeps a policy apart whose object another one claims', () => {
    const second = policy({ placement: byName, priority: 1 }, { name: 'other' });
    const { report } = expectExact([deployment({}), policy({ placement: byName }), second]);
    const of = (name: string) =>
      report.objects.find((object) => object.name === name && object.kind === 'PropagationPolicy');
    expect(of('other')?.form).toBe('app');
    expect(of('web')).toMatchObject({
      form: 'policy',
      why: 'Deployment/shop/web is claimed by PropagationPolicy/shop/other',
    });
  });

  test('never has values of Secrets', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData: { password: 'hunter2' } };
    const override = {
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'db' },
      spec: {
        resourceSelectors: [{ apiVersion: 'v1', kind: 'Secret', name: 'db' }],
        overrideRules: [
          { overriders: { plaintext: [{ path: '/stringData/password', operator: 'replace', value: 'hunter2' }] } },
        ],
      },
    };
    for (const templates of ['include', 'typed'] as const) {
      const { files, report } = expectExact([secret, override], { templates });
      const withValue = files.filter(({ text }) => text.includes('hunter2'));
      expect(withValue.every(({ path, mode }) => path.startsWith('legacy/') && mode === 0o600)).toBe(true);
      expect(JSON.stringify(report)).not.toContain('hunter2');
    }
  });

  test.each([
    ['a Secret of another version', { apiVersion: 'V1', kind: 'secret', data: { password: 'hunter2' } }],
    [
      'a Work with a Secret',
      {
        apiVersion: 'work.karmada.io/v1alpha1',
        kind: 'Work',
        spec: { workload: { manifests: [{ apiVersion: 'v1', kind: 'Secret', stringData: { password: 'hunter2' } }] } },
      },
    ],
    [
      'an override that replaces whole objects',
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'OverridePolicy',
        spec: {
          overrideRules: [
            {
              overriders: { plaintext: [{ path: '', operator: 'replace', value: { data: { password: 'hunter2' } } }] },
            },
          ],
        },
      },
    ],
  ])('never has values of Secrets: %s', (_, object) => {
    const { files } = importManifests([{ ...object, metadata: { name: 'db' } }], { templates: 'typed' });
    const withValue = files.filter(({ text }) => text.includes('hunter2'));
    expect(withValue.map(({ path, mode }) => [path, mode])).toEqual([
      [expect.stringMatching(/^legacy\/.*-secrets\.yaml$/), 0o600],
    ]);
  });

  test('is the same whatever the order, and with objects that are in two files', () => {
    const objects = [deployment({ tty: true }), policy({ placement: byName })];
    const { files, report } = importManifests(objects);
    expect(report.summary.app).toBe(2);
    const isCode = ({ path }: { path: string }) => path.endsWith('.ts');
    for (const same of [[...objects].reverse(), [...objects, ...objects], [...objects, ...[...objects].reverse()]]) {
      expect(importManifests(structuredClone(same)).files.filter(isCode)).toEqual(files.filter(isCode));
    }
  });

  test('makes objects without a name again, also equal ones', () => {
    const job = (image: string): KubernetesObject => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { generateName: 'job-', namespace: 'shop' },
      spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image }] } } },
    });
    const { report, manifests } = expectExact([job('a'), job('b'), job('a')]);
    expect(report.objects).toHaveLength(3);
    expect(differences(manifests, manifests).size).toBe(0);
  });

  test('keeps what Karmada refuses, as a literal, and lets the program synthesize', () => {
    const broken = policy({
      placement: { replicaScheduling: { staticClusterWeight: [] } },
      conflictResolution: 'abort',
    });
    const program = expectExact([broken]);
    expect(program.report.objects).toMatchObject([
      { form: 'api-object', why: 'replicaScheduling has no property "staticClusterWeight"' },
    ]);
    expect(fileOf(program, 'main.ts')).toContain("'valid-schema': 'warning'");
  });

  test.each([
    { placement: { clusterAffinity: { clusterNames: ['member1'] }, clusterTolerations: [null] } },
    { placement: { clusterAffinities: [null] } },
    { placement: { clusterAffinity: { labelSelector: { matchExpressions: [null] } } } },
    { failover: { application: { statePreservation: { rules: [null] } } } },
  ])('keeps fields of wrong types, as a literal: %j', (spec) => {
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } };
    const { report } = importManifests([deployment, policy(spec)]);
    expect(report.objects).toContainEqual(
      expect.objectContaining({ form: 'api-object', why: 'a field is missing or has a wrong type' }),
    );
  });

  test('keeps the digits of numbers above 2^53 in YAML, and reports them', () => {
    const yaml = 'apiVersion: example.com/v1\nkind: Big\nmetadata: { name: big }\nspec: { id: 9007199254740993 }\n';
    const { manifests, problems } = readManifestsFrom(yaml, 'in.yaml');
    const program = importManifests(manifests, { sources: { 'in.yaml': yaml }, problems });
    expect(fileOf(program, 'legacy/shared.yaml')).toBe(yaml);
    expect(fileOf(program, 'IMPORT.md')).toContain('above 2^53');
  });

  test('is refused where two files have different objects of one name', () => {
    const yaml =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: "1" }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
    expect(() => imported(yaml)).toThrow('ConfigMap/a is in in.yaml:1 and, different, in in.yaml:6');
  });

  test('makes policies with any placement', () => {
    fc.assert(
      fc.property(anyPlacement, fc.boolean(), (placement, knowsFleet) => {
        const names = placement.mentionedClusters;
        const fleet =
          knowsFleet && names.length > 0 ? Fleet.of(Object.fromEntries(names.map((name) => [name, {}]))) : undefined;
        const { report } = expectExact([policy({ placement: placement.toSpec() })], fleet && { fleet });
        expect(report.objects.map(({ form }) => form)).toEqual(['policy']);
      }),
      { numRuns: propertyRuns(30) },
    );
  });

  test('makes override policies with any rules', () => {
    fc.assert(
      fc.property(fc.array(anyOverride, { minLength: 1, maxLength: 3 }), (overrides) => {
        const overrideRules = overrides.map((override) => override.toRule());
        const { kind: _, spec: __, ...rest } = policy({});
        const object = { ...rest, kind: 'OverridePolicy', spec: { overrideRules } } as KubernetesObject;
        const { report } = expectExact([object]);
        // cdk8s writes no null, without which such a patch has no value.
        const isWritten = !JSON.stringify(overrideRules).includes('"value":null');
        expect(report.objects.map(({ form }) => form)).toEqual([isWritten ? 'policy' : 'api-object']);
      }),
      { numRuns: propertyRuns(30) },
    );
  });

  test('quotes whatever names and values contain', () => {
    const hard = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '',
        '1',
        '1e3',
        'true',
        'null',
        '~',
        '0o17',
        '1:30',
        '2020-01-01',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what must be quoted
        '${x}',
        '`',
        "it's",
        '"',
        'a\nb\n',
        ' x ',
        '*/',
        '__proto__',
        '\u2028',
        '#',
        '{{ x }}',
        '---',
      ),
    );
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        hard,
        fc.boolean(),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom([], {}, 2 ** 53, 0.1),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(hard, tie('value'), { maxKeys: 3 }),
      ),
    })).value;
    const name = fc.constantFrom('a.b', '1st', 'class', 'constructor', 'con', 'x'.repeat(60), 'web-propagation');
    fc.assert(
      fc.property(
        name,
        fc.dictionary(hard, value, { maxKeys: 4 }),
        fc.constantFrom('include' as const, 'typed' as const),
        (given, data, templates) => {
          const object = {
            apiVersion: 'example.com/v1',
            kind: 'Thing',
            metadata: { name: given, namespace: 'shop' },
            data,
          };
          expectExact(
            [JSON.parse(JSON.stringify(object)) as KubernetesObject, policy({ placement: {} }, { name: given })],
            { templates },
          );
        },
      ),
      { numRuns: propertyRuns(50) },
    );
  });
});

/** Every object that the recorded cases have, each case as one import. */
function recorded(): readonly { readonly id: string; readonly objects: readonly KubernetesObject[] }[] {
  const root = join(__dirname, '../vectors');
  return readdirSync(root)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const { cases } = JSON.parse(readFileSync(join(root, file), 'utf8')) as {
        cases: readonly Record<string, unknown>[];
      };
      return cases.flatMap((one) => {
        const objects = [one['object'], one['resource'], one['template']]
          .concat(one['propagationPolicies'], one['clusterPropagationPolicies'], one['overridePolicies'])
          .concat(one['appliedOverridePolicies'], one['appliedClusterOverridePolicies'])
          .filter(
            (object): object is KubernetesObject => typeof object === 'object' && object !== null && 'kind' in object,
          );
        return objects.length === 0 ? [] : [{ id: `${file} ${String(one['id'])}`, objects }];
      });
    });
}

/** The manifests of the recorded mistakes, and of their corrections. */
function lintCases(): readonly { readonly id: string; readonly objects: readonly KubernetesObject[] }[] {
  const root = join(__dirname, '../lint-cases');
  const folders = readdirSync(root).filter((name) => name !== 'README.md');
  return folders.flatMap((name) =>
    ['bad', 'good'].flatMap((side) => {
      const folder = join(root, name, side);
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
      const yaml = readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'utf8'))
        .join('\n---\n');
      return [{ id: `${name} ${side}`, objects: readManifestsFrom(yaml, side).manifests.map(({ object }) => object) }];
    }),
  );
}

/** The API server does not read these, and neither does `import`. */
const unreadable = (error: unknown) => error instanceof ModelError && error.code === 'program.object';

/** Whether two objects have one name and are different: alternatives, of which the user has to choose one. */
function isAmbiguous(objects: readonly KubernetesObject[]): boolean {
  const known = new Map<string, KubernetesObject>();
  return objects.some((object) => {
    const key = `${object.kind} ${object.metadata?.namespace} ${object.metadata?.name}`;
    const other = known.get(key);
    known.set(key, object);
    return other !== undefined && !isDeepStrictEqual(other, object);
  });
}

describe('recorded objects', () => {
  const cases = [...recorded(), ...lintCases()];
  // All of them take a minute.
  const step = propertyRuns(5) === 5 ? 1 : 50;
  const tried = cases.filter((_, index) => index % step === 0);

  test('are made again, each in its best form', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const forms: Record<string, number> = {};
    const wrong: string[] = [];
    for (const { id, objects } of tried) {
      try {
        const program = importManifests(objects);
        for (const { form } of program.report.objects) forms[form] = (forms[form] ?? 0) + 1;
        const distinct = [...new Set(texts(objects))].sort();
        if (texts(runImported(program)).join() !== distinct.join()) wrong.push(`${id} differs`);
      } catch (error) {
        const refused = error instanceof ModelError && error.code === 'program.conflict' && isAmbiguous(objects);
        if (!unreadable(error) && !refused) wrong.push(`${id}: ${String(error).slice(0, 300)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(forms['include']).toBeGreaterThan(10);
    expect((forms['policy'] ?? 0) + (forms['app'] ?? 0)).toBeGreaterThan(0);
  }, 300_000);
});
