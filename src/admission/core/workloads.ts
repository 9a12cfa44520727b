import { compileLabelSelector } from '../../kubernetes/label-selector';
import type { KubernetesObject, LabelSelectorSpec } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import { checkClaimSpec } from './claims';
import type { Faults } from './faults';
import { checkLabelSelector, isEmptySelector } from './label-selector';
import { checkPodTemplate, checkTemplateMetadata } from './pod';
import type { ClaimSpec, PodTemplateSpec } from './pod-types';
import { checkAtMostAll } from './resources';

type Count = number | string;

interface Rolling {
  readonly maxSurge?: Count;
  readonly maxUnavailable?: Count;
  readonly partition?: number;
}

interface WorkloadSpec {
  readonly selector?: LabelSelectorSpec;
  readonly template?: PodTemplateSpec;
  readonly minReadySeconds?: number;
  readonly progressDeadlineSeconds?: number;
  readonly strategy?: { readonly type?: string; readonly rollingUpdate?: Rolling };
  readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: Rolling };
  readonly volumeClaimTemplates?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly spec?: ClaimSpec;
  }[];
}

/**
 * The selector of a workload, the labels of its pods, and the pods.
 *
 * @see Kubernetes pkg/apis/apps/validation/validation.go
 */
function checkPods({ selector, template = {} }: WorkloadSpec, faults: Faults, validatesPods = true): void {
  const labels = template.metadata?.labels ?? {};
  if (!selector) {
    faults.missing('spec.selector', 'a workload needs a selector of its pods', 'add selector: { matchLabels: … }');
  } else {
    checkLabelSelector(selector, 'spec.selector', faults);
    if (isEmptySelector(selector)) {
      faults.invalid('spec.selector', 'must not be empty', 'add matchLabels with the labels of the pods');
    } else if (!compileLabelSelector(selector)(labels)) {
      faults.invalid(
        'spec.template.metadata.labels',
        `the labels ${quoted(labels)} do not match spec.selector ${quoted(selector)}`,
        'give the pods the labels of spec.selector',
      );
    }
  }
  if (validatesPods) checkPodTemplate(template, 'spec.template', faults);
  else checkTemplateMetadata(template.metadata, 'spec.template', faults);
  const { restartPolicy, activeDeadlineSeconds } = template.spec ?? {};
  if (restartPolicy) faults.oneOf('spec.template.spec.restartPolicy', restartPolicy, ['Always']);
  if (activeDeadlineSeconds !== undefined) {
    faults.excluded('spec.template.spec.activeDeadlineSeconds', 'is not allowed in a workload whose pods always run');
  }
}

export function checkDeployment({ spec }: KubernetesObject, faults: Faults): void {
  const deployment = (spec ?? {}) as WorkloadSpec;
  checkPods(deployment, faults);
  const { strategy = {}, minReadySeconds = 0, progressDeadlineSeconds = 600 } = deployment;
  if (progressDeadlineSeconds <= minReadySeconds) {
    faults.invalid(
      deployment.progressDeadlineSeconds === undefined ? 'spec.minReadySeconds' : 'spec.progressDeadlineSeconds',
      `progressDeadlineSeconds ${progressDeadlineSeconds} must be greater than minReadySeconds ${minReadySeconds}`,
      'raise progressDeadlineSeconds, or lower minReadySeconds',
      'spec.progressDeadlineSeconds',
    );
  }
  const { type, rollingUpdate } = strategy;
  const at = 'spec.strategy.rollingUpdate';
  if (type === 'Recreate') {
    if (rollingUpdate)
      faults.excluded(at, 'is not allowed with type Recreate', 'remove rollingUpdate, or write type: RollingUpdate');
    return;
  }
  const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate ?? {};
  checkAtMostAll(maxUnavailable, `${at}.maxUnavailable`, faults);
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    faults.invalid(`${at}.maxUnavailable`, 'must not be 0 while maxSurge is 0', 'raise one of them');
  }
}

