import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  ClusterOverridePolicy,
  ClusterPropagationPolicy,
  Failover,
  Override,
  OverridePolicy,
  Placement,
  PropagationPolicy,
  type PropagationPolicyProps,
  ResourceSelector,
  Suspension,
} from '../../src';
import { refusal, untyped } from '../support/refusal';
import { chartIn, ofKind, synth } from '../support/synthesis';

const placement = Placement.duplicated('member1');
const placementSpec = {
  clusterAffinity: { clusterNames: ['member1'] },
  replicaScheduling: { replicaSchedulingType: 'Duplicated' },
};
const service = { apiVersion: 'v1', kind: 'Service', name: 'web' };
const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'reader' };
const everyOption = {
  propagateDeps: true,
  priority: -3,
  preemption: 'Always',
  schedulerName: 'my-scheduler',
  failover: Failover.of({
    application: { unhealthyFor: Duration.minutes(2), purgeMode: 'Gracefully', gracePeriod: Duration.minutes(1) },
    cluster: { purgeMode: 'Directly' },
  }),
  conflictResolution: 'Overwrite',
  activationPreference: 'Lazy',
  suspension: Suspension.on('member1'),
  preserveResourcesOnDeletion: true,
  schedulePriority: { priorityClassName: 'high' },
  association: false,
} as const;
const everySpecField = {
  propagateDeps: true,
  priority: -3,
  preemption: 'Always',
  schedulerName: 'my-scheduler',
  failover: {
    application: { decisionConditions: { tolerationSeconds: 120 }, purgeMode: 'Gracefully', gracePeriodSeconds: 60 },
    cluster: { purgeMode: 'Directly' },
  },
  conflictResolution: 'Overwrite',
  activationPreference: 'Lazy',
  suspension: { dispatchingOnClusters: { clusterNames: ['member1'] } },
  preserveResourcesOnDeletion: true,
  schedulePriority: { priorityClassSource: 'KubePriorityClass', priorityClassName: 'high' },
  association: false,
};

function failure(props: Partial<PropagationPolicyProps>): string {
  const chart = chartIn();
  new PropagationPolicy(chart, 'web', { placement, ...props });
  try {
    synth(chart);
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).join('\n');
  }
  return '';
}

