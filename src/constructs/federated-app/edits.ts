import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { hasEditedParts } from '../../karmada/edited-parts';
import { type ContainerImage, containerImagesOf } from '../../kubernetes/container-images';
import type { KubernetesObject } from '../../kubernetes/object';
import { namedKey } from '../../kubernetes/object';
import type { Override } from '../../model/override';
import { unknownNames } from '../selected-containers';
import { objectsUnder } from './app-scope';
import type { Template } from './template';

/** An override requested for an app. */
export interface OverrideRequest {
  readonly override: Override;
  /** The objects to edit. Empty: those that have the edited parts. */
  readonly targets: readonly IConstruct[];
}

/** Names that `Override.of()` was given and that no container of the objects has. */
export interface UnknownContainers {
  readonly request: OverrideRequest;
  readonly names: readonly string[];
  /** The containers that there are. */
  readonly containers: readonly ContainerImage[];
}

/** The overrides of each object of an app. */
export class Edits {
  readonly #byObject = new Map<string, Override[]>();
  readonly #unused: OverrideRequest[] = [];
  readonly #unknown: UnknownContainers[] = [];

  constructor(templates: readonly Template[], requests: readonly OverrideRequest[]) {
    const byConstruct = new Map<ApiObject, Template[]>();
    for (const template of templates) {
      const known = byConstruct.get(template.object);
      if (known === undefined) byConstruct.set(template.object, [template]);
      else known.push(template);
    }
    // Resolved once for all overrides.
    const manifests = new Map<Template, KubernetesObject>();
    const manifestOf = (template: Template): KubernetesObject => {
      const manifest = manifests.get(template) ?? template.manifest();
      manifests.set(template, manifest);
      return manifest;
    };
    for (const request of requests) {
      const { override, targets } = request;
      const among = targets.length > 0 ? under(targets, byConstruct) : templates;
      const containers: ContainerImage[] = [];
      let isUsed = false;
      for (const template of among) {
        let edit: Override | undefined = override;
        if (override.selectedContainers.length > 0) {
          containers.push(...containerImagesOf(manifestOf(template)));
          edit = override.resolvedFor(manifestOf(template));
        }
        if (edit === undefined) continue;
        const { overriders } = edit.toRule();
        if (targets.length === 0 && !hasEditedParts(template.kind, () => manifestOf(template), overriders)) continue;
        isUsed = true;
        this.#add(template, edit);
      }
      const names = unknownNames(override, containers);
      if (names.length > 0 && among.length > 0) this.#unknown.push({ request, names, containers });
      else if (!isUsed) this.#unused.push(request);
    }
  }

  /** The overrides of an object, in the order of the requests. */
  of(template: Template): readonly Override[] {
    return this.#byObject.get(namedKey(template)) ?? [];
  }

  /** The requests that match no object. */
  get unused(): readonly OverrideRequest[] {
    return this.#unused;
  }

  /** The requests that select containers which the objects do not have. */
  get unknownContainers(): readonly UnknownContainers[] {
    return this.#unknown;
  }

  #add(template: Template, override: Override): void {
    const key = namedKey(template);
    const known = this.#byObject.get(key);
    if (known === undefined) this.#byObject.set(key, [override]);
    else known.push(override);
  }
}

/**
 * The objects that a target stands for: a construct with a default child is that object, as a Deployment of cdk8s-plus is
 * and not the Service or Ingress below it. Any other construct is all objects below it.
 */
function objectsMeant(target: IConstruct): readonly ApiObject[] {
  const meant = target instanceof ApiObject ? target : target.node.defaultChild;
  return meant instanceof ApiObject ? [meant] : objectsUnder(target);
}

function under(targets: readonly IConstruct[], byConstruct: ReadonlyMap<ApiObject, readonly Template[]>): Template[] {
  const objects = new Set(targets.flatMap(objectsMeant));
  return [...objects].flatMap((object) => byConstruct.get(object) ?? []);
}
