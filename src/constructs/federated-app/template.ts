import { type ApiObject, Helm } from 'cdk8s';
import { dnsLabelProblems, objectNameProblem } from '../../kubernetes/names';
import { apiGroup, type KubernetesObject } from '../../kubernetes/object';
import type { Problem } from '../../problem/problem';
import { writtenNamespace } from '../cdk8s-internals';
import { type Identifiable, type ObjectIdentity, writtenIdentity } from '../object-identity';
import { resolvedObject } from '../synthesis/resolve-object';
import { itemsOf } from './app-scope';
import type { KindScopes } from './kind-scope';

/** An object that Karmada propagates to clusters. */
export interface Template extends ObjectIdentity {
  /** The construct that makes it; the list, for an item of a `List` outside the app. */
  readonly object: ApiObject;
  readonly clusterScoped: boolean;
  /** The object as it will be written. Resolves it, which is expensive. */
  manifest(): KubernetesObject;
}

/**
 * The namespace that an author wrote on the object, which is a mistake on a cluster-scoped object.
 * A Helm chart's is not counted: the author cannot change it, and the API server ignores it.
 */
function authoredNamespace({ object }: Template): string | undefined {
  return object.node.scope instanceof Helm ? undefined : writtenNamespace(object);
}

/** The templates of an object: itself, or the items of a `List`. */
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
 * Whether policies decide where objects of a kind go. Karmada never propagates its own kinds, Events and Leases, and
 * propagates Namespaces to every cluster.
 *
 * @see Karmada v1.18.2 pkg/util/apigroup.go and pkg/controllers/namespace
 */
export function isPropagated({ apiVersion, kind }: Pick<Template, 'apiVersion' | 'kind'>): boolean {
  const group = apiGroup(apiVersion);
  if (group.endsWith('.karmada.io') || group === 'events.k8s.io' || group === 'coordination.k8s.io') return false;
  return !(group === '' && (kind === 'Namespace' || kind === 'Event'));
}

/** Whether the kind, name and namespace of a template are valid, so that a policy can select it. */
export function isSound(template: Template): boolean {
  return identityProblems(template).length === 0;
}

/** Why Kubernetes refuses the kind, name or namespace of a template. */
export function identityProblems(template: Template): Problem[] {
  return [...nameProblems(template), ...namespaceProblems(template)];
}

function nameProblems({ apiVersion, kind, name, object }: Template): Problem[] {
  if (typeof kind !== 'string' || kind === '') {
    return [
      {
        code: 'object.kind',
        message: `the object "${name}" at ${object.node.path} has no kind`,
        why: 'Kubernetes would not know what it is',
        fix: 'add its kind, such as kind: ConfigMap',
      },
    ];
  }
  const problem = objectNameProblem({ apiVersion, kind }, name);
  if (problem === undefined) return [];
  return [
    {
      code: 'object.name',
      message: `the name "${name}" of ${kind} at ${object.node.path} ${problem}`,
      why: `Kubernetes refuses a ${kind} of that name`,
      fix: 'choose another name',
    },
  ];
}

function namespaceProblems(template: Template): Problem[] {
  const { kind, name, object, clusterScoped } = template;
  const namespace = authoredNamespace(template);
  if (namespace === undefined) return [];
  if (clusterScoped) {
    return [
      {
        code: 'object.clusterScoped',
        message: `${kind} "${name}" at ${object.node.path} has namespace "${namespace}", but a ${kind} is cluster-scoped`,
        why: 'a cluster-scoped object has no namespace',
        fix: 'leave metadata.namespace out',
      },
    ];
  }
  const problem = dnsLabelProblems(namespace)[0];
  if (problem === undefined) return [];
  return [
    {
      code: 'object.namespace',
      message: `the namespace "${namespace}" of ${kind} "${name}" at ${object.node.path} ${problem}`,
      why: 'Kubernetes has no namespace of that name',
      fix: 'choose another namespace',
    },
  ];
}
