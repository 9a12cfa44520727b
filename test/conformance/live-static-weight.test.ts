import type { PlacementSpec } from '../../src/karmada/policy-spec';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { planOf } from '../../src/planner';
import type { RecordedTarget } from './schedule-support';
import { describeTopic, differenceOf, type RecordedCase } from './support';

interface RecordedDeployment extends RecordedCase {
  readonly name: string;
  readonly templateUID: string;
  readonly placement: PlacementSpec;
  readonly replicaRequirements: boolean;
  readonly steps: readonly {
    readonly replicas: number;
    readonly bindingClusters: readonly RecordedTarget[];
    readonly members: Readonly<Record<string, number>>;
  }[];
}

const fleet = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'].map((name) => ({ name }));

describeTopic<RecordedDeployment>('live_static_weight', (recorded) => {
  let bindings: readonly KubernetesObject[] = [];
  for (const { replicas, bindingClusters, members } of recorded.steps) {
    const plan = planOf([deployment(recorded, replicas), policy(recorded)], { fleet, bindings });
    const outcome = plan.template(`Deployment/default/${recorded.name}`)?.outcome;
    if (outcome?.kind !== 'certain') return `expected a certain outcome with the UID known, got ${outcome?.kind}`;
    const placed = Array.from(outcome.replicas, ([name, count]) => ({ name, replicas: count }));
    const difference =
      differenceOf(
        bindingClusters.map((target) => ({ name: target.name, replicas: target.replicas ?? 0 })),
        placed,
      ) ?? differenceOf(members, copiesIn(recorded.name, plan));
    if (difference) return `with ${replicas} replicas: ${difference}`;
    bindings = [binding(recorded, bindingClusters)];
    const afterwards = withoutUid(recorded, replicas);
    if (afterwards) return afterwards;
  }
  return undefined;
});

/** Without the UID the recorded result has to be one of those foretold. */
function withoutUid(recorded: RecordedDeployment, replicas: number): string | undefined {
  const { metadata, ...rest } = deployment(recorded, replicas);
  const { uid: _, ...anonymous } = metadata ?? {};
  const plan = planOf([{ ...rest, metadata: anonymous }, policy(recorded)], { fleet });
  const outcome = plan.template(`Deployment/default/${recorded.name}`)?.outcome;
  const results =
    outcome?.kind === 'certain'
      ? [outcome.replicas]
      : outcome?.kind === 'either'
        ? [outcome.ascending, outcome.descending]
        : [];
  const step = recorded.steps.find((each) => each.replicas === replicas);
  const observed = Object.fromEntries(
    (step?.bindingClusters ?? []).map(({ name, replicas: count = 0 }) => [name, count]),
  );
  const foretold = results.some((result) => differenceOf(observed, Object.fromEntries(result)) === undefined);
  return foretold ? undefined : `${JSON.stringify(observed)} was not foretold without the UID for ${replicas} replicas`;
}

function copiesIn(name: string, plan: ReturnType<typeof planOf>): Record<string, number> {
  const copies: Record<string, number> = {};
  for (const cluster of fleet) {
    for (const member of plan.objectsIn(cluster.name)) {
      if (member.kind !== 'received' || member.object.metadata?.name !== name) continue;
      copies[cluster.name] = (member.object.spec as { replicas: number }).replicas;
    }
  }
  return copies;
}

function deployment(
  { name, templateUID, replicaRequirements }: RecordedDeployment,
  replicas: number,
): KubernetesObject {
  const resources = replicaRequirements ? { resources: { requests: { cpu: '10m' } } } : {};
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default', uid: templateUID },
    spec: { replicas, template: { spec: { containers: [{ name, image: 'nginx', ...resources }] } } },
  };
}

function policy({ name, placement }: RecordedDeployment): KubernetesObject {
  return {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name, namespace: 'default' },
    spec: { resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }], placement },
  };
}

function binding(recorded: RecordedDeployment, clusters: readonly RecordedTarget[]): KubernetesObject {
  const { name, templateUID, placement } = recorded;
  return {
    apiVersion: 'work.karmada.io/v1alpha2',
    kind: 'ResourceBinding',
    metadata: { name: `${name}-deployment`, namespace: 'default' },
    spec: { resource: { apiVersion: 'apps/v1', kind: 'Deployment', name, uid: templateUID }, clusters, placement },
  };
}