export function checkReplicaSet({ spec }: KubernetesObject, faults: Faults): void {
  checkPods((spec ?? {}) as WorkloadSpec, faults);
}

export function checkDaemonSet({ spec }: KubernetesObject, faults: Faults): void {
  const daemonSet = (spec ?? {}) as WorkloadSpec;
  checkPods(daemonSet, faults);
  const { type, rollingUpdate } = daemonSet.updateStrategy ?? {};
  if (type === 'OnDelete' || !rollingUpdate) return;
  const at = 'spec.updateStrategy.rollingUpdate';
  const { maxSurge = 0, maxUnavailable = 1 } = rollingUpdate;
  checkAtMostAll(maxUnavailable, `${at}.maxUnavailable`, faults);
  checkAtMostAll(maxSurge, `${at}.maxSurge`, faults);
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    faults.missing(`${at}.maxUnavailable`, 'must not be 0 while maxSurge is 0', 'raise one of them');
  } else if (!isZero(maxSurge) && !isZero(maxUnavailable)) {
    faults.invalid(
      `${at}.maxSurge`,
      'must be 0 unless maxUnavailable is 0',
      'write maxUnavailable: 0, or remove maxSurge',
    );
  }
}

/** The API server does not validate the pods of a StatefulSet, since its volumes may come from claim templates. */
export function checkStatefulSet({ spec }: KubernetesObject, faults: Faults): void {
  const statefulSet = (spec ?? {}) as WorkloadSpec;
  checkPods(statefulSet, faults, false);
  const { type, rollingUpdate } = statefulSet.updateStrategy ?? {};
  const at = 'spec.updateStrategy.rollingUpdate';
  if (type === 'OnDelete') {
    if (rollingUpdate) faults.excluded(at, 'is not allowed with type OnDelete');
  } else if (rollingUpdate?.maxUnavailable !== undefined) {
    checkAtMostAll(rollingUpdate.maxUnavailable, `${at}.maxUnavailable`, faults);
    if (isZero(rollingUpdate.maxUnavailable))
      faults.invalid(`${at}.maxUnavailable`, 'must not be 0', 'write 1 or more');
  }
  statefulSet.volumeClaimTemplates?.forEach((template, index) => {
    checkClaimSpec(template.spec ?? {}, `spec.volumeClaimTemplates[${index}].spec`, faults);
  });
}

interface ReplicationControllerSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly template?: PodTemplateSpec;
}

/** Its selector is a map of labels, and defaults to the labels of the template. */
export function checkReplicationController({ spec }: KubernetesObject, faults: Faults): void {
  const { selector, template } = (spec ?? {}) as ReplicationControllerSpec;
  if (!template) {
    faults.missing('spec.template', 'a ReplicationController needs a template');
    return;
  }
  const labels = template.metadata?.labels ?? {};
  const wanted = Object.keys(selector ?? {}).length > 0 ? selector! : labels;
  if (Object.keys(wanted).length === 0) faults.missing('spec.selector');
  else if (!compileLabelSelector({ matchLabels: wanted })(labels)) {
    faults.invalid(
      'spec.template.metadata.labels',
      'do not match spec.selector',
      'give the pods the labels of spec.selector',
    );
  }
  checkPodTemplate(template, 'spec.template', faults);
  const { restartPolicy } = template.spec ?? {};
  if (restartPolicy) faults.oneOf('spec.template.spec.restartPolicy', restartPolicy, ['Always']);
}

/** A PodTemplate, as opposed to the template of a workload. */
export function checkPodTemplateObject(object: KubernetesObject, faults: Faults): void {
  checkPodTemplate((object['template'] ?? {}) as PodTemplateSpec, 'template', faults);
}

export function checkControllerRevision(object: KubernetesObject, faults: Faults): void {
  if (object['data'] === undefined) faults.missing('data', 'a revision needs data');
}

function isZero(value: Count): boolean {
  return value === 0 || /^0+%$/.test(String(value));
}
