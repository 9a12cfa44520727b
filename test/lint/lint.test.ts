import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { type Finding, type LintOptions, lint } from '../../src/lint';
import { readManifestsFrom } from '../../src/manifests';
import { refusal } from '../support/refusal';

/** A webhook of Karmada refuses it: maxGroups is smaller than minGroups. */
const refused = `
apiVersion: policy.karmada.io/v1alpha1
kind: PropagationPolicy
metadata:
  name: web
  namespace: default
  annotations: {}
spec:
  resourceSelectors:
    - { apiVersion: apps/v1, kind: Deployment, name: web }
  placement:
    clusterAffinity: { clusterNames: [member1] }
    spreadConstraints:
      - spreadByField: cluster
        minGroups: 3
        maxGroups: 2
`;

const lintText = (text: string, options?: LintOptions) =>
  lint(readManifestsFrom(text, 'apps/web.yaml').manifests, options);

function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ rule, severity, path, message }) =>
    [severity, rule, path, message].filter(Boolean).join('  '),
  );
}

describe('a refusal', () => {
  test('names object, field and place in the file', () => {
    const { findings, summary, objects } = lintText(refused);
    expect({ summary, objects }).toEqual({ summary: { error: 1, warning: 0, info: 0 }, objects: 1 });
    const [finding] = findings;
    expect(finding).toMatchObject({
      rule: 'valid-admission',
      severity: 'error',
      object: {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'PropagationPolicy',
        namespace: 'default',
        name: 'web',
      },
      location: { file: 'apps/web.yaml', document: 0 },
    });
    expect(finding?.location).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  });

  test('of an item of a List points into the list', () => {
    const object = lintText(refused).findings[0];
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [readManifestsFrom(refused, 'x').manifests[0]?.object],
    } as unknown as KubernetesObject;
    const asked: string[] = [];
    const locate = (path: string) => {
      asked.push(path);
      return { line: 1, column: 1 };
    };
    const { findings } = lint([{ object: list, origin: { type: 'file', file: 'list.yaml', document: 0, locate } }]);
    expect(findings.map(({ path }) => path)).toEqual([object?.path]);
    expect(asked).toEqual([`items[0].${object?.path}`]);
  });

  test('of a construct names its path and source', () => {
    const object = readManifestsFrom(refused, 'x').manifests[0]!.object;
    const origin = { type: 'construct', construct: 'web/policy', source: 'src/web.ts:3:5' } as const;
    expect(lint([{ object, origin }]).findings[0]?.location).toEqual({
      construct: 'web/policy',
      source: 'src/web.ts:3:5',
    });
  });
});

describe('settings', () => {
  test('change the severity of a rule', () => {
    const { findings } = lintText(refused, { rules: { 'valid-admission': 'info' } });
    expect(findings.map(({ severity }) => severity)).toEqual(['info']);
  });

  test('silence a rule', () => {
    expect(lintText(refused, { rules: { 'valid-admission': 'off' } }).findings).toEqual([]);
  });

  test('fails when a rule is misspelled, naming the one that was meant', () => {
    expect(refusal(() => lint([], { rules: { 'valid-admision': 'off' } }))).toMatchObject({
      code: 'lint.unknown-rule',
      message: 'unknown rule "valid-admision"\n  fix: write "valid-admission"',
    });
  });

  test('fails when a severity is misspelled', () => {
    const rules = { 'valid-admission': 'warn' } as unknown as NonNullable<LintOptions['rules']>;
    expect(refusal(() => lint([], { rules }))).toMatchObject({
      code: 'lint.rule-setting',
      message: 'rule "valid-admission" is set to "warn"\n  fix: use one of error, warning, info, off',
    });
  });
});

describe('a suppression', () => {
  const annotated = (text: string) =>
    refused.replace('annotations: {}', `annotations: { cdk8s-karmada.dev/lint-ignore: ${JSON.stringify(text)} }`);

  test('in an annotation silences the rule on its object', () => {
    expect(lintText(annotated('valid-admission: mended by a webhook of ours')).findings).toEqual([]);
  });

  test('in code silences the rule on everything below a construct, and on nothing beside it', () => {
    const object = readManifestsFrom(refused, 'x').manifests[0]!.object;
    const at = (construct: string) => ({ object, origin: { type: 'construct', construct } as const });
    const suppressions = [{ rule: 'valid-admission', reason: 'ours', construct: 'web' }];
    const refusals = lint([at('web/policy'), at('website/policy')], { suppressions }).findings.filter(
      ({ rule }) => rule === 'valid-admission',
    );
    expect(refusals.map(({ location }) => location)).toEqual([{ construct: 'website/policy' }]);
  });

  test('that silences nothing is a finding', () => {
    expect(told(lintText(annotated('valid-schema: never')).findings)).toContain(
      'warning  no-unused-suppression  metadata.annotations[cdk8s-karmada.dev/lint-ignore]  "valid-schema" is suppressed, and finds nothing there',
    );
  });

  test('of a rule that is off, or that had no fleet to look at, may be right', () => {
    expect(
      told(lintText(annotated('valid-schema: never'), { rules: { 'valid-schema': 'off' } }).findings),
    ).toHaveLength(1);
  });

  test('without a reason, and of a rule that does not exist, is a finding', () => {
    const findings = told(lintText(annotated('valid-admission\nvalid-admision: ours')).findings);
    expect(findings).toContain(
      'warning  valid-suppression  metadata.annotations[cdk8s-karmada.dev/lint-ignore]  "valid-admission" is not a suppression',
    );
    expect(findings).toContain(
      'warning  valid-suppression  metadata.annotations[cdk8s-karmada.dev/lint-ignore]  suppresses the unknown rule "valid-admision"',
    );
  });
});

// Public reports: a guide that writes work.karmada.io, and an Ingress of extensions/v1beta1.
test('what follows from a policy of a misspelled kind stands behind its refusal', () => {
  const { findings } = lintText(`
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
---
apiVersion: work.karmada.io/v1alpha2
kind: PropagationPolicy
metadata: { name: web }
spec:
  resourceSelectors: [{ apiVersion: v1, kind: ConfigMap, name: web }]
  placement: { clusterAffinity: { clusterNames: [member1] } }
`);
  expect(findings.map(({ rule, fix, object, path }) => [rule, fix, object.kind, path])).toEqual([
    ['valid-schema', 'write apiVersion: policy.karmada.io/v1alpha1', 'PropagationPolicy', 'apiVersion'],
  ]);
  expect(findings[0]?.related?.map(({ rule, object }) => [rule, object.kind])).toEqual([
    ['no-unpropagated-object', 'ConfigMap'],
  ]);
});
