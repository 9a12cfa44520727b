import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { type KubernetesObject, objectKey, referenceKey, referenceTo } from '../../kubernetes/object';
import { fieldAt, listOf } from '../../kubernetes/plain-data';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import type { ReplicaRange } from '../outcome';
import type { TemplatePlan } from '../plan';
import type { FinalReplicas } from './final-replicas';

/** The replicas between which autoscalers of the control plane keep a template. */
export interface ScaledRange extends ReplicaRange {
  readonly because: readonly string[];
}

/** Karmada's autoscaling API. */
export const autoscalingApi = 'autoscaling.karmada.io/v1alpha1';

/** Autoscalers that act in the control plane. */
export const federatedScalers = [
  { apiVersion: autoscalingApi, kind: 'FederatedHPA' },
  { apiVersion: autoscalingApi, kind: 'CronFederatedHPA' },
] as const;

/** Autoscalers that act in the cluster that they are sent to, with the fields of their bounds. */
export const memberScalers = [
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    least: 'minReplicas',
    most: 'maxReplicas',
    floor: 1,
  },
  { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', least: 'minReplicaCount', most: 'maxReplicaCount', floor: 0 },
] as const;

/** KEDA's default of `maxReplicaCount`. */
const defaultMost = 100;

/** The autoscalers of a control plane, by what they scale. */
export class Autoscalers {
  readonly #federated: Targets;
  readonly #timed: Targets;
  readonly #inMembers: readonly { readonly scaler: (typeof memberScalers)[number]; readonly targets: Targets }[];

  /** @param planned - the template plan of an object, which says where an autoscaler goes */
  constructor(
    state: ControlPlaneState,
    readonly planned: (object: KubernetesObject) => TemplatePlan | undefined,
  ) {
    this.#federated = byTarget(state, autoscalingApi, 'FederatedHPA');
    this.#timed = byTarget(state, autoscalingApi, 'CronFederatedHPA');
    this.#inMembers = memberScalers
      .map((scaler) => ({ scaler, targets: byTarget(state, scaler.apiVersion, scaler.kind) }))
      .filter(({ targets }) => targets.size > 0);
  }

  /**
   * The replicas between which a template is scaled in the control plane; undefined if nothing scales it.
   *
   * @param replicas - those written in the template; a FederatedHPA does not scale a workload with 0
   * @see Karmada v1.18.2 pkg/controllers/federatedhpa/federatedhpa_controller.go, reconcileAutoscaler, and
   *   pkg/controllers/cronfederatedhpa/cronfederatedhpa_job.go
   */
  rangeOf(template: KubernetesObject, replicas: number): ScaledRange | undefined {
    if (this.#federated.size === 0 && this.#timed.size === 0) return undefined;
    const key = referenceKey(referenceTo(template));
    const ranges: ScaledRange[] = [];
    for (const { object } of replicas > 0 ? (this.#federated.get(key) ?? []) : []) ranges.push(this.#rangeOf(object));
    const numbers = (this.#timed.get(key) ?? []).map(
      ({ object }) => [object, numbersOf(object, 'targetReplicas')] as const,
    );
    // Between two times the number is that of the last rule, at first that of the template.
    for (const [object, set] of numbers) {
      if (set.length === 0) continue;
      const all = ranges.length > 0 ? set : [replicas, ...set];
      const because = `${objectKey(object)} sets the replicas to ${set.join(', ')} at its times`;
      ranges.push({ min: Math.min(...all), max: Math.max(...all), because: [because] });
    }
    if (ranges.length === 0) return undefined;
    return {
      min: Math.min(...ranges.map(({ min }) => min)),
      max: Math.max(...ranges.map(({ max }) => max)),
      because: ranges.flatMap(({ because }) => because),
    };
  }

  /** The range of a FederatedHPA, widened by the rules of CronFederatedHPAs that change it. */
  #rangeOf(scaler: KubernetesObject): ScaledRange {
    const least = numberAt(scaler, 'minReplicas') ?? 1;
    const most = Math.max(least, numberAt(scaler, 'maxReplicas') ?? least);
    const timed = (this.#timed.get(referenceKey(referenceTo(scaler))) ?? []).map(({ object }) => ({
      object,
      numbers: [...numbersOf(object, 'targetMinReplicas'), ...numbersOf(object, 'targetMaxReplicas')],
    }));
    const min = Math.min(least, ...timed.flatMap(({ object }) => numbersOf(object, 'targetMinReplicas')));
    const max = Math.max(most, ...timed.flatMap(({ numbers }) => numbers));
    const by = timed.filter(({ numbers }) => numbers.length > 0).map(({ object }) => objectKey(object));
    const changed = by.length > 0 ? `, its bounds changed by ${by.join(' and ')}` : '';
    return { min, max, because: [`${objectKey(scaler)} scales it from ${min} to ${max} in total${changed}`] };
  }

