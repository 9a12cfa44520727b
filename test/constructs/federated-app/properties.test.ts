import { ApiObject, type Chart } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FederatedApp, Placement } from '../../../src';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { chartIn, ofKind, selected, synth } from '../../support/synthesis';

const kinds: Readonly<Record<string, string>> = {
  ConfigMap: 'v1',
  Secret: 'v1',
  Deployment: 'apps/v1',
  ClusterRole: 'rbac.authorization.k8s.io/v1',
  StorageClass: 'storage.k8s.io/v1',
};
const isClusterScoped = (kind: string) => kind === 'ClusterRole' || kind === 'StorageClass';

/** Objects of any kind and namespace, anywhere in the scope, no two with the same identity. */
const anyObjects = fc.uniqueArray(
  fc
    .record({
      kind: fc.constantFrom(...Object.keys(kinds)),
      name: fc.constantFrom('a', 'b', 'c'),
      namespace: fc.constantFrom(undefined, 'other', 'third'),
      depth: fc.nat(2),
    })
    .map((object) => (isClusterScoped(object.kind) ? { ...object, namespace: undefined } : object)),
  { minLength: 1, maxLength: 12, selector: ({ kind, name, namespace }) => `${kind}/${namespace}/${name}` },
);

function build(
  objects: readonly { kind: string; name: string; namespace: string | undefined; depth: number }[],
): Chart {
  const chart = chartIn();
  const app = new FederatedApp(chart, 'web', { placement: Placement.duplicated('member1') });
  const scopes: Construct[] = [app, new Construct(app, 'deep')];
  scopes.push(new Construct(scopes[1]!, 'deeper'));
  for (const { kind, name, namespace, depth } of objects) {
    new ApiObject(scopes[depth]!, `${kind}-${name}-${namespace}`, {
      apiVersion: kinds[kind]!,
      kind,
      metadata: { name, ...(namespace && { namespace }) },
    });
  }
  return chart;
}

const policiesOf = (objects: readonly KubernetesObject[]) => [
  ...ofKind(objects, 'PropagationPolicy'),
  ...ofKind(objects, 'ClusterPropagationPolicy'),
];

describe('the policies of a FederatedApp', () => {
  test('select each of its objects exactly once, where that object is', () => {
    fc.assert(
      fc.property(anyObjects, (objects) => {
        const found = policiesOf(synth(build(objects))).flatMap((policy) =>
          selected(policy).map((object) => `${policy.metadata?.namespace ?? '-'} ${object}`),
        );
        const wanted = objects.map(
          ({ kind, name, namespace }) => `${isClusterScoped(kind) ? '-' : (namespace ?? 'shop')} ${kind} ${name}`,
        );
        expect(found.sort()).toStrictEqual(wanted.sort());
      }),
      { numRuns: 60 },
    );
  });

  test('are as many as there are namespaces, and one more for what is cluster-scoped, in every synthesis', () => {
    fc.assert(
      fc.property(anyObjects, (objects) => {
        const chart = build(objects);
        const places = objects.map(({ kind, namespace }) => (isClusterScoped(kind) ? '-' : (namespace ?? 'shop')));
        const first = synth(chart);
        expect(policiesOf(first)).toHaveLength(new Set(places).size);
        expect(synth(chart)).toStrictEqual(first);
      }),
      { numRuns: 60 },
    );
  });
});
