import { type ContainerImage, containerImagesOf } from '../../kubernetes/container-images';
import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { knownPodSpecs } from '../../kubernetes/pod-template';
import type { TemplatePlan } from '../../planner';
import { joinWords } from '../../problem/words';
import { finalObject } from '../analysis/idle-overriders';
import type { OverriderItem, OverrideTraces } from '../analysis/override-traces';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/overridemanager/imageoverride.go */
export const noUntargetedImageOverride = definePlanRule({
  id: 'no-untargeted-image-override',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P58'],
  rank: 340,
  summary: 'An override of a tag says which images it is for, where an app has several.',
  rationale:
    'an imageOverrider without predicate changes every container of Pods, Deployments, ReplicaSets, DaemonSets, StatefulSets and Jobs, and no init container, CronJob or custom kind',
  check(context) {
    const groups = tagOverrides(context.overrideTraces);
    if (groups.length === 0) return;
    const byPolicy = new Map<Manifest | undefined, TemplatePlan[]>();
    for (const template of context.plan.templates) appendTo(byPolicy, template.policy, template);
    for (const group of groups) {
      const [first] = group.changed.keys();
      reportSeveralRepositories(group, context);
      reportUnreached(group, byPolicy.get(first?.policy) ?? [], context);
    }
  },
});

/** One change of tags, wherever the same policies of an app make it. */
interface TagOverride {
  /** The first overrider that makes it. */
  readonly entry: OverriderItem;
  readonly value: string;
  readonly changed: Map<TemplatePlan, TemplateImages>;
}

interface TemplateImages {
  readonly containers: readonly ContainerImage[];
  /** Init containers whose image stays as it is. */
  readonly initContainers: readonly ContainerImage[];
}

/** The objects of one propagation policy are an app; a FederatedApp has an override policy for each of them. */
function tagOverrides(traces: OverrideTraces): readonly TagOverride[] {
  const groups = new Map<string, TagOverride>();
  for (const entry of traces.items) {
    const { item, step } = entry;
    if (step.step !== 'imageOverrider' || recordOf(fieldAt(item, 'predicate'))) continue;
    if (fieldAt(item, 'component') !== 'Tag' || fieldAt(item, 'operator') === 'remove') continue;
    const target = fieldAt(listOf(step.policy.spec.overrideRules)[step.rule], 'targetCluster');
    for (const { trace, step: use } of entry.uses) {
      const { template } = trace;
      if (!template.policy || !knownPodSpecs.has(use.before.kind)) continue;
      const key = JSON.stringify([objectKey(template.policy.object), item, target ?? null]);
      const group = groups.get(key) ?? { entry, value: textOf(fieldAt(item, 'value')), changed: new Map() };
      groups.set(key, group);
      const images = containerImagesOf(use.before);
      const initContainers = images.filter(({ list }) => list === 'initContainers');
      group.changed.set(template, {
        containers: images.filter(({ list }) => list === 'containers'),
        initContainers: initContainers.length === 0 ? [] : unchanged(initContainers, finalObject(trace)),
      });
    }
  }
  return [...groups.values()];
}

function unchanged(images: readonly ContainerImage[], final: KubernetesObject): readonly ContainerImage[] {
  const last = new Map(containerImagesOf(final).map(({ pointer, image }) => [pointer, image]));
  return images.filter(({ image, pointer }) => last.get(pointer) === image);
}

function reportSeveralRepositories({ entry, value, changed }: TagOverride, { report }: PlanContext): void {
  const bySource = new Map<string, { readonly template: TemplatePlan; readonly image: ContainerImage }>();
  for (const [template, { containers }] of changed) {
    for (const image of containers) {
      if (image.source !== '' && !bySource.has(image.source)) bySource.set(image.source, { template, image });
    }
  }
  if (bySource.size < 2) return;
  const images = [...bySource.values()];
  const [first] = images;
  report({
    at: entry.step.policy.manifest,
    path: entry.path,
    message: `gives the tag ${JSON.stringify(value)} to images of ${bySource.size} repositories: ${joinWords(
      images.map(({ template, image }) => `${image.source} (container "${image.container}" of ${template.key})`),
      'and',
    )}`,
    fix: `select the container with predicate: { path: ${first?.image.pointer} }, or in code with ${inCode(value, [first?.image])}`,
  });
}

