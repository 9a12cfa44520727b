import { parseImage, withTagOrDigest } from '../../kubernetes/image-reference';
import { escapedToken } from '../../kubernetes/json-pointer';
import type { KubernetesObject } from '../../kubernetes/object';
import { anyText, fieldAt, isEqualData, listOf, recordOf, stringMapOf, textOf } from '../../kubernetes/plain-data';
import { knownPodSpecs, type PodTemplate, podLabelsOf, podTemplateOf } from '../../kubernetes/pod-template';
import { joinWords, nearMiss } from '../../problem/words';
import type { Report } from '../engine/rule';
import { type OverriderItem, templatesOf } from './override-traces';

/** A problem of an applied overrider. */
export type Said = Pick<Report, 'message' | 'fix' | 'severity' | 'why'>;

/** Kinds whose containers Karmada knows. @see Karmada v1.18.2 pkg/util/overridemanager/imageoverride.go */
const nothingThere: OverriderItem['uses'] = [];

/** Uses of an item on kinds whose containers Karmada does not know, where nothing else does the work. */
function unknownPodSpecs({ step, uses }: OverriderItem): OverriderItem['uses'] {
  // A policy that names no objects meets everything, so it says nothing about what it is meant for.
  if (listOf(step.policy.spec.resourceSelectors).length === 0) return nothingThere;
  return uses.filter(({ step: { before } }) => !knownPodSpecs.has(before.kind) && before.kind !== 'Service');
}

/** An imageOverrider that leaves images as they are. */
export function idleImage(entry: OverriderItem): Said | undefined {
  const { item, uses } = entry;
  const component = textOf(fieldAt(item, 'component'));
  const operator = textOf(fieldAt(item, 'operator'));
  const value = textOf(fieldAt(item, 'value'));
  if (component === 'Tag' && operator === 'replace' && !isTagOrDigest(value)) {
    return {
      severity: 'error',
      message: `replaces the tag of ${joinWords(templatesOf(uses), 'and')} by ${JSON.stringify(value)}, which is neither a tag nor a digest, so the image stays as it is`,
      fix: 'write a tag such as "1.2.3" (letters, digits, "_", "." and "-"), or a digest such as "sha256:…"',
    };
  }
  if (
    component === 'Tag' &&
    operator === 'add' &&
    reachesImages(entry) &&
    uses.every(({ step }) => isEqualData(step.before, step.after))
  ) {
    return {
      severity: 'error',
      message: `adds ${JSON.stringify(value)} to the tag of ${joinWords(templatesOf(uses), 'and')}, which makes no tag, so the image stays as it is`,
      fix: 'add letters, digits, "_", "." or "-", and write a tag in the image of the template',
    };
  }
  const broken = brokenImage(entry);
  if (broken) return broken;
  if (recordOf(fieldAt(item, 'predicate'))) return undefined;
  const blind = unknownPodSpecs(entry).filter(({ trace, step }) => !imagesChanged(step.before, finalObject(trace)));
  const [first] = blind;
  if (!first) return forgottenInitContainer(entry);
  const { before } = first.step;
  const template = podTemplateOf(before);
  const path = template ? `${pointer(template)}/containers/0/image` : '/spec/…/image';
  return {
    message: `has no predicate, so it changes no image of ${joinWords(templatesOf(blind), 'and')}: Karmada does not know the containers of a ${before.kind}`,
    fix: `say where the image is: predicate: { path: ${path} }`,
  };
}

/** Whether the item meets an image at all. */
function reachesImages({ item, uses }: OverriderItem): boolean {
  return (
    recordOf(fieldAt(item, 'predicate')) !== undefined || uses.some(({ step }) => knownPodSpecs.has(step.before.kind))
  );
}

function isTagOrDigest(value: string): boolean {
  const image = { registry: '', repository: 'image', tag: '', digest: '' };
  return withTagOrDigest(image, value) !== image;
}

