import { type ContainerImage, containerImagesOf, isNamed } from '../kubernetes/container-images';
import type { KubernetesObject } from '../kubernetes/object';
import type { Override } from '../model/override';
import type { Problem } from '../problem/problem';
import { joinWords, nearMiss, quoted } from '../problem/words';
import { objectBehind } from './object-identity';
import { describeResource, type Selectable } from './selectable';
import { resolvedObject } from './synthesis/resolve-object';

/** The names given to `Override.of()` that no container has. */
export function unknownNames(override: Override, containers: readonly ContainerImage[]): readonly string[] {
  return override.selectedContainers.filter((name) => !containers.some((container) => isNamed(container, name)));
}

/** The problem of such names, with what may be meant and what there is. */
export function unknownContainersProblem(
  override: Override,
  names: readonly string[],
  containers: readonly ContainerImage[],
  of: string,
): Problem {
  const candidates = [
    ...new Set(containers.flatMap(({ container, repository, source }) => [container, repository, source])),
  ];
  const known = candidates.filter((candidate) => candidate !== '');
  const meant = names.flatMap((name) => nearMiss(withoutTag(name), known) ?? []);
  const there = [...new Set(containers.map(({ container, image }) => `${container} (${image})`))];
  return {
    code: 'override.of',
    message: `the override${targetsOf(override)} selects the image of ${joinWords(names.map(quoted), 'and')}, which no container ${of} has as name or repository`,
    why: 'an override has to give Karmada the path of each image',
    fix:
      there.length === 0
        ? 'leave out of(): the objects have no containers that are known'
        : `${meant.length > 0 ? `write of(${meant.map(quoted).join(', ')})` : 'write the name of a container or its repository without tag'}; there are ${joinWords(there)}`,
  };
}

/** An object that an override policy selects. */
export interface SelectedObject {
  /** For messages, such as `Deployment "web"`. */
  readonly name: string;
  /** @default - not known: the policy selects by name or by labels */
  readonly manifest?: KubernetesObject;
}

/** The object behind a selection of a policy. */
export function selectedObject(resource: Selectable): SelectedObject {
  const object = objectBehind(resource);
  if (object === undefined) {
    const { kind, name } = describeResource(resource);
    return { name: name === undefined ? `objects of kind ${kind}` : `${kind} "${name}"` };
  }
  return { name: `${object.kind} "${object.name}"`, manifest: resolvedObject.ask(object) };
}

/** A rule with the paths of the containers that it selects, or why there is none for all selected objects. */
export type ResolvedRule =
  | { readonly rule: Override; readonly problem?: undefined }
  | { readonly rule?: undefined; readonly problem: Problem };

/**
 * Resolves a rule for all objects of a policy. They have to agree on the paths: where a path is missing, Karmada delivers
 * nothing to the cluster.
 */
export function resolveRule(rule: Override, objects: readonly SelectedObject[]): ResolvedRule {
  const what = `the override${targetsOf(rule)} selects the image of ${joinWords(rule.selectedContainers.map(quoted), 'and')}`;
  const problem = (message: string, fix: string): ResolvedRule => ({
    problem: { code: 'override.of', message, why: 'an override has to give Karmada the path of each image', fix },
  });
  const unknown = objects.find(({ manifest }) => manifest === undefined);
  if (unknown !== undefined || objects.length === 0) {
    const selects = unknown === undefined ? 'every object in reach' : unknown.name;
    return problem(
      `${what}, and the policy selects ${selects}, whose containers are not known`,
      'pass the object itself as resource, or select the container by index: image({ tag: "edge", container: 0 })',
    );
  }
  const containers = objects.flatMap(({ manifest }) => (manifest === undefined ? [] : containerImagesOf(manifest)));
  const names = unknownNames(rule, containers);
  if (names.length > 0) {
    return { problem: unknownContainersProblem(rule, names, containers, 'of the selected objects') };
  }
  const apart = 'make an OverridePolicy for each object, or a FederatedApp, which does that';
  const resolved = objects.map(({ manifest }) => manifest && rule.resolvedFor(manifest));
  const [first] = resolved;
  const without = objects[resolved.indexOf(undefined)];
  if (first === undefined || without !== undefined) {
    return problem(`${what}, which ${without?.name} does not have`, apart);
  }
  const differs = resolved.findIndex((one) => JSON.stringify(one?.toRule()) !== JSON.stringify(first.toRule()));
  if (differs < 0) return { rule: first };
  return problem(`${what}, at different paths in ${objects[0]?.name} and ${objects[differs]?.name}`, apart);
}

/** ` for member1, member2`, or an empty text for clusters that are not selected by name. */
export function targetsOf({ clusters }: Override): string {
  return clusters === undefined || clusters.names.length === 0 ? '' : ` for ${joinWords(clusters.names)}`;
}

function withoutTag(name: string): string {
  return name.replace(/(@.*|:[\w.-]*)$/, '');
}
