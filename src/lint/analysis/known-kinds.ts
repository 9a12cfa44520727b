import {
  builtInGroups,
  builtInKindsNear,
  builtInVersionOf,
  isBuiltInKind,
  isClosedGroup,
  unservedBuiltIn,
} from '../../kubernetes/built-in-kinds';
import { definedKind, isDefinition } from '../../kubernetes/custom-definition';
import { apiGroup, groupKindKey, type KindName, type KubernetesObject, kindKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { ServedVersions } from '../../kubernetes/preferred-version';
import { definedScope, knownScope } from '../../kubernetes/scope';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { nearMiss } from '../../problem/words';

/** A kind that nothing in the control plane has, as Karmada sees it. */
export interface UnknownKind {
  /** The kind that was probably meant. @default - none is near enough */
  readonly meant?: KindName;
  /** What is wrong with it, in one clause. */
  readonly why: string;
}

/** Kinds that the manifests speak of, and those of Kubernetes: which of them exist, in which version Karmada sees them. */
export class KnownKinds {
  readonly #served = new ServedVersions();
  /** `apiVersion Kind` of every object. */
  readonly #used = new Set<string>();
  /** Kinds of custom objects and definitions, by their name in lower case. */
  readonly #custom = new Map<string, KindName[]>();
  readonly #definitions = new Map<string, KubernetesObject>();
  readonly #answers = new Map<string, UnknownKind | undefined>();

  constructor({ objects }: ControlPlaneState) {
    for (const { object } of objects) {
      const { apiVersion, kind } = object;
      const key = kindKey(object);
      const isNew = !this.#used.has(key);
      if (isNew && unservedBuiltIn({ apiVersion, kind })) continue;
      this.#used.add(key);
      if (isNew && builtInVersionOf(kind) !== apiVersion) this.#addCustom({ apiVersion, kind });
      if (isDefinition(object)) this.#learn(object);
    }
  }

  /** The CustomResourceDefinition of a kind, as the control plane stores it. */
  definitionOf({ apiVersion, kind }: KindName): KubernetesObject | undefined {
    return this.#definitions.get(groupKindKey({ apiVersion, kind }));
  }

  /** Whether a kind is known to be cluster-scoped: by its definition, or because it is built in. */
  isClusterScoped(name: KindName): boolean {
    const definition = this.definitionOf(name);
    return (definition ? definedScope(definition) : knownScope(name)) === 'cluster';
  }

  /** Why Karmada sees no objects of this kind; undefined where it may, since custom kinds may come from elsewhere. */
  unknown(name: KindName): UnknownKind | undefined {
    const key = kindKey(name);
    if (!this.#answers.has(key)) this.#answers.set(key, this.#unknown(name));
    return this.#answers.get(key);
  }

  #unknown(name: KindName): UnknownKind | undefined {
    const { apiVersion, kind } = name;
    if (this.#used.has(kindKey(name)) || isBuiltInKind(apiVersion, kind)) return undefined;
    const preferred = this.#served.preferredOf(apiVersion, kind);
    if (preferred === apiVersion) return undefined;
    if (preferred !== undefined) {
      return { meant: { apiVersion: preferred, kind }, why: `Karmada sees every ${kind} as ${preferred}` };
    }
    const builtIn = this.#misspelledBuiltIn(name);
    return builtIn?.meant ? builtIn : (this.#misspelledCustom(name) ?? builtIn);
  }

  #misspelledBuiltIn({ apiVersion, kind }: KindName): UnknownKind | undefined {
    const group = apiGroup(apiVersion);
    const builtIn = builtInVersionOf(kind);
    if (builtIn !== undefined) {
      const groups = builtInGroups.filter((each) => each !== '');
      const isOurs = builtInGroups.includes(group) || isClosedGroup(group) || nearMiss(group, groups) !== undefined;
      // Other projects have a Service, a Job or a StatefulSet of their own.
      if (!isOurs && !/(^|\.)k8s(\.io)?$/.test(group)) return undefined;
      return { meant: { apiVersion: builtIn, kind }, why: `Karmada sees every ${kind} as ${builtIn}` };
    }
    if (!isClosedGroup(group) && !builtInGroups.includes(group)) return undefined;
    const meant = nearMiss(kind, builtInKindsNear(group));
    if (meant !== undefined) {
      return {
        meant: { apiVersion: builtInVersionOf(meant) as string, kind: meant },
        why: `the kind ${kind} does not exist`,
      };
    }
    return isClosedGroup(group) ? { why: `${apiVersion} has no kind ${kind}` } : undefined;
  }

  /** Kinds of the same name in a group that is nearly the same, and kinds of nearly the same name in the same group. */
  #misspelledCustom({ apiVersion, kind }: KindName): UnknownKind | undefined {
    const group = apiGroup(apiVersion);
    const namesakes = this.#custom.get(kind.toLowerCase()) ?? [];
    const meant =
      namesakes.find((each) => apiGroup(each.apiVersion) === group) ??
      namesakes.find((each) => isClosedGroup(group) || nearMiss(group, [apiGroup(each.apiVersion)]) !== undefined) ??
      this.#neighbourOf(kind, group);
    if (!meant) return undefined;
    const why = meant.kind === kind ? `every ${kind} here is ${meant.apiVersion}` : `${group} has no kind ${kind}`;
    return { meant, why };
  }

  #neighbourOf(kind: string, group: string): KindName | undefined {
    // More than a slip apart may be another kind of the same project, such as GitRepository and OCIRepository.
    return [...this.#custom.values()]
      .flat()
      .find((each) => apiGroup(each.apiVersion) === group && isSlip(each.kind, kind));
  }

  #learn(definition: KubernetesObject): void {
    this.#served.learn(definition);
    const group = textOf(fieldAt(definition.spec, 'group'));
    const kind = textOf(fieldAt(definition.spec, 'names', 'kind'));
    if (!kind || !group) return;
    this.#definitions.set(definedKind(definition), definition);
    const version = textOf(fieldAt(listOf(fieldAt(definition.spec, 'versions'))[0], 'name'));
    const apiVersion = this.#served.preferredOf(`${group}/${version}`, kind);
    if (apiVersion !== undefined) this.#addCustom({ apiVersion, kind });
  }

  #addCustom(name: KindName): void {
    const key = name.kind.toLowerCase();
    const names = this.#custom.get(key);
    if (!names) this.#custom.set(key, [name]);
    else if (!names.some(({ apiVersion, kind }) => apiVersion === name.apiVersion && kind === name.kind))
      names.push(name);
  }
}

/** Whether two names differ in case, in a plural, or in one letter that is missing, added or another. */
function isSlip(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  const [longer, shorter] = x.length >= y.length ? [x, y] : [y, x];
  if (longer === `${shorter}es`) return true;
  if (longer.length - shorter.length > 1) return false;
  let same = 0;
  while (same < shorter.length && longer[same] === shorter[same]) same += 1;
  const rest = longer.slice(same + 1);
  return rest === shorter.slice(same) || rest === shorter.slice(same + 1);
}
