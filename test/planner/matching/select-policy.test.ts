import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../../src/kubernetes/object';
import { ControlPlaneState } from '../../../src/planner/control-plane-state/control-plane-state';
import { type PolicySelectionOptions, selectPolicy } from '../../../src/planner/matching/select-policy';

// Expectations: facts.md C.1 to C.4, restated from Karmada v1.18.2 pkg/detector.
const everyDeployment = { apiVersion: 'apps/v1', kind: 'Deployment' };

function policy(
  name: string,
  spec: Record<string, unknown> = {},
  namespace: string | undefined = 'shop',
): KubernetesObject {
  const kind = namespace === '' ? 'ClusterPropagationPolicy' : 'PropagationPolicy';
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind,
    metadata: { name, ...(namespace && { namespace }) },
    spec: { resourceSelectors: [everyDeployment], placement: {}, ...spec },
  };
}

function pipy(metadata: Record<string, unknown> = {}): KubernetesObject {
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'pipy', namespace: 'shop', ...metadata } };
}

function winnerOf(template: KubernetesObject, policies: KubernetesObject[], options?: PolicySelectionOptions) {
  const { winner, by } = selectPolicy(template, policies, options);
  return winner && `${winner.policy.kind}/${winner.policy.name} by ${by}`;
}

function claimedBy(name: string, namespace = 'shop') {
  if (namespace === '') {
    return {
      labels: { 'clusterpropagationpolicy.karmada.io/permanent-id': 'x' },
      annotations: { 'clusterpropagationpolicy.karmada.io/name': name },
    };
  }
  return {
    labels: { 'propagationpolicy.karmada.io/permanent-id': 'x' },
    annotations: { 'propagationpolicy.karmada.io/name': name, 'propagationpolicy.karmada.io/namespace': namespace },
  };
}

