import { coreCauses } from '../../admission/core/core-object';
import { coreKind } from '../../admission/schema/core-kinds';
import { compileLabelSelector } from '../../kubernetes/label-selector';
import { type KubernetesObject, kindKey, type LabelSelectorSpec } from '../../kubernetes/object';
import { fieldAt, isEqualData, listOf, recordOf, stringMapOf } from '../../kubernetes/plain-data';
import { podLabelsOf, podTemplateOf } from '../../kubernetes/pod-template';
import { quoted } from '../../problem/words';

/** What a member refuses of an object that overrides made. */
export interface ResultFault {
  /** Field of the object, such as `spec.template.metadata.labels`. */
  readonly field: string;
  /** What the override does, to be followed by where. */
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  /** Whether only members that have the object already refuse it. */
  readonly onlyUpdates?: true;
}

/**
 * What the API server of a member refuses of an object, and would take without the overrides: a selector that no longer
 * matches the pods, a selector that may not change, and values of a wrong type.
 *
 * @param before - the object as the overrides find it
 * @param after - as the member receives it
 */
export function resultFaults(before: KubernetesObject, after: KubernetesObject): readonly ResultFault[] {
  if (before === after || changesImagesOnly(before, after)) return [];
  const told = [...selectorFaults(before, after), ...typeFaults(before, after)];
  return [...told, ...nativeFaults(before, after, told)];
}

/** Whether only images of containers differ, and are texts that every API server takes. An override shares the rest. */
function changesImagesOnly(before: KubernetesObject, after: KubernetesObject): boolean {
  const template = podTemplateOf(after);
  if (!template) return false;
  let [one, other]: unknown[] = [before, after];
  for (const step of [...template.specPath.split('.'), 'containers']) {
    if (!sharesAllBut(step, one, other)) return false;
    [one, other] = [fieldAt(one, step), fieldAt(other, step)];
  }
  const [unchanged, changed] = [listOf(one), listOf(other)];
  return (
    unchanged.length === changed.length &&
    changed.every((container, index) => {
      if (container === unchanged[index]) return true;
      const image = fieldAt(container, 'image');
      return typeof image === 'string' && /^\S+$/.test(image) && sharesAllBut('image', unchanged[index], container);
    })
  );
}

/** Whether two objects have the same values in all fields but one, which both have. */
function sharesAllBut(field: string, one: unknown, other: unknown): boolean {
  const [left, right] = [recordOf(one), recordOf(other)];
  if (!left || !right || !Object.hasOwn(left, field) || !Object.hasOwn(right, field)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => name === field || (Object.hasOwn(right, name) && left[name] === right[name]))
  );
}

/** What the API server refuses of one of Kubernetes' own kinds, in addition to the faults that have a message of their own. */
function* nativeFaults(
  before: KubernetesObject,
  after: KubernetesObject,
  told: readonly ResultFault[],
): Iterable<ResultFault> {
  const definition = coreKind(after.apiVersion, after.kind);
  if (!definition) return;
  const causes = coreCauses(after, definition);
  if (causes.length === 0) return;
  const known = new Set(coreCauses(before, definition).map(({ path, message }) => `${path} ${message}`));
  const aboutSelector = told.some(({ field }) => selectorFields.includes(field));
  for (const { path, message, fix } of causes) {
    const isTold = told.some(({ field }) => field === path) || (aboutSelector && selectorFields.includes(path));
    if (isTold || known.has(`${path} ${message}`)) continue;
    yield {
      field: path,
      message: `makes ${path || 'the object'} invalid: ${message}`,
      why: 'the API server of the member refuses the object',
      fix,
    };
  }
}

const selectorFields: readonly string[] = ['spec.selector', 'spec.template.metadata.labels'];

/** Workloads whose selector has to match the labels of their pods, and cannot change. */
const selecting: ReadonlySet<string> = new Set(
  ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].map((kind) => `apps/v1 ${kind}`),
);

function* selectorFaults(before: KubernetesObject, after: KubernetesObject): Iterable<ResultFault> {
  if (!selecting.has(kindKey(after))) return;
  const selectors = [before, after].map((object) => fieldAt(object.spec, 'selector'));
  // An override that changes neither leaves both as they are.
  if (selectors[0] === selectors[1] && podLabelsOf(before) === podLabelsOf(after)) return;
  if (!matchesOwnPods(before)) return;
  const isChanged = !isEqualData(selectors[0], selectors[1]);
  if (!matchesOwnPods(after)) {
    yield {
      field: isChanged ? 'spec.selector' : 'spec.template.metadata.labels',
      message: `leaves pods with the labels ${quoted(podLabelsOf(after) ?? {})}, which spec.selector ${quoted(selectors[1])} does not match`,
      why: 'the API server of the member refuses a workload whose selector does not match its own pods',
      fix: isChanged
        ? 'leave spec.selector as it is'
        : 'keep the labels of spec.selector: change other labels one by one, at /spec/template/metadata/labels/KEY',
    };
  } else if (isChanged) {
    yield {
      field: 'spec.selector',
      message: `changes spec.selector to ${quoted(selectors[1])}, which is immutable`,
      why: 'the API server of a member that has the workload already refuses every later change',
      fix: 'leave spec.selector as it is, and give the workload another name where it has to differ',
      onlyUpdates: true,
    };
  }
}

/** True where the object cannot be read. */
function matchesOwnPods(object: KubernetesObject): boolean {
  const selector = recordOf(fieldAt(object.spec, 'selector'));
  const labels = podLabelsOf(object);
  return !selector || !labels || compileLabelSelector(selector as LabelSelectorSpec)(labels);
}