describe('PropagationPolicy', () => {
  test('is named by its id, in the namespace of its chart, and writes only what was asked for', () => {
    const chart = chartIn();
    new PropagationPolicy(chart, 'web', { placement, resources: [service] });
    expect(synth(chart)).toStrictEqual([
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'PropagationPolicy',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { resourceSelectors: [service], placement: placementSpec },
      },
    ]);
  });

  test('has every field of its spec', () => {
    const chart = chartIn();
    const override = new OverridePolicy(chart, 'first', { overrideRules: [Override.image({ tag: 'edge' })] });
    const policy = new PropagationPolicy(chart, 'web', {
      metadata: { name: 'other', namespace: 'shop', labels: { a: 'b' }, annotations: { c: 'd' } },
      placement,
      resources: [service],
      dependentOverrides: [override, 'second'],
      ...everyOption,
    });
    expect(ofKind(synth(chart), 'PropagationPolicy')).toStrictEqual([
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'PropagationPolicy',
        metadata: { name: 'other', namespace: 'shop', labels: { a: 'b' }, annotations: { c: 'd' } },
        spec: {
          resourceSelectors: [service],
          placement: placementSpec,
          dependentOverrides: ['first', 'second'],
          ...everySpecField,
        },
      },
    ]);
    expect(policy).toMatchObject({ name: 'other', namespace: 'shop', placement });
  });

  test('selects constructs, plain objects and descriptions, each once, until synthesis', () => {
    const chart = chartIn();
    const policy = new PropagationPolicy(chart, 'web', { placement });
    const object = new ApiObject(chart, 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
    });
    policy.propagate(object, service);
    policy.propagate(service, ResourceSelector.labelled({ app: 'web' }, { apiVersion: 'v1', kind: 'Secret' }));
    policy.propagate({ ...service, name: 'other', namespace: 'shop' });
    expect(ofKind(synth(chart), 'PropagationPolicy')[0]?.spec).toMatchObject({
      resourceSelectors: [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' },
        service,
        { apiVersion: 'v1', kind: 'Secret', labelSelector: { matchLabels: { app: 'web' } } },
        { apiVersion: 'v1', kind: 'Service', name: 'other' },
      ],
    });
  });

  test('lets JSON patches reach what it does not model', () => {
    const chart = chartIn();
    const policy = new PropagationPolicy(chart, 'web', { placement, resources: [service] });
    expect(policy.node.defaultChild).toBe(ApiObject.of(policy));
    ApiObject.of(policy).addJsonPatch(JsonPatch.add('/spec/priority', 7));
    expect(synth(chart)[0]?.spec).toMatchObject({ priority: 7 });
  });

  describe('fails when', () => {
    test('it selects nothing', () => {
      expect(failure({})).toBe(`  [shop/web] the policy selects nothing
    why: Karmada refuses a policy without resourceSelectors
    fix: pass the objects as \`resources\`, or call \`propagate()\` before synthesis`);
    });

    test('it takes objects from other policies without naming them', () => {
      const all = ResourceSelector.all({ apiVersion: 'v1', kind: 'Secret' });
      expect(
        failure({ resources: [all], preemption: 'Always' }),
      ).toBe(`  [shop/web] preemption is "Always", but the selector of kind Secret has no name
    why: Karmada lets a policy take objects from another policy only by name
    fix: select each object by name, or leave preemption out`);
    });

    test('it moves applications and leaves behind what they refer to', () => {
      expect(
        failure({ resources: [service], failover: Failover.of({ application: {} }) }),
      ).toBe(`  [shop/web] failover of the application is set, but propagateDeps is not true
    why: Karmada refuses it: a workload that moves would leave its ConfigMaps and Secrets behind
    fix: set propagateDeps: true`);
    });

    test('it selects what is cluster-scoped', () => {
      expect(failure({ resources: [role] })).toBe(`  [shop/web] it selects ClusterRole "reader", which is cluster-scoped
    why: a namespaced policy reaches only objects of its own namespace, so it would never match
    fix: select it with a ClusterPropagationPolicy`);
    });

    test('it selects in another namespace', () => {
      expect(
        failure({ resources: [{ ...service, namespace: 'other' }] }),
      ).toBe(`  [shop/web] it is in namespace "shop" and selects Service "web" of namespace "other"
    why: Karmada refuses a namespaced policy that selects outside its own namespace
    fix: put a policy into namespace "other", or use a ClusterPropagationPolicy`);
    });

    test('a JSON patch makes of it what Karmada refuses', () => {
      const chart = chartIn();
      const policy = new PropagationPolicy(chart, 'web', { placement, resources: [service] });
      expect(() => synth(chart)).not.toThrow();
      ApiObject.of(policy).addJsonPatch(JsonPatch.add('/spec/preemtion', 'Always'));
      expect(() => synth(chart)).toThrow('[shop/web] spec.preemtion: unknown field "preemtion"');
    });

    test('its placement is exactly so many replicas, and a workload has another number', () => {
      const chart = chartIn();
      const job = new ApiObject(chart, 'job', {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'job' },
        spec: { parallelism: 5, completions: 3 },
      });
      new PropagationPolicy(chart, 'web', { placement: Placement.exactly({ member1: 4 }), resources: [job, service] });
      expect(() => synth(chart)).toThrow(
        new Error(`Validation failed with the following errors:
  [shop/web] Job "job" at shop/job has replicas 3, but its placement is exactly 4
    why: Karmada divides the replicas of the workload, so no cluster would run the number that the placement gives
    fix: set its replicas to 4, or choose Placement.weighted`),
      );
    });

    test('it waits for an override policy of another namespace', () => {
      const chart = chartIn();
      const override = new OverridePolicy(chart, 'o', {
        metadata: { namespace: 'other' },
        overrideRules: [Override.image({ tag: 'edge' })],
      });
      new PropagationPolicy(chart, 'web', { placement, resources: [service], dependentOverrides: [override] });
      expect(() => synth(chart)).toThrow(
        new Error(`Validation failed with the following errors:
  [shop/web] dependentOverrides names OverridePolicy "o" of namespace "other"
    why: Karmada looks for it in the namespace of the policy, and would wait forever
    fix: make the override in namespace "shop"`),
      );
    });

    test.each([
      {
        props: { placment: placement },
        code: 'property.unknown',
        message:
          'PropagationPolicy "shop/web" has no property "placment"\n  fix: write "placement" in place of "placment"',
      },
      {
        props: { placement: { clusterAffinity: {} } },
        code: 'policy.placement',
        message: `PropagationPolicy "shop/web": placement is not a Placement
  why: Karmada would send the objects to every cluster, each with all replicas
  fix: say where they go, such as Placement.duplicated("member1") or fleet.weighted({ member1: 1 })`,
      },
      {
        props: { placement, preemption: 'always' },
        code: 'property.value',
        message:
          'preemption of PropagationPolicy "shop/web" must be Always or Never, got "always"\n  fix: write "Always"',
      },
      {
        props: { placement, activationPreference: 'Eager' },
        code: 'property.value',
        message:
          'activationPreference of PropagationPolicy "shop/web" must be Lazy, got "Eager"\n  fix: use one of Lazy',
      },
      {
        props: { placement, schedulePriority: { priorityClass: 'high' } },
        code: 'property.unknown',
        message:
          'schedulePriority of PropagationPolicy "shop/web" has no property "priorityClass"\n  fix: write "priorityClassName" in place of "priorityClass"',
      },
      {
        props: { placement, priority: 1.5 },
        code: 'policy.priority',
        message: `PropagationPolicy "shop/web": priority is 1.5
  why: Karmada stores it as a 32-bit whole number
  fix: use a whole number between -2147483648 and 2147483647`,
      },
      {
        props: { placement, metadata: { name: 'Web' } },
        code: 'object.name',
        message: `PropagationPolicy "shop/web": the name "Web" must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part
  why: Kubernetes refuses a PropagationPolicy of that name
  fix: choose another name`,
      },
      {
        props: { placement, metadata: { namespace: 'a.b' } },
        code: 'object.namespace',
        message: `PropagationPolicy "shop/web": the namespace "a.b" must be lower case letters, digits and "-", with a letter or digit at both ends
  why: Kubernetes has no namespace of that name
  fix: choose another namespace`,
      },
      {
        props: { placement, resources: [{ apiVersion: 'v1', kind: 'Service', nam: 'web' }] },
        code: 'property.unknown',
        message: 'resource selector has no property "nam"\n  fix: write "name" in place of "nam"',
      },
    ])('its props are $props', ({ props, code, message }) => {
      expect(refusal(() => new PropagationPolicy(chartIn(), 'web', untyped(props)))).toStrictEqual({ code, message });
    });
  });
});

