import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { replicaReviser, reviseReplicas } from '../../../src/planner/revise/revise-replicas';

// Expectations: facts.md D.12 and the Webster table of D.7.
function object(apiVersion: string, kind: string, spec: unknown, uid?: string): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'x', namespace: 'shop', ...(uid && { uid }) }, spec };
}

function specsOf(
  template: KubernetesObject,
  replicas: Record<string, number>,
  divided = true,
): Record<string, unknown> {
  const targets = Object.entries(replicas).map(([name, count]) => ({ name, replicas: count }));
  const copies = reviseReplicas(template, targets, { divided });
  return Object.fromEntries(Array.from(copies, ([name, copy]) => [name, copy.kind === 'stated' && copy.object.spec]));
}

describe('reviseReplicas', () => {
  test('each cluster gets its own number', () => {
    expect(specsOf(object('apps/v1', 'Deployment', { replicas: 5, paused: true }), { a: 3, b: 2 })).toEqual({
      a: { replicas: 3, paused: true },
      b: { replicas: 2, paused: true },
    });
  });

  test('completions of a divided Job follow its parallelism, ties by the UID', () => {
    const spec = { parallelism: 3, completions: 10 };
    // even hash: the smaller name wins; odd hash: the larger
    const even = '4858ca61-3ff8-4095-8267-f3d059d8074c';
    const odd = 'd43fdeeb-d750-4e2b-bee3-64eb94534f4c';
    const completions = (uid?: string) =>
      Object.values(specsOf(object('batch/v1', 'Job', spec, uid), { a: 1, b: 1, c: 1 })).map(
        (copy) => (copy as { completions: number }).completions,
      );
    expect(completions(even)).toEqual([4, 3, 3]);
    expect(completions(odd)).toEqual([3, 3, 4]);
    expect(completions()).toEqual([4, 3, 3]);
  });

  test('a duplicated Job keeps its completions', () => {
    const job = object('batch/v1', 'Job', { parallelism: 3, completions: 10 });
    expect(specsOf(job, { a: 3, b: 3 }, false)).toEqual({
      a: { parallelism: 3, completions: 10 },
      b: { parallelism: 3, completions: 10 },
    });
  });

  test('a Job without completions gets none', () => {
    expect(specsOf(object('batch/v1', 'Job', { parallelism: 3 }), { a: 2, b: 1 })).toEqual({
      a: { parallelism: 2 },
      b: { parallelism: 1 },
    });
  });

  test('what counts no replicas is handed on as it is', () => {
    const service = object('v1', 'Service', { ports: [] });
    expect(reviseReplicas(service, [{ name: 'a', replicas: 0 }], { divided: true }).get('a')).toEqual({
      kind: 'stated',
      object: service,
    });
    expect(replicaReviser(service, [], { divided: true })('a')).toBeUndefined();
  });

  test('a RayService keeps its head and divides the workers in proportion', () => {
    const group = (replicas: number) => ({ replicas, template: { spec: {} } });
    const rayClusterConfig = { headGroupSpec: { template: { spec: {} } }, workerGroupSpecs: [group(4), group(2)] };
    const specs = specsOf(object('ray.io/v1', 'RayService', { rayClusterConfig }), { a: 4 });
    expect(specs).toMatchObject({ a: { rayClusterConfig: { workerGroupSpecs: [{ replicas: 2 }, { replicas: 1 }] } } });
  });

  test('replicas and completions add up, and the template stays as it was', () => {
    const anyTargets = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(anyTargets, fc.integer({ min: 1, max: 50 }), fc.string(), (replicas, completions, uid) => {
        const total = replicas.reduce((a, b) => a + b, 0);
        const job = object('batch/v1', 'Job', { parallelism: total, completions: Math.max(completions, total) }, uid);
        const before = structuredClone(job);
        const targets = replicas.map((count, i) => ({ name: `member${i}`, replicas: count }));
        const copies = Array.from(reviseReplicas(job, targets, { divided: true }).values());
        const specs = copies.map((copy) => (copy.kind === 'stated' ? copy.object.spec : {}) as Record<string, number>);
        const sum = (field: string) => specs.reduce((a, spec) => a + (spec[field] ?? 0), 0);
        if (total > 0) {
          expect(sum('parallelism')).toBe(total);
          expect(sum('completions')).toBe(Math.max(completions, total));
        }
        expect(job).toEqual(before);
      }),
    );
  });
});