  /**
   * The numbers with the autoscalers that act in the members themselves. They do not scale a workload that has 0
   * replicas there.
   *
   * @param retains - whether the copy in a cluster keeps the replicas that it has there
   */
  inMembers(
    template: KubernetesObject,
    numbers: ReadonlyMap<string, FinalReplicas>,
    retains: (cluster: string) => boolean,
  ): ReadonlyMap<string, FinalReplicas> {
    const key = this.#inMembers.length > 0 ? referenceKey(referenceTo(template)) : '';
    const acting = this.#inMembers.flatMap(({ scaler, targets }) =>
      (targets.get(key) ?? []).flatMap(({ object }) => {
        const plan = this.planned(object);
        return plan ? [{ ...scaler, plan }] : [];
      }),
    );
    if (acting.length === 0) return numbers;
    return new Map(
      Array.from(numbers, ([cluster, number]) => [
        cluster,
        acting.reduce((scaled, scaler) => scaledIn(cluster, scaled, scaler, retains), number),
      ]),
    );
  }
}

type MemberScaler = (typeof memberScalers)[number] & { readonly plan: TemplatePlan };

function scaledIn(
  cluster: string,
  number: FinalReplicas,
  { plan, least, most, floor }: MemberScaler,
  retains: (cluster: string) => boolean,
): FinalReplicas {
  const copies = plan.objectsIn(cluster).flatMap((copy) => (copy.kind === 'received' && !copy.suspended ? [copy] : []));
  if (copies.length === 0 || number.held !== undefined || number.max === 0) return number;
  const bounds = copies.map(({ object }) => {
    const min = numberAt(object, least) ?? floor;
    return { min, max: Math.max(min, numberAt(object, most) ?? defaultMost) };
  });
  const range = { min: Math.min(...bounds.map(({ min }) => min)), max: Math.max(...bounds.map(({ max }) => max)) };
  const sure = copies.every(({ guaranteed }) => guaranteed);
  const kept = retains(cluster);
  // Without the label Karmada writes its own number again and again, so both numbers occur.
  const alone = sure && kept;
  const because = `${plan.key} scales it from ${range.min} to ${range.max} in the cluster`;
  const reset = kept ? '' : `, and Karmada resets it to its own number`;
  return {
    ...number,
    min: number.min === 0 ? 0 : alone ? range.min : Math.min(number.min, range.min),
    max: alone ? range.max : Math.max(number.max, range.max),
    because: [...number.because, `${because}${reset}`],
  };
}

type Targets = ReadonlyMap<string, readonly Manifest[]>;

/** Autoscalers of a kind by what they scale. */
export function byTarget(controlPlane: ControlPlaneState, apiVersion: string, kind: string): Targets {
  const scalers = new Map<string, Manifest[]>();
  for (const manifest of controlPlane.ofKind(apiVersion, kind)) {
    appendTo(scalers, referenceKey(scaleTargetOf(manifest.object)), manifest);
  }
  return scalers;
}

/** What the rules of a CronFederatedHPA that are not suspended set. */
function numbersOf(scaler: KubernetesObject, field: string): readonly number[] {
  return listOf(fieldAt(scaler.spec, 'rules'))
    .filter((rule) => fieldAt(rule, 'suspend') !== true)
    .map((rule) => fieldAt(rule, field))
    .filter((value) => isReplicas(value));
}

function numberAt({ spec }: KubernetesObject, field: string): number | undefined {
  const value = fieldAt(spec, field);
  return isReplicas(value) ? value : undefined;
}

function isReplicas(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}