describe('selectPolicy', () => {
  test('a PropagationPolicy wins over a ClusterPropagationPolicy of higher priority', () => {
    expect(winnerOf(pipy(), [policy('cluster', { priority: 100 }, ''), policy('own')])).toBe(
      'PropagationPolicy/own by match',
    );
  });

  test('explicit priority counts before the precision of the selector', () => {
    const byName = { resourceSelectors: [{ ...everyDeployment, name: 'pipy' }] };
    expect(winnerOf(pipy(), [policy('precise', byName), policy('high', { priority: 1 })])).toBe(
      'PropagationPolicy/high by match',
    );
    expect(winnerOf(pipy(), [policy('precise', byName), policy('broad')])).toBe('PropagationPolicy/precise by match');
  });

  test('an empty labelSelector is more precise than none', () => {
    const byLabels = { resourceSelectors: [{ ...everyDeployment, labelSelector: {} }] };
    expect(winnerOf(pipy(), [policy('a'), policy('b', byLabels)])).toBe('PropagationPolicy/b by match');
  });

  test('the name that sorts first in byte order breaks a tie', () => {
    expect(winnerOf(pipy(), [policy('b'), policy('B'), policy('a')])).toBe('PropagationPolicy/B by match');
  });

  test('a policy of another namespace never matches', () => {
    expect(winnerOf(pipy(), [policy('other', {}, 'elsewhere')])).toBeUndefined();
  });

  test('a cluster-scoped template is matched by ClusterPropagationPolicies only', () => {
    const role: KubernetesObject = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
    };
    const selectors = { resourceSelectors: [{ apiVersion: role.apiVersion, kind: 'ClusterRole' }] };
    expect(winnerOf(role, [policy('own', selectors), policy('cluster', selectors, '')])).toBe(
      'ClusterPropagationPolicy/cluster by match',
    );
  });

  test('a policy being deleted is passed over', () => {
    const deleted = policy('a');
    const gone = { ...deleted, metadata: { ...deleted.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    expect(winnerOf(pipy(), [gone, policy('b')])).toBe('PropagationPolicy/b by match');
  });

  test('a claim holds against a better policy', () => {
    const policies = [policy('held'), policy('better', { priority: 9 })];
    expect(winnerOf(pipy(claimedBy('held')), policies)).toBe('PropagationPolicy/held by claim');
  });

  test('a claim by a policy that is gone, or no longer selects the template, starts matching again', () => {
    const elsewhere = { resourceSelectors: [{ ...everyDeployment, name: 'other' }] };
    expect(winnerOf(pipy(claimedBy('gone')), [policy('a')])).toBe('PropagationPolicy/a by match');
    expect(winnerOf(pipy(claimedBy('moved')), [policy('moved', elsewhere), policy('a')])).toBe(
      'PropagationPolicy/a by match',
    );
  });

  test('half a claim is none', () => {
    const { labels, annotations } = claimedBy('b');
    const policies = [policy('a'), policy('b')];
    expect(winnerOf(pipy({ labels }), policies)).toBe('PropagationPolicy/a by match');
    expect(winnerOf(pipy({ annotations }), policies)).toBe('PropagationPolicy/a by match');
  });

  describe('preemption', () => {
    const byName = [{ ...everyDeployment, name: 'pipy' }];
    const always = (priority: number, name = 'taker', namespace = 'shop') =>
      policy(name, { preemption: 'Always', priority, resourceSelectors: byName }, namespace);

    test('needs its feature gate', () => {
      const policies = [policy('held'), always(1)];
      expect(winnerOf(pipy(claimedBy('held')), policies)).toBe('PropagationPolicy/held by claim');
      expect(winnerOf(pipy(claimedBy('held')), policies, { preemption: true })).toBe(
        'PropagationPolicy/taker by preemption',
      );
    });

    test('needs a strictly higher priority within a kind', () => {
      expect(winnerOf(pipy(claimedBy('held')), [policy('held'), always(0)], { preemption: true })).toBe(
        'PropagationPolicy/held by claim',
      );
    });

    test('a PropagationPolicy takes from a ClusterPropagationPolicy of any priority, never the other way round', () => {
      const gate = { preemption: true };
      expect(winnerOf(pipy(claimedBy('held', '')), [policy('held', { priority: 9 }, ''), always(-1)], gate)).toBe(
        'PropagationPolicy/taker by preemption',
      );
      expect(winnerOf(pipy(claimedBy('held')), [policy('held'), always(9, 'taker', '')], gate)).toBe(
        'PropagationPolicy/held by claim',
      );
    });
  });

  test('losers are listed in order of precedence', () => {
    const { losers } = selectPolicy(pipy(), [
      policy('c'),
      policy('z', {}, ''),
      policy('a'),
      policy('b', { priority: 1 }),
    ]);
    expect(losers.map((loser) => loser.policy.name)).toEqual(['a', 'c', 'z']);
  });

  test('the order of the policies does not matter', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 });
    const priorities = fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(names, priorities, (order, priority) => {
        const policies = order.map((name) => policy(name, { priority: priority['abcde'.indexOf(name)] }));
        const sorted = [...policies].sort((a, b) => (a.metadata!.name! < b.metadata!.name! ? -1 : 1));
        expect(winnerOf(pipy(), policies)).toBe(winnerOf(pipy(), sorted));
      }),
    );
  });

  test('the index finds what comparing one by one finds', () => {
    const selector = fc.record(
      {
        name: fc.constantFrom('', 'pipy', 'other'),
        namespace: fc.constantFrom('', 'shop', 'elsewhere'),
        labelSelector: fc.constantFrom(
          { matchLabels: { app: 'pipy' } },
          { matchLabels: { app: 'pipy', tier: 'web' } },
          { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
          {},
        ),
      },
      { requiredKeys: [] },
    );
    const labels = fc.constantFrom({}, { app: 'pipy' }, { app: 'pipy', tier: 'web' }, { app: 'x' });
    fc.assert(
      fc.property(fc.array(fc.array(selector, { maxLength: 3 }), { maxLength: 6 }), labels, (selectors, label) => {
        const policies = selectors.map((list, i) =>
          policy(`p${i}`, { resourceSelectors: list.map((s) => ({ ...everyDeployment, ...s })) }),
        );
        const template = pipy({ labels: label });
        const together = ControlPlaneState.ofObjects(policies).propagationSelectors('shop')?.matchesOf(template) ?? [];
        const apart = policies.filter((one) => selectPolicy(template, [one]).winner !== undefined);
        expect(together.map(({ owner }) => owner.name).sort()).toEqual(apart.map((one) => one.metadata!.name).sort());
      }),
    );
  });
});
