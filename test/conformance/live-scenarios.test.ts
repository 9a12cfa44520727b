import type { KubernetesObject } from '../../src/kubernetes/object';
import { type PlanOptions, planOf } from '../../src/planner';
import { bindingDifference } from './live-bindings';
import { membersAfter, membersDifference } from './live-members';
import { bindingsIn, type LiveState, LiveWorld, type RecordedObject } from './live-world';
import { describeTopic, type RecordedCase } from './support';

interface RecordedStep {
  readonly apply?: readonly RecordedObject[];
  readonly delete?: readonly RecordedObject[];
  readonly applyInMember?: string;
  readonly deleteInMember?: string;
  readonly objects?: readonly RecordedObject[];
  readonly state: LiveState | 'unchanged';
}

interface RecordedScenario extends RecordedCase {
  readonly title: string;
  readonly steps: readonly RecordedStep[];
}

const fleet = ['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'].map((name) => ({ name }));
const nothingYet: LiveState = { resourceBindings: [], members: {} };

describeTopic<RecordedScenario>('live_scenarios', ({ id, title, steps }) => {
  const world = new LiveWorld(id);
  let before = nothingYet;
  for (const [index, step] of steps.entries()) {
    const after = step.state === 'unchanged' ? before : step.state;
    const deployed = world.objects;
    world.change(step.apply ?? [], step.delete ?? []);
    if (isCompared(step)) {
      const difference = differenceAfter(world, deployed, before, after);
      if (difference) return `${title}, step ${index + 1}: ${difference}`;
    }
    before = after;
  }
  return undefined;
});

/** Steps that delete a policy or touch a member are input to the next step only. */
function isCompared({ delete: deleted = [], applyInMember, deleteInMember }: RecordedStep): boolean {
  return (
    applyInMember === undefined && deleteInMember === undefined && !deleted.some(({ kind }) => kind.endsWith('Policy'))
  );
}

function differenceAfter(
  world: LiveWorld,
  deployed: readonly KubernetesObject[],
  before: LiveState,
  after: LiveState,
): string | undefined {
  const bindings = bindingsIn(before, world.namespace);
  const foretold = planOf(world.objectsWithUids(after), { fleet, bindings, deployed });
  return (
    bindingDifference(foretold, after) ??
    membersDifference(membersAfter(foretold, before.members, after.members), after.members) ??
    withoutUids(world.objects, { fleet, bindings, deployed }, after)
  );
}

/** Without the UIDs of this step the recorded bindings have to be among the results that are foretold. */
function withoutUids(objects: readonly KubernetesObject[], options: PlanOptions, after: LiveState): string | undefined {
  const plan = planOf(objects, options);
  const difference = bindingDifference(plan, after);
  return difference && `without UIDs: ${difference}`;
}
