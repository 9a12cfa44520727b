import type { Cluster } from '../karmada/cluster';
import type { KarmadaVersion } from '../karmada/release';
import { type KubernetesObject, objectKey } from '../kubernetes/object';
import type { FailedObject, Plan } from '../planner';
import { planOf } from '../planner';
import { EnvironmentError } from '../problem/environment-error';
import { type ControlPlane, compareFleet, type FleetComparison, readControlPlane } from './control-plane';
import { type Inventory, readInventories } from './inventory';
import type { Kubectl } from './kubectl';
import { type PrunePlan, prunePlan } from './prune';
import { identityOf, type RefusedObject, type Release, refusedObjects } from './release';
import { type Mask, maskOf } from './secret-values';
import { applyObjects, diffText, judgeable, type ObjectProblem } from './server-side-apply';

/** What an apply is asked to do. */
export interface ApplyRequest {
  readonly release: Release;
  readonly karmada: KarmadaVersion;
  /** Names of the members that the fleet has. @default - those that have joined */
  readonly fleet?: readonly string[];
  /** Whether somebody gave the application its name, rather than where its manifests are. */
  readonly isNamed: boolean;
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
  /** Objects that the server can judge only when their Namespace or definition exists. */
  readonly later: readonly KubernetesObject[];
  /** Where everything goes in the end. */
  readonly plan: Plan;
  /** The same while what is to be pruned is still there. */
  readonly planBeforePrune: Plan;
  readonly bindings: readonly KubernetesObject[];
  readonly prune: PrunePlan;
  readonly inventory: Inventory;
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
  const { objects } = release;
  const controlPlane = await readControlPlane(kubectl);
  const members = compareFleet(controlPlane.clusters, request.fleet);
  requireMembers(controlPlane.clusters, members);

  const mask = maskOf(objects);
  const refused = refusedObjects(release, karmada);
  const [live, inventories] = await Promise.all([kubectl.live(objects), readInventories(kubectl, inventoryNamespace)]);
  const inventory = inventories.get(release.application) ?? new Map();
  const others = [...inventories].filter(([name]) => name !== release.application).map(([, each]) => each);
  requireSameApplication(request, inventory);
  const prune = await prunePlan(kubectl, inventory, objects, others);
  const plan = planFor(release, controlPlane, karmada, { live, without: prune.objects });
  const planBeforePrune =
    prune.objects.length > 0 ? planFor(release, controlPlane, karmada, { live, without: [] }) : plan;
  const failures = failuresOf(plan);

  const { now, later } = judgeable(objects, live);
  const isSound = refused.length === 0 && failures.length === 0;
  const { problems } = isSound
    ? await applyObjects(kubectl, now, { dryRun: true, forceConflicts }, mask)
    : { problems: [] };
  const diff = isSound && problems.length === 0 ? await diffText(kubectl, now, mask) : '';
  const { bindings } = controlPlane;
  return {
    mask,
    objects,
    members,
    refused,
    failures,
    problems,
    live,
    later,
    plan,
    planBeforePrune,
    bindings,
    prune,
    inventory,
    diff,
  };
}

/** A name that nobody chose may be that of another application, of which everything would be deleted. */
function requireSameApplication({ release, isNamed }: ApplyRequest, inventory: Inventory): void {
  const { application, objects } = release;
  if (isNamed || inventory.size === 0 || objects.some((object) => inventory.has(identityOf(object)))) return;
  throw new EnvironmentError(
    `nothing that the application ${application} has in the control plane is among these manifests`,
    `pass --application ${application} if they are meant to replace it, or another name if they are another application`,
  );
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

/**
 * The plan for a release in a control plane: its policies are not the only ones there.
 *
 * @param changes - `live`: the objects before they are applied; `without`: what will be gone
 */
export function planFor(
  { objects }: Release,
  { clusters, policies, bindings }: ControlPlane,
  karmada: KarmadaVersion,
  changes: { readonly live?: readonly KubernetesObject[]; readonly without: readonly KubernetesObject[] },
): Plan {
  const replaced = new Set([...objects, ...changes.without].map(identityOf));
  const foreign = policies.filter((policy) => !replaced.has(identityOf(policy)));
  return planOf([...foreign, ...objects], {
    fleet: clusters,
    karmada,
    bindings,
    ...(changes.live && { deployed: changes.live }),
  });
}

function failuresOf(plan: Plan): FailedObject[] {
  const failures = plan.clusters.flatMap(({ name }) => plan.objectsIn(name));
  return failures.filter((copy) => copy.kind === 'failed').filter(({ guaranteed }) => guaranteed);
}

/** Keys of objects. */
export function keysOf(objects: readonly KubernetesObject[]): string[] {
  return objects.map((object) => objectKey(object));
}
