import type { Cluster } from '../karmada/cluster';
import type { KarmadaVersion } from '../karmada/release';
import { type KubernetesObject, objectKey } from '../kubernetes/object';
import type { FailedObject, Plan } from '../planner';
import { EnvironmentError } from '../problem/environment-error';
import { compareFleet, type FleetComparison, planFor, readControlPlane } from './control-plane';
import { type Inventory, otherOwners, readInventories } from './inventory';
import type { Kubectl } from './kubectl';
import { objectDiff } from './object-diff';
import { type PrunePlan, prunePlan } from './prune';
import { byIdentity, identityOf, type RefusedObject, type Release, refusedObjects } from './release';
import { type Mask, maskOf } from './secret-values';
import { applyObjects, judgeable, type ObjectProblem } from './server-side-apply';
import type { WaitOptions } from './wait';

export interface ApplyRequest {
  readonly release: Release;
  readonly dryRun: boolean;
  /** @default - does not wait */
  readonly wait?: WaitOptions;
  readonly karmada: KarmadaVersion;
  /** Names of the members in the fleet. @default - the joined members */
  readonly fleet?: readonly string[];
  readonly inventoryNamespace: string;
  readonly forceConflicts: boolean;
}

/** The effects of an apply, determined without writing anything. */
export interface ApplyPreview {
  readonly mask: Mask;
  readonly objects: readonly KubernetesObject[];
  readonly members: FleetComparison;
  /** Objects that our own check rejects. If there are any, the server does not check the others. */
  readonly refused: readonly RefusedObject[];
  /** Copies that Karmada could not create, because a patch of an override does not apply. */
  readonly failures: readonly FailedObject[];
  readonly problems: readonly ObjectProblem[];
  /** The objects as stored before the apply. */
  readonly live: readonly KubernetesObject[];
  /** Objects that others created and this application applies for the first time; they are never pruned. */
  readonly adopted: readonly { readonly object: string; readonly why: string }[];
  /** Objects that the server can check only when their Namespace or definition exists. */
  readonly later: readonly KubernetesObject[];
  /** The placement after pruning. */
  readonly plan: Plan;
  readonly bindings: readonly KubernetesObject[];
  readonly prune: PrunePlan;
  /** The objects of the application after the apply and before pruning. */
  readonly inventory: readonly KubernetesObject[];
  /** What changes in the objects that the server can check now, in the format of `diff -u`. */
  readonly diff: string;
}

/** Previews an apply. @throws EnvironmentError when the server is not a Karmada API server, or lacks members of the fleet */
export async function previewApply(kubectl: Kubectl, request: ApplyRequest): Promise<ApplyPreview> {
  const { release, karmada, inventoryNamespace, forceConflicts } = request;
  const { objects, application } = release;
  const controlPlane = await readControlPlane(kubectl);
  const members = compareFleet(controlPlane.clusters, request.fleet);
  requireMembers(controlPlane.clusters, members);

  const mask = maskOf(objects);
  const refused = refusedObjects(release, karmada);
  const [live, inventories] = await Promise.all([kubectl.live(objects), readInventories(kubectl, inventoryNamespace)]);
  const known: Inventory = (application !== undefined && inventories.get(application)) || new Map();
  const others = new Map([...inventories].filter(([name]) => name !== application));
  const prune = await prunePlan(kubectl, known, objects, [...others.values()]);
  const plan = planFor(objects, controlPlane, karmada, { live, gone: prune.objects });
  const failures = failuresOf(plan);

  const { now, later } = judgeable(objects, live);
  const isSound = refused.length === 0 && failures.length === 0;
  const options = { dryRun: true, forceConflicts };
  const checked = isSound ? await applyObjects(kubectl, now, options, mask) : { stored: [], problems: [] };
  return {
    mask,
    objects,
    members,
    refused,
    failures,
    problems: checked.problems,
    live,
    adopted: adoptedOf(live, known, others),
    later,
    plan,
    bindings: controlPlane.bindings,
    prune,
    inventory: [...new Map([...known, ...byIdentity(objects)]).values()],
    diff: mask(objectDiff(now, live, checked.stored)),
  };
}

/** Objects that the application did not create, by the inventories, then by the managers of their fields. */
function adoptedOf(live: readonly KubernetesObject[], known: Inventory, others: ReadonlyMap<string, Inventory>) {
  return live.flatMap((object) => {
    const identity = identityOf(object);
    const [application] = [...others].find(([, inventory]) => inventory.has(identity)) ?? [];
    const owners = application === undefined ? otherOwners(object).join(', ') : `the application ${application}`;
    if (known.has(identity) || owners === '') return [];
    return [{ object: objectKey(object), why: `${owners} created it` }];
  });
}

function requireMembers(clusters: readonly Cluster[], { missing }: FleetComparison): void {
  if (clusters.length === 0) {
    throw new EnvironmentError('the control plane has no member cluster', 'join one with `karmadactl join`');
  }
  if (missing.length === 0) return;
  const names = clusters.map(({ name }) => name).join(', ');
  throw new EnvironmentError(
    `the control plane lacks members of the fleet: ${missing.join(', ')}; it has ${names}`,
    'join them with `karmadactl join`, or remove them from the fleet',
  );
}

function failuresOf(plan: Plan): FailedObject[] {
  const copies = plan.clusters.flatMap(({ name }) => plan.objectsIn(name));
  return copies.filter((copy) => copy.kind === 'failed').filter(({ guaranteed }) => guaranteed);
}