function brokenImage({ uses }: OverriderItem): Said | undefined {
  for (const { trace, step } of uses) {
    const before = imagesOf(step.before);
    const broken = imagesOf(step.after).find((image, index) => image !== before[index] && !isImage(image));
    if (broken === undefined) continue;
    return {
      severity: 'error',
      message: `makes the image of ${trace.template.key} "${broken}", which is none`,
      why: 'the member cluster gets the object, and cannot pull the image',
      fix: 'write a registry as host and port, such as registry.example.com:5000, without scheme and without slash at its end',
    };
  }
  return undefined;
}

function isImage(image: string): boolean {
  try {
    parseImage(image);
    return true;
  } catch {
    // Any refusal means the same here: nothing can be pulled by that name.
    return false;
  }
}

/** A mirror for the containers, and an init container that still pulls from where they did. */
function forgottenInitContainer({ item, uses }: OverriderItem): Said | undefined {
  if (fieldAt(item, 'component') === 'Tag' || fieldAt(item, 'operator') !== 'replace') return undefined;
  for (const { trace, step } of uses) {
    if (!knownPodSpecs.has(step.before.kind)) continue;
    const moved = new Set(
      imagesOf(step.before)
        .filter((image, index) => image !== imagesOf(step.after)[index])
        .map(sourceOf(item)),
    );
    const last = podTemplateOf(finalObject(trace));
    const template = podTemplateOf(step.before);
    if (!last || !template) continue;
    for (const [index, container] of listOf(template.spec['initContainers']).entries()) {
      const image = textOf(fieldAt(container, 'image'));
      const stays = image === textOf(fieldAt(listOf(last.spec['initContainers'])[index], 'image'));
      if (!stays || !moved.has(sourceOf(item)(image))) continue;
      return {
        message: `changes the containers of ${trace.template.key}, and not its init container "${textOf(fieldAt(container, 'name'))}" with the image ${image}`,
        fix: `add an imageOverrider with predicate: { path: ${pointer(template)}/initContainers/${index}/image }`,
      };
    }
  }
  return undefined;
}

/** What an image has in common with others of the same source: the registry, or the whole name. */
function sourceOf(item: unknown): (image: string) => string {
  return (image) => {
    if (!isImage(image)) return image;
    const { registry, repository } = parseImage(image);
    return fieldAt(item, 'component') === 'Registry' ? registry : `${registry}/${repository}`;
  };
}

/** A commandOverrider or argsOverrider without a container to change. */
export function idleCommand(entry: OverriderItem): Said | undefined {
  const { item, uses } = entry;
  const name = textOf(fieldAt(item, 'containerName'));
  const blind = unknownPodSpecs(entry);
  if (blind.length > 0) {
    return {
      message: `does nothing to ${joinWords(templatesOf(blind), 'and')}: Karmada does not know the containers of a ${blind[0]?.step.before.kind}`,
      fix: 'use a plaintext overrider with the path of the list',
    };
  }
  const templates = uses.flatMap(({ step }) =>
    knownPodSpecs.has(step.before.kind) ? (podTemplateOf(step.before) ?? []) : [],
  );
  const names = [...new Set(templates.flatMap((template) => namesIn(template, 'containers')))];
  if (templates.length === 0 || names.includes(name)) return undefined;
  const isInit = templates.some((template) => namesIn(template, 'initContainers').includes(name));
  const meant = nearMiss(name, names);
  return {
    severity: 'error',
    message: isInit
      ? `names "${name}", an init container of ${joinWords(templatesOf(uses), 'and')}, and only containers are changed`
      : `names the container "${name}", which ${joinWords(templatesOf(uses), 'and')} ${uses.length === 1 ? 'does' : 'do'} not have`,
    fix: isInit
      ? 'use a plaintext overrider with the path of the list'
      : meant === undefined
        ? `use one of ${joinWords(names)}`
        : `write "${meant}"`,
  };
}

