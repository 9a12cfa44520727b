import type { Cluster } from '../karmada/cluster';
import type { KarmadaVersion } from '../karmada/release';
import { type KubernetesObject, objectKey } from '../kubernetes/object';
import type { FailedObject, Plan } from '../planner';
import { EnvironmentError } from '../problem/environment-error';
import { compareFleet, type FleetComparison, planFor, readControlPlane } from './control-plane';
import { type Inventory, otherOwners, readInventories } from './inventory';
import type { Kubectl } from './kubectl';
import { type PrunePlan, prunePlan } from './prune';
import { byIdentity, identityOf, type RefusedObject, type Release, refusedObjects } from './release';
import { type Mask, maskOf } from './secret-values';
import { applyObjects, diffText, judgeable, type ObjectProblem } from './server-side-apply';

/** What an apply is asked to do. */
export interface ApplyRequest {
  readonly release: Release;
  readonly karmada: KarmadaVersion;
  /** Names of the members that the fleet has. @default - those that have joined */
  readonly fleet?: readonly string[];
  readonly inventoryNamespace: string;
  readonly forceConflicts: boolean;
}

/** What an apply would do, found out without writing anything. */
export interface ApplyPreview {
  readonly mask: Mask;
  readonly objects: readonly KubernetesObject[];
  readonly members: FleetComparison;
  /** Objects that our own check refuses; with any of them the server was not asked. */
  readonly refused: readonly RefusedObject[];
  /** Copies that Karmada could not make, since a patch of an override does not fit. */
  readonly failures: readonly FailedObject[];
  /** Objects that the server refuses. */
  readonly problems: readonly ObjectProblem[];
  /** Objects as they are now. */
  readonly live: readonly KubernetesObject[];
  /** Objects that others made, and are applied for the first time: they stay when this application lets go of them. */
  readonly adopted: readonly { readonly object: string; readonly why: string }[];
  /** Objects that the server can judge only when their Namespace or definition exists. */
  readonly later: readonly KubernetesObject[];
  /** Where everything goes once what is to be pruned is gone. */
  readonly plan: Plan;
  readonly bindings: readonly KubernetesObject[];
  readonly prune: PrunePlan;
  /** What the application has once the release is applied, before anything is pruned. */
  readonly inventory: readonly KubernetesObject[];
  /** What `kubectl diff` prints. */
  readonly diff: string;
}

/**
 * Finds out what an apply would do.
 *
 * @throws EnvironmentError when the server is no Karmada, and when members of the fleet are missing
 */
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
  const problems = isSound ? (await applyObjects(kubectl, now, options, mask)).problems : [];
  return {
    mask,
    objects,
    members,
    refused,
    failures,
    problems,
    live,
    adopted: adoptedOf(live, known, others),
    later,
    plan,
    bindings: controlPlane.bindings,
    prune,
    inventory: [...new Map([...known, ...byIdentity(objects)]).values()],
    diff: isSound && problems.length === 0 ? await diffText(kubectl, now, mask) : '',
  };
}

/** Objects that the application did not make: by inventories, and where those say nothing by the owners of fields. */
function adoptedOf(live: readonly KubernetesObject[], known: Inventory, others: ReadonlyMap<string, Inventory>) {
  return live.flatMap((object) => {
    const identity = identityOf(object);
    const [application] = [...others].find(([, inventory]) => inventory.has(identity)) ?? [];
    const owners = application === undefined ? otherOwners(object).join(', ') : `the application ${application}`;
    if (known.has(identity) || owners === '') return [];
    return [{ object: objectKey(object), why: `${owners} made it` }];
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
    'join them with `karmadactl join`, or take them out of the fleet',
  );
}

function failuresOf(plan: Plan): FailedObject[] {
  const copies = plan.clusters.flatMap(({ name }) => plan.objectsIn(name));
  return copies.filter((copy) => copy.kind === 'failed').filter(({ guaranteed }) => guaranteed);
}
