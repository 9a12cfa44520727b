import { type ApiObject, type ApiObjectMetadata, type Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { plainCopy } from '../kubernetes/plain-copy';
import { wholeSeconds } from '../model/duration-seconds';
import type { Problem } from '../problem/problem';
import { listOf, type ShapeOf } from '../problem/value-kinds';
import { authoredObject } from './authored-object';
import { constructName } from './construct-error';
import { checkReference, referenceTo } from './object-reference';
import { checkProps, duration, metadata, placeOf, propsOf, resource } from './props';
import type { NamedResource } from './selectable';

/** Props of {@link WorkloadRebalancer}. */
export interface WorkloadRebalancerProps {
  /** Name, labels, annotations. @default - the construct id as name */
  readonly metadata?: ApiObjectMetadata;
  /** The templates to schedule again. @default - none yet; add them with `rebalance()` before synthesis */
  readonly workloads?: readonly NamedResource[];
  /** How long the object stays after it has finished. @default - until it is deleted */
  readonly ttlAfterFinished?: Duration;
}

/**
 * Makes Karmada schedule workloads from scratch once, for example after clusters have recovered or grown.
 *
 * It acts when it is created. To rebalance again, create one with another name.
 *
 * @example
 * ```ts
 * new WorkloadRebalancer(chart, 'after-upgrade-1', { workloads: [deployment], ttlAfterFinished: Duration.minutes(10) })
 * ```
 * @see Karmada v1.18.2 pkg/apis/apps/v1alpha1/workloadrebalancer_types.go
 */
export class WorkloadRebalancer extends Construct {
  readonly apiVersion = 'apps.karmada.io/v1alpha1';
  readonly kind = 'WorkloadRebalancer';
  readonly #workloads: NamedResource[] = [];
  readonly #object: ApiObject;

  /** @throws ModelError `property.unknown`, `reference.object`, `duration.…`, `object.name` */
  constructor(scope: Construct, id: string, props: WorkloadRebalancerProps) {
    super(...placeOf(scope, id, new.target));
    checkProps(this, props, propsKind);
    const { workloads = [], ttlAfterFinished } = props;
    this.rebalance(...workloads);
    const ttl = ttlAfterFinished && wholeSeconds(ttlAfterFinished, `ttlAfterFinished of ${constructName(this)}`);
    // Lazy, so that workloads may be added until synthesis.
    const produce = () => ({
      workloads: this.#workloads.map(referenceTo),
      ...(ttl !== undefined && { ttlSecondsAfterFinished: ttl }),
    });
    this.#object = authoredObject(this, {
      apiVersion: this.apiVersion,
      kind: this.kind,
      scope: 'Cluster',
      metadata: props.metadata,
      fields: { spec: Lazy.any({ produce }) },
      problems: () => (this.#workloads.length === 0 ? [noWorkloads] : []),
    });
  }

  /** Name of the object in the cluster. */
  get name(): string {
    return this.#object.name;
  }

  /**
   * Schedules more workloads again; may be called until synthesis.
   *
   * @throws ModelError `reference.object`, `property.unknown`
   */
  rebalance(...workloads: readonly NamedResource[]): void {
    for (const workload of workloads) checkReference(this, 'a workload', workload);
    for (const workload of workloads) this.#workloads.push(plainCopy(workload));
  }
}

const propsKind = propsOf({
  workloads: listOf(resource),
  ttlAfterFinished: duration,
  metadata,
} satisfies ShapeOf<WorkloadRebalancerProps>);

const noWorkloads: Problem = {
  code: 'rebalancer.workloads',
  message: 'it names no workload',
  why: 'Karmada refuses a WorkloadRebalancer without workloads',
  fix: 'pass `workloads`, or call `rebalance()` before synthesis',
};
