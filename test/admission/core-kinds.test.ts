import { describe, expect, test } from 'vitest';
import { admit } from '../../src/admission';
import type { KubernetesObject } from '../../src/kubernetes/object';

/** Paths of what is refused. */
function refused(object: object, others: readonly KubernetesObject[] = []): readonly string[] {
  return admit(object as KubernetesObject, { others }).causes.map(({ path }) => path);
}

const web = { name: 'web', image: 'example.com/web:1.0' };

function workload(kind: string, pod: object, spec: object = {}): object {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [web], ...pod } },
      ...spec,
    },
  };
}

describe('kinds of Kubernetes', () => {
  test.each([
    { what: 'a null in every place', object: workload('Deployment', { volumes: null, nodeSelector: { a: null } }) },
    {
      // Kubernetes pkg/apis/apps/validation/validation.go, ValidatePodTemplateSpecForStatefulSet
      what: 'a StatefulSet whose pods are not valid',
      object: workload('StatefulSet', { containers: [{ name: 'Web', volumeMounts: [{ name: 'data' }] }] }),
    },
  ])('accept $what', ({ object }) => {
    expect(refused(object)).toEqual([]);
  });

  test.each([
    {
      what: 'a null item of a list',
      pod: { containers: [null] },
      paths: ['containers[0].name', 'containers[0].image'],
    },
    { what: 'a pod that is a text', pod: null, paths: ['containers'] },
    {
      what: 'a misplaced field, with its place',
      pod: { volumeMounts: [] },
      paths: ['volumeMounts'],
      fix: 'move it to spec.template.spec.containers[].volumeMounts',
    },
  ])('fail with $what', ({ pod, paths, fix }) => {
    const object = workload('Deployment', pod ?? { containers: null }) as KubernetesObject;
    const { causes } = admit(object);
    expect(causes.map(({ path }) => path)).toEqual(paths.map((path) => `spec.template.spec.${path}`));
    if (fix) expect(causes[0]?.fix).toBe(fix);
  });

  test('fail with a type alone, because nothing else can be read', () => {
    expect(refused(workload('Deployment', { restartPolicy: 'Never' }, { replicas: '3' }))).toEqual(['spec.replicas']);
  });
});

describe('custom objects', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'shops.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'shops', kind: 'Shop' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: { type: 'object', required: ['size'], properties: { size: { type: 'integer' } } } },
            },
          },
        },
      ],
    },
  };
  const shop = (spec: object, apiVersion = 'example.com/v1') => ({
    apiVersion,
    kind: 'Shop',
    metadata: { name: 'a' },
    spec,
  });

  test.each([
    { what: 'a valid object', object: shop({ size: 1 }), paths: [] },
    { what: 'an unknown field', object: shop({ size: 1, colour: 'red' }), paths: ['spec.colour'] },
    { what: 'a missing field', object: shop({}), paths: ['spec.size'] },
    { what: 'a wrong type', object: shop({ size: 'big' }), paths: ['spec.size'] },
    { what: 'a version that is not served', object: shop({ size: 1 }, 'example.com/v2'), paths: ['apiVersion'] },
  ])('are checked against their definition: $what', ({ object, paths }) => {
    expect(refused(object, [definition])).toEqual(paths);
  });

  test('pass without a definition, or with one that cannot be read', () => {
    const broken = structuredClone(definition);
    Object.assign(broken.spec.versions[0]!.schema.openAPIV3Schema, { properties: { spec: { pattern: '[' } } });
    expect(refused(shop({ size: 'big' }))).toEqual([]);
    expect(refused(shop({ size: 'big' }), [broken])).toEqual([]);
  });

  test('follow a definition that changes after it was used', () => {
    const changing = structuredClone(definition);
    expect(refused(shop({ size: 100 }), [changing])).toEqual([]);
    expect(refused(shop({ size: 'big' }), [changing])).toEqual(['spec.size']);
    Object.assign(changing.spec.versions[0]!.schema.openAPIV3Schema.properties.spec.properties.size, { maximum: 9 });
    expect(refused(shop({ size: 100 }), [changing])).toEqual(['spec.size']);
  });
});
