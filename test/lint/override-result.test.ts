import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { resultFaults } from '../../src/lint/analysis/override-result';
import { patchObject } from '../../src/planner/override/patch-object';
import { propertyRuns } from '../support/property-runs';

const template = (images: readonly string[]) => ({
  metadata: { labels: { app: 'web' } },
  spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) },
});

function workload(kind: string, images: readonly string[]): KubernetesObject {
  const metadata = { name: 'web', namespace: 'default' };
  if (kind === 'Pod') return { apiVersion: 'v1', kind, metadata, spec: template(images).spec };
  const [apiVersion, spec] =
    kind === 'CronJob'
      ? ['batch/v1', { schedule: '* * * * *', jobTemplate: { spec: { template: template(images) } } }]
      : ['apps/v1', { selector: { matchLabels: { app: 'web' } }, template: template(images) }];
  return { apiVersion: apiVersion as string, kind, metadata, spec };
}

const specPaths: Readonly<Record<string, string>> = {
  Pod: '/spec',
  CronJob: '/spec/jobTemplate/spec/template/spec',
  Deployment: '/spec/template/spec',
  StatefulSet: '/spec/template/spec',
};

const value = fc.constantFrom('nginx:1.27', 'nginx', '', ' nginx', 'nginx ', 'a b', 7, null, { a: 1 });

describe('what a member refuses of an overridden object', () => {
  test('does not depend on the parts that it shares with the object as it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(specPaths)),
        fc.array(fc.constantFrom('nginx:1.26', 'nginx', '', ' nginx'), { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(2), fc.constantFrom('image', 'name', 'command'), value), { maxLength: 3 }),
        (kind, images, changes) => {
          const before = workload(kind, images);
          const operations = changes.map(([index, field, content]) => ({
            op: 'add',
            path: `${specPaths[kind]}/containers/${index % images.length}/${field}`,
            value: content,
          }));
          const after = patchObject(before, operations);
          expect(resultFaults(before, after)).toEqual(resultFaults(structuredClone(before), after));
        },
      ),
      { numRuns: propertyRuns(500) },
    );
  });
});