/** @param app - the templates of the policy that claims the changed ones */
function reportUnreached(
  { entry, value, changed }: TagOverride,
  app: readonly TemplatePlan[],
  context: PlanContext,
): void {
  const sources = new Set([...changed.values()].flatMap(({ containers }) => containers.map(({ source }) => source)));
  const missed: { readonly template: TemplatePlan; readonly images: readonly ContainerImage[] }[] = [];
  for (const [template, { initContainers }] of changed) {
    const images = initContainers.filter((image) => isRelated(image, sources));
    if (images.length > 0) missed.push({ template, images });
  }
  const selected = new Set(entry.uses.map(({ trace }) => trace.template));
  for (const template of app) {
    const { object } = template.manifest;
    if (knownPodSpecs.has(object.kind) || selected.has(template)) continue;
    const images = containerImagesOf(object);
    if (images.length > 0 && !isEdited(template, context)) missed.push({ template, images });
  }
  const isForApp = meansApp(entry, changed, app);
  for (const { template, images } of missed) {
    const related = images.filter((image) => isRelated(image, sources));
    const meant = related.length > 0 ? related : images;
    const [path] = meant.map(({ pointer }) => pointer);
    context.report({
      at: entry.step.policy.manifest,
      path: entry.path,
      ...(related.length === 0 && !isForApp && { severity: 'info' }),
      message: `gives the tag ${JSON.stringify(value)} to ${joinWords([...sources], 'and')}, and does not reach ${joinWords(
        meant.map(
          ({ container, list, image }) =>
            `${list === 'initContainers' ? 'init container' : 'container'} "${container}" (${image})`,
        ),
        'and',
      )} of ${template.key}`,
      fix: `override ${template.key} with predicate: { path: ${path} }, or in code with ${inCode(value, meant)}`,
    });
  }
}

/**
 * Whether the override is for a whole FederatedApp: the app made the policy, and every workload whose containers Karmada knows has
 * the change. In a manifest, a policy that selects one object may be meant for it alone.
 */
function meansApp({ step }: OverriderItem, changed: TagOverride['changed'], app: readonly TemplatePlan[]): boolean {
  const { origin } = step.policy.manifest;
  if (origin.type !== 'construct' || !/\/Override-[^/]+\/Resource$/.test(origin.construct)) return false;
  return app.every((template) => !knownPodSpecs.has(template.manifest.object.kind) || changed.has(template));
}

/** Whether another override changes the images of a template. */
function isEdited(template: TemplatePlan, { overrideTraces }: PlanContext): boolean {
  const before = JSON.stringify(containerImagesOf(template.manifest.object));
  return overrideTraces.traces.some(
    (trace) => trace.template === template && JSON.stringify(containerImagesOf(finalObject(trace))) !== before,
  );
}

/** Owners of images that have nothing in common. */
const publicOwners: ReadonlySet<string> = new Set(['library', 'docker.io', 'docker.io/library', 'registry.k8s.io']);

/** The same repository, or one of the same owner: `ghcr.io/team/web` and `ghcr.io/team/migrate`. */
function isRelated({ source }: ContainerImage, sources: ReadonlySet<string>): boolean {
  const owner = ownerOf(source);
  const isOwned = owner !== '' && !publicOwners.has(owner);
  return [...sources].some((other) => source === other || (isOwned && owner === ownerOf(other)));
}

/** Empty for a repository without owner, such as `nginx`. */
function ownerOf(source: string): string {
  return source.slice(0, Math.max(source.lastIndexOf('/'), 0));
}

function inCode(value: string, images: readonly (ContainerImage | undefined)[]): string {
  const names = [...new Set(images.flatMap((image) => image?.container ?? []))];
  return `Override.image({ tag: ${JSON.stringify(value)} }).of(${names.map((name) => JSON.stringify(name)).join(', ')})`;
}
