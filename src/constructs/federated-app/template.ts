import { type ApiObject, Helm } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { listed } from '../../model/known-properties';
import { apiGroup, type KubernetesObject } from '../../model/kubernetes-object';
import type { Problem } from '../construct-error';
import { explicitNamespace, identityOf, type ObjectIdentity, patchCount } from '../object-identity';
import { resolveObject } from '../synthesis/resolve-object';
import { unchangingAnswer } from '../synthesis/unchanging';
import { listItems, objectsUnder, unfoldedObjectsUnder } from './app-scope';
import { KindScopes } from './kind-scope';

/** An object that Karmada sends to clusters. */
export interface Template extends ObjectIdentity {
  /** The construct it is made by; of an item in a `List` that lives elsewhere, that list. */
  readonly object: ApiObject;
  readonly clusterScoped: boolean;
  /** The object as it will be written, resolved anew: costly, for where the identity does not do. */
  manifest(): KubernetesObject;
}

/** Where a FederatedApp finds its templates. */
export interface TemplateSources {
  /** The app: everything under it is sent. */
  readonly app: IConstruct;
  /** Constructs elsewhere, which the author passed in. */
  readonly passedIn: readonly IConstruct[];
  /** Kinds that the author declares cluster-scoped, as `Kind.group`. */
  readonly clusterScoped: readonly string[];
}

/** What a FederatedApp sends, in tree order, objects passed in last. Looked for again only when the objects change. */
export class Templates {
  #objects: readonly ApiObject[] = [];
  #patches = 0;
  #templates: readonly Template[] | undefined;
  #held: readonly Template[] | undefined;

  constructor(private readonly sources: TemplateSources) {}

  /** The templates as of now; the same array as before where nothing changed. */
  current(): readonly Template[] {
    return this.#held ?? unchangingAnswer(this, 'templates', () => this.#found());
  }

  /** Does something that neither adds nor changes a template, and looks for them only once meanwhile. */
  during<Result>(work: () => Result): Result {
    this.#held = this.current();
    try {
      return work();
    } finally {
      this.#held = undefined;
    }
  }

  #found(): readonly Template[] {
    const objects = this.#propagatedObjects();
    const patches = objects.reduce((count, object) => count + patchCount(object), 0);
    const unchanged =
      patches === this.#patches &&
      objects.length === this.#objects.length &&
      objects.every((object, index) => object === this.#objects[index]);
    if (this.#templates !== undefined && unchanged) return this.#templates;

    const { app, clusterScoped } = this.sources;
    const scopes = new KindScopes(app.node.root, clusterScoped);
    const templates = objects.flatMap((object) => templatesIn(object, scopes)).filter(isPropagated);
    [this.#objects, this.#patches] = [objects, patches];
    this.#templates = scopes.lookedForDefinitions ? undefined : templates;
    return templates;
  }

  /** Filtered before they are resolved: the policies of the app itself wait for the very answer. */
  #propagatedObjects(): ApiObject[] {
    const { app, passedIn } = this.sources;
    const objects = unfoldedObjectsUnder(app).filter(isPropagated);
    if (passedIn.length === 0) return objects;
    // Lists elsewhere stay as they are: their file is not ours to change, and kubectl unfolds them just the same.
    const elsewhere = passedIn.flatMap((construct) => objectsUnder(construct)).filter(isPropagated);
    return [...new Set([...objects, ...elsewhere])];
  }
}

/**
 * The namespace that an author wrote on the object, against all sense where the object is cluster-scoped.
 * What a Helm chart writes is not the author's to mend, and the API server ignores it.
 */
export function authoredNamespace({ object }: Template): string | undefined {
  return object.node.scope instanceof Helm ? undefined : explicitNamespace(object);
}

function templatesIn(object: ApiObject, scopes: KindScopes): Template[] {
  const items = listItems(object);
  if (items === undefined) {
    const clusterScoped = scopes.isClusterScoped(object, explicitNamespace(object) !== undefined);
    return [{ ...identityOf(object, clusterScoped), object, clusterScoped, manifest: () => manifestOf(object) }];
  }
  return items.map((item) => {
    const { name = '', namespace } = item.metadata ?? {};
    const clusterScoped = scopes.isClusterScoped(item, namespace !== undefined);
    const placed = { ...item, name, metadata: { namespace: namespace ?? object.metadata.namespace } };
    return { ...identityOf(placed, clusterScoped), object, clusterScoped, manifest: () => item };
  });
}

function manifestOf(object: ApiObject): KubernetesObject {
  return unchangingAnswer(object, 'manifest', () => resolveObject(object));
}

/**
 * Karmada keeps its own kinds, Events and Leases at home, and sends Namespaces everywhere, whatever policies say.
 *
 * @see Karmada v1.18.2 pkg/util/apigroup.go and pkg/controllers/namespace
 */
function isPropagated({ apiVersion, kind }: Pick<Template, 'apiVersion' | 'kind'>): boolean {
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
    const template = templates.find(
      ({ object, ...one }) => objects.includes(object) && isCandidate({ object, ...one }),
    );
    if (template !== undefined) return { template };
    return {
      problem: {
        what: `${property} is for ${named.node.path}, which is no ${role} of this app`,
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
      what: template
        ? `${property} could be for ${listed(paths, 'or')}`
        : `${property} is set, but the app has no ${role}`,
      why: 'Karmada refers to one object by its name',
      fix: template ? `say which: ${call}` : `put a ${role} under the app, or leave ${property} out`,
    },
  };
}