/** A labelsOverrider or annotationsOverrider that finds nothing to replace or remove, or is meant for pods. */
export function idleMetadata({ step, item, uses }: OverriderItem): Said | undefined {
  const field = step.step === 'labelsOverrider' ? 'labels' : 'annotations';
  const keys = Object.keys(recordOf(fieldAt(item, 'value')) ?? {});
  const onPods = uses.flatMap(({ step: { before } }) => {
    const own = stringMapOf(fieldAt(podTemplateOf(before)?.metadata, field)) ?? {};
    return before.kind === 'Pod' ? [] : keys.filter((key) => Object.hasOwn(own, key));
  });
  if (onPods.length > 0) {
    return {
      message: `changes ${field} of ${joinWords(templatesOf(uses), 'and')}, not of ${uses.length === 1 ? 'its' : 'their'} pods, which have ${joinWords([...new Set(onPods)], 'and')} too`,
      why: `a ${step.step} changes the metadata of the object alone, never that of its pod template`,
      fix: `to change the pods, use a plaintext overrider with path /spec/template/metadata/${field}/${escapedToken(onPods[0] ?? '')}`,
    };
  }
  const operator = textOf(fieldAt(item, 'operator'));
  if (operator !== 'replace' && operator !== 'remove') return undefined;
  const missing = keys.filter((key) => uses.every(({ step: { before } }) => !hasKey(before, field, key)));
  if (missing.length === 0 || listOf(step.policy.spec.resourceSelectors).length === 0) return undefined;
  return {
    message: `wants to ${operator} ${field} ${joinWords(missing, 'and')}, which ${joinWords(templatesOf(uses), 'and')} ${uses.length === 1 ? 'does' : 'do'} not have`,
    fix: operator === 'replace' ? 'use operator add, which sets what is not there as well' : 'remove this overrider',
  };
}

function hasKey(object: KubernetesObject, field: 'labels' | 'annotations', key: string): boolean {
  return Object.hasOwn(object.metadata?.[field] ?? {}, key);
}

/** Labels that Services and the like find pods by, put on the workload alone. */
export function missesPods(
  { step, item, uses }: OverriderItem,
  selected: (namespace: string, label: string) => boolean,
): Said | undefined {
  if (step.step !== 'labelsOverrider' || fieldAt(item, 'operator') === 'remove') return undefined;
  const labels = Object.entries(recordOf(fieldAt(item, 'value')) ?? {}).map(
    ([key, value]) => `${key}=${anyText(value)}`,
  );
  const workloads = uses.filter(({ step: { before } }) => before.kind !== 'Pod' && podLabelsOf(before) !== undefined);
  if (workloads.length === 0) return undefined;
  const wanted = labels.find((label) =>
    workloads.some(({ step: { before } }) => selected(textOf(before.metadata?.namespace), label)),
  );
  return {
    ...(wanted === undefined && { severity: 'info' }),
    message: `labels ${joinWords(templatesOf(workloads), 'and')} with ${joinWords(labels, 'and')}, and not ${workloads.length === 1 ? 'its' : 'their'} pods${wanted === undefined ? '' : `, which are looked for by ${wanted}`}`,
    why: 'a labelsOverrider changes the metadata of the object alone, never that of its pod template',
    fix: 'to label the pods too, use a plaintext overrider below /spec/template/metadata/labels',
  };
}

/** The object that a cluster gets, or the last one before a failure. */
export function finalObject({ result, steps, template }: OverriderItem['uses'][number]['trace']): KubernetesObject {
  return result.kind === 'overridden' ? result.object : (steps.at(-1)?.after ?? template.manifest.object);
}

function imagesChanged(before: KubernetesObject, after: KubernetesObject): boolean {
  const images = imagesOf(after);
  return JSON.stringify(imagesOf(before)) !== JSON.stringify(images) || (images.length === 0 && before !== after);
}

/** Images of the containers; none for kinds without pod template. */
function imagesOf(object: KubernetesObject): readonly string[] {
  const template = podTemplateOf(object);
  if (!template) return [];
  return listOf(template.spec['containers']).map((container) => textOf(fieldAt(container, 'image')));
}

function namesIn({ spec }: PodTemplate, field: 'containers' | 'initContainers'): readonly string[] {
  return listOf(spec[field]).map((container) => textOf(fieldAt(container, 'name')));
}

/** JSON pointer to the pod spec. */
function pointer({ specPath }: PodTemplate): string {
  return `/${specPath.replaceAll('.', '/')}`;
}