type FieldType = 'integer' | 'boolean' | 'text' | 'map of texts' | 'list of texts';

function* typeFaults(before: KubernetesObject, after: KubernetesObject): Iterable<ResultFault> {
  const fields = mistypedFields(after);
  if (fields.length === 0) return;
  const known = new Map(mistypedFields(before).map(({ field, value }) => [field, value]));
  for (const { field, type, value } of fields) {
    if (isEqualData(known.get(field), value)) continue;
    yield {
      field,
      message: `sets ${field} to ${quoted(value)}, which must be ${type === 'integer' ? 'an' : 'a'} ${type}`,
      why: 'the API server of the member refuses the object',
      fix: fixOf(type, value),
    };
  }
}

function fixOf(type: FieldType, value: unknown): string {
  if (type === 'integer' && typeof value === 'string' && /^-?\d+$/.test(value))
    return `write it without quotes: ${value}`;
  if (type === 'boolean' && (value === 'true' || value === 'false')) return `write it without quotes: ${value}`;
  if (type === 'text' && typeof value !== 'object') return `write it in quotes: "${String(value)}"`;
  if (type === 'map of texts' && recordOf(value)) return 'write the values in quotes';
  return `write a ${type === 'integer' ? 'number' : type}`;
}

function isOf(type: FieldType, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string';
    case 'map of texts':
      return (
        stringMapOf(value) !== undefined && Object.values(value as object).every((each) => typeof each === 'string')
      );
    default:
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
  }
}

/** A field that holds a value of another type than it has to. */
interface MistypedField {
  readonly field: string;
  readonly type: FieldType;
  readonly value: unknown;
}

/** Fields of `spec` of Deployments and the like. */
const appsFields: Readonly<Record<string, FieldType>> = {
  replicas: 'integer',
  minReadySeconds: 'integer',
  revisionHistoryLimit: 'integer',
  progressDeadlineSeconds: 'integer',
  paused: 'boolean',
  serviceName: 'text',
  podManagementPolicy: 'text',
};

/** Fields of `spec` of Jobs and CronJobs. */
const batchFields: Readonly<Record<string, FieldType>> = {
  parallelism: 'integer',
  completions: 'integer',
  backoffLimit: 'integer',
  activeDeadlineSeconds: 'integer',
  ttlSecondsAfterFinished: 'integer',
  suspend: 'boolean',
  schedule: 'text',
  timeZone: 'text',
  concurrencyPolicy: 'text',
  startingDeadlineSeconds: 'integer',
  successfulJobsHistoryLimit: 'integer',
  failedJobsHistoryLimit: 'integer',
};

const podFields: Readonly<Record<string, FieldType>> = {
  nodeSelector: 'map of texts',
  serviceAccountName: 'text',
  priorityClassName: 'text',
  schedulerName: 'text',
  nodeName: 'text',
  hostname: 'text',
  subdomain: 'text',
  dnsPolicy: 'text',
  restartPolicy: 'text',
  hostNetwork: 'boolean',
  hostPID: 'boolean',
  automountServiceAccountToken: 'boolean',
  terminationGracePeriodSeconds: 'integer',
  activeDeadlineSeconds: 'integer',
};

const containerFields: Readonly<Record<string, FieldType>> = {
  name: 'text',
  image: 'text',
  imagePullPolicy: 'text',
  workingDir: 'text',
  command: 'list of texts',
  args: 'list of texts',
  tty: 'boolean',
  stdin: 'boolean',
};

const metadataFields: Readonly<Record<string, FieldType>> = { labels: 'map of texts', annotations: 'map of texts' };

/** Kinds whose fields are known. */
const native: ReadonlySet<string> = new Set([...selecting, 'batch/v1 Job', 'batch/v1 CronJob', 'v1 Pod']);

function mistypedFields(object: KubernetesObject): readonly MistypedField[] {
  if (!native.has(kindKey(object))) return [];
  const template = podTemplateOf(object);
  const at = (path: string, content: unknown, types: Readonly<Record<string, FieldType>>): readonly MistypedField[] => {
    const fields: MistypedField[] = [];
    for (const name in types) {
      const [type, value] = [types[name]!, fieldAt(content, name)];
      if (value === undefined || value === null || isOf(type, value)) continue;
      fields.push({ field: `${path}.${name}`, type, value });
    }
    return fields;
  };
  return [
    ...at('metadata', object.metadata, metadataFields),
    ...(object.kind === 'Pod'
      ? []
      : at('spec', object.spec, object.apiVersion === 'apps/v1' ? appsFields : batchFields)),
    ...(template && template.path !== '' ? at(`${template.path}.metadata`, template.metadata, metadataFields) : []),
    ...(template ? at(template.specPath, template.spec, podFields) : []),
    ...(template
      ? ['initContainers', 'containers'].flatMap((list) =>
          listOf(template.spec[list]).flatMap((container, index) => [
            ...at(`${template.specPath}.${list}[${index}]`, container, containerFields),
            ...listOf(fieldAt(container, 'env')).flatMap((variable, position) =>
              at(`${template.specPath}.${list}[${index}].env[${position}]`, variable, { name: 'text', value: 'text' }),
            ),
            ...listOf(fieldAt(container, 'ports')).flatMap((port, position) =>
              at(`${template.specPath}.${list}[${index}].ports[${position}]`, port, { containerPort: 'integer' }),
            ),
          ]),
        )
      : []),
  ];
}
