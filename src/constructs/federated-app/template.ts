import { type ApiObject, Helm } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import type { Problem } from '../../problem/problem';
import { joinWords } from '../../problem/words';
import { writtenNamespace } from '../cdk8s-internals';
import { type Identifiable, type ObjectIdentity, writtenIdentity } from '../object-identity';
import { resolvedObject } from '../synthesis/resolve-object';
import { itemsOf, objectsUnder } from './app-scope';
import type { KindScopes } from './kind-scope';

/** An object that Karmada sends to clusters. */
export interface Template extends ObjectIdentity {
  /** The construct it is made by; of an item in a `List` that lives elsewhere, that list. */
  readonly object: ApiObject;
  readonly clusterScoped: boolean;
  /** The object as it will be written, resolved anew: costly, for where the identity does not do. */
  manifest(): KubernetesObject;
}

/**
 * The namespace that an author wrote on the object, against all sense where the object is cluster-scoped.
 * What a Helm chart writes is not the author's to mend, and the API server ignores it.
 */
export function authoredNamespace({ object }: Template): string | undefined {
  return object.node.scope instanceof Helm ? undefined : writtenNamespace(object);
}

/** The templates that an object stands for: itself, or the items of a `List`. */
export function templatesIn(object: ApiObject, scopes: KindScopes): Template[] {
  const items = itemsOf(object);
  if (items === undefined) {
    const clusterScoped = scopes.isClusterScoped(object, writtenNamespace(object) !== undefined);
    return [new FoundTemplate(object, writtenIdentity(object), clusterScoped)];
  }
  return items.map((item) => {
    const { name = '', namespace } = item.metadata ?? {};
    const clusterScoped = scopes.isClusterScoped(item, namespace !== undefined);
    const placed = { ...item, name, metadata: { namespace: namespace ?? object.metadata.namespace } };
    return new FoundTemplate(object, placed, clusterScoped, item);
  });
}

/** A class, for an application has many. */
class FoundTemplate implements Template {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  declare readonly namespace?: string;

  constructor(
    readonly object: ApiObject,
    { apiVersion, kind, name, metadata: { namespace } }: Identifiable,
    readonly clusterScoped: boolean,
    private readonly item?: KubernetesObject,
  ) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.name = name;
    if (namespace !== undefined && !clusterScoped) this.namespace = namespace;
  }

  manifest(): KubernetesObject {
    return this.item ?? resolvedObject.ask(this.object);
  }
}

/**
 * Karmada keeps its own kinds, Events and Leases at home, and sends Namespaces everywhere, whatever policies say.
 *
 * @see Karmada v1.18.2 pkg/util/apigroup.go and pkg/controllers/namespace
 */
export function isPropagated({ apiVersion, kind }: Pick<Template, 'apiVersion' | 'kind'>): boolean {
  const group = apiGroup(apiVersion);
  if (group.endsWith('.karmada.io') || group === 'events.k8s.io' || group === 'coordination.k8s.io') return false;
  return !(group === '' && (kind === 'Namespace' || kind === 'Event'));
}

/** What an author means by leaving out which object something is for. */
export interface Choice {
  readonly isCandidate: (template: Template) => boolean;
  /** The property that needs the object, such as `autoscale`. */
  readonly property: string;
  /** What the object is, such as `Service`. */
  readonly role: string;
  /** The call that says which. */
  readonly call: string;
}

/** The object that something is for, or why there is none. */
export type Chosen =
  | { readonly template: Template; readonly problem?: undefined }
  | { readonly template?: undefined; readonly problem: Problem };

/** The object that the author named, or else the only candidate. */
export function chosenTemplate(
  templates: readonly Template[],
  named: IConstruct | undefined,
  { isCandidate, property, role, call }: Choice,
): Chosen {
  if (named !== undefined) {
    const objects = objectsUnder(named);
    const template = templates.find((one) => objects.includes(one.object) && isCandidate(one));
    if (template !== undefined) return { template };
    return {
      problem: {
        code: 'app.target',
        message: `${property} is for ${named.node.path}, which is no ${role} of this app`,
        why: 'Karmada has to send both to the same clusters',
        fix: 'put the object under the app, or pass it as one of `resources`',
      },
    };
  }
  const [template, ...others] = templates.filter(isCandidate);
  if (template !== undefined && others.length === 0) return { template };
  const paths = [template, ...others].map((candidate) => candidate?.object.node.path ?? '');
  return {
    problem: {
      code: 'app.target',
      message: template
        ? `${property} could be for ${joinWords(paths, 'or')}`
        : `${property} is set, but the app has no ${role}`,
      why: 'Karmada refers to one object by its name',
      fix: template ? `say which: ${call}` : `put a ${role} under the app, or leave ${property} out`,
    },
  };
}