describe('ClusterPropagationPolicy', () => {
  test('has every field of its spec, and no namespace though its chart has one', () => {
    const chart = chartIn();
    const override = new ClusterOverridePolicy(chart, 'first', { overrideRules: [Override.image({ tag: 'edge' })] });
    const policy = new ClusterPropagationPolicy(chart, 'everywhere', {
      placement,
      resources: [role, { ...service, namespace: 'shop' }],
      dependentOverrides: [override, 'second'],
      ...everyOption,
    });
    expect(ofKind(synth(chart), 'ClusterPropagationPolicy')).toStrictEqual([
      {
        apiVersion: 'policy.karmada.io/v1alpha1',
        kind: 'ClusterPropagationPolicy',
        metadata: { name: 'everywhere' },
        spec: {
          resourceSelectors: [role, { ...service, namespace: 'shop' }],
          placement: placementSpec,
          dependentOverrides: ['first', 'second'],
          ...everySpecField,
        },
      },
    ]);
    expect(policy).toMatchObject({ name: 'everywhere', placement });
  });

  test('names the namespace of an object, and none for one that has none', () => {
    const chart = chartIn();
    const policy = new ClusterPropagationPolicy(chart, 'everywhere', { placement });
    const object = (kind: string, apiVersion: string) =>
      new ApiObject(chart, kind, { apiVersion, kind, metadata: { name: 'one' } });
    policy.propagate(object('ConfigMap', 'v1'), object('ClusterRole', 'rbac.authorization.k8s.io/v1'));
    expect(ofKind(synth(chart), 'ClusterPropagationPolicy')[0]?.spec).toMatchObject({
      resourceSelectors: [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'one', namespace: 'shop' },
        { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'one' },
      ],
    });
  });

  test('fails when it is put into a namespace', () => {
    const make = () => new ClusterPropagationPolicy(chartIn(), 'web', { placement, metadata: { namespace: 'shop' } });
    expect(refusal(make)).toStrictEqual({
      code: 'object.clusterScoped',
      message: `ClusterPropagationPolicy "shop/web": metadata.namespace is "shop", but a ClusterPropagationPolicy is cluster-scoped
  why: a cluster-scoped object has no namespace
  fix: leave metadata.namespace out`,
    });
  });

  test('fails when it selects a cluster-scoped object in a namespace', () => {
    const chart = chartIn();
    new ClusterPropagationPolicy(chart, 'web', { placement, resources: [{ ...role, namespace: 'shop' }] });
    expect(() => synth(chart)).toThrow(
      new Error(`Validation failed with the following errors:
  [shop/web] the selector of ClusterRole "reader" has namespace "shop", but the kind is cluster-scoped
    why: objects of the kind have no namespace, so it would never match
    fix: leave the namespace out of the selector`),
    );
  });
});
