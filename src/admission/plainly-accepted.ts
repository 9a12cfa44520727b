import type { KubernetesObject } from '../kubernetes/object';
import { listOf, recordOf } from '../kubernetes/plain-data';

/**
 * Whether a control plane certainly accepts a policy of the usual shape. Planning and linting ask this of every policy, and
 * `admit` takes a hundred times as long.
 *
 * One-sided: true means accepted, false means that `admit` decides.
 *
 * @param sound - placements that were accepted before, to which this one is added
 */
export function isPlainlyAccepted(policy: KubernetesObject, sound: WeakSet<object>): boolean {
  const { apiVersion, kind, metadata } = policy;
  if (apiVersion !== 'policy.karmada.io/v1alpha1') return false;
  const spec = recordOf(policy.spec);
  if (!spec || !has(policy, objectFields) || !hasAll(metadata, metadataFields, ['name'])) return false;
  const selectors = spec['resourceSelectors'];
  switch (kind) {
    case 'PropagationPolicy':
    case 'ClusterPropagationPolicy': {
      const { placement } = spec;
      const namespace = kind === 'PropagationPolicy' ? metadata?.namespace : undefined;
      if (placement !== undefined && !isSound(placement, sound)) return false;
      return isSelecting(selectors, namespace) && has(spec, propagationFields);
    }
    case 'OverridePolicy':
    case 'ClusterOverridePolicy': {
      const namespace = kind === 'OverridePolicy' ? metadata?.namespace : undefined;
      return (selectors === undefined || isSelecting(selectors, namespace)) && has(spec, overrideFields);
    }
    default:
      return false;
  }
}

type Check = (value: unknown) => boolean;

/** Whether a value is a record whose fields all have a check and pass it. */
function has(value: unknown, checks: Readonly<Record<string, Check>>): boolean {
  const record = recordOf(value);
  if (!record) return false;
  for (const field in record) {
    const check = Object.hasOwn(checks, field) ? checks[field] : undefined;
    if (!check?.(record[field])) return false;
  }
  return true;
}

const isText: Check = (value) => typeof value === 'string';
const isTruth: Check = (value) => typeof value === 'boolean';
const isName: Check = (value) => typeof value === 'string' && /^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/.test(value);
const isMark: Check = (value) =>
  typeof value === 'string' && /^[A-Za-z0-9]([-A-Za-z0-9]{0,48}[A-Za-z0-9])?$/.test(value);
const isWeight: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 1;
const isPriority: Check = (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);
const isMap: Check = (value) => {
  const record = recordOf(value);
  return record !== undefined && Object.entries(record).every(([key, each]) => isMark(key) && isMark(each));
};

function isListOf(value: unknown, check: Check): boolean {
  return Array.isArray(value) && value.every(check);
}

const metadataFields = { name: isName, namespace: isName, labels: isMap };
const labelSelectorFields = { matchLabels: isMap };
const affinityFields = {
  clusterNames: (value: unknown) => isListOf(value, isText),
  exclude: (value: unknown) => isListOf(value, isText),
  labelSelector: (value: unknown) => has(value, labelSelectorFields),
};
const isAffinity: Check = (value) => has(value, affinityFields);

/** Fields that are checked elsewhere. */
const checked: Check = () => true;
const objectFields = { apiVersion: checked, kind: checked, metadata: checked, spec: checked };
const selectorFields = {
  apiVersion: isText,
  kind: isText,
  name: isText,
  namespace: isName,
  labelSelector: (value: unknown) => has(value, labelSelectorFields),
};
const propagationFields = {
  resourceSelectors: checked,
  placement: checked,
  propagateDeps: isTruth,
  conflictResolution: oneOf('Abort', 'Overwrite'),
  priority: isPriority,
};

/** Whether selectors are of the usual shape, in the namespace of the policy. */
function isSelecting(selectors: unknown, namespace: unknown): boolean {
  return (
    listOf(selectors).length > 0 &&
    isListOf(selectors, (selector) => {
      if (!hasAll(selector, selectorFields, ['apiVersion', 'kind'])) return false;
      const written = recordOf(selector)?.['namespace'];
      return written === undefined || written === namespace;
    })
  );
}

function isSound(placement: unknown, sound: WeakSet<object>): boolean {
  const record = recordOf(placement);
  if (!record) return false;
  if (sound.has(record)) return true;
  if (!has(record, placementFields)) return false;
  sound.add(record);
  return true;
}

const weightFields = { targetCluster: isAffinity, weight: isWeight };
const isWeighing: Check = (value) => {
  const record = recordOf(value);
  return has(record, weightFields) && record?.['weight'] !== undefined && record['targetCluster'] !== undefined;
};
const preferenceFields = {
  staticWeightList: (value: unknown) => isListOf(value, isWeighing),
  dynamicWeight: oneOf('AvailableReplicas'),
};
const schedulingFields = {
  replicaSchedulingType: oneOf('Divided', 'Duplicated'),
  replicaDivisionPreference: oneOf('Weighted', 'Aggregated'),
  weightPreference: (value: unknown) => has(value, preferenceFields),
};
const placementFields = {
  clusterAffinity: isAffinity,
  replicaScheduling: (value: unknown) => has(value, schedulingFields),
};

const imageFields = {
  component: oneOf('Registry', 'Repository', 'Tag'),
  operator: oneOf('add', 'remove', 'replace'),
  value: isText,
};
const plaintextFields = {
  path: isText,
  operator: oneOf('add', 'remove', 'replace'),
  value: (value: unknown) => value !== undefined,
};
const overriderFields = {
  imageOverrider: (value: unknown) => isListOf(value, (item) => hasAll(item, imageFields, ['component', 'operator'])),
  plaintext: (value: unknown) => isListOf(value, (item) => hasAll(item, plaintextFields, ['path', 'operator'])),
};
const ruleFields = { targetCluster: isAffinity, overriders: (value: unknown) => has(value, overriderFields) };
const overrideFields = {
  resourceSelectors: checked,
  overrideRules: (value: unknown) => isListOf(value, (item) => hasAll(item, ruleFields, ['overriders'])),
};

function hasAll(value: unknown, checks: Readonly<Record<string, Check>>, required: readonly string[]): boolean {
  return has(value, checks) && required.every((field) => recordOf(value)?.[field] !== undefined);
}
