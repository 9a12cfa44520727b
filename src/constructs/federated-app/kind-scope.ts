import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { listItems } from '../../kubernetes/list';
import { apiGroup, type KindName, type KubernetesObject } from '../../kubernetes/object';
import { fieldAt } from '../../kubernetes/plain-data';
import { knownScope, Scopes } from '../../kubernetes/scope';
import { SynthesisCache } from '../synthesis/synthesis-cache';
import { ownChildren } from './app-scope';

/** Which kinds are cluster-scoped, at one point in time. */
export class KindScopes {
  readonly #root: IConstruct;
  readonly #declared: readonly string[];
  #defined: Scopes | undefined;

  /**
   * @param root - the application, which may define kinds
   * @param declared - kinds that the author declares cluster-scoped, as `Kind.group`
   */
  constructor(root: IConstruct, declared: readonly string[]) {
    this.#root = root;
    this.#declared = declared;
  }

  /**
   * Whether an object is cluster-scoped. cdk8s gives every object the namespace of its chart.
   * Declarations of the author take precedence, then the built-in tables, then the CustomResourceDefinitions of the
   * application. For other custom kinds without a namespace of their own the name of the kind decides.
   *
   * @param hasOwnNamespace - whether the author wrote a namespace on the object
   */
  isClusterScoped(object: KindName, hasOwnNamespace: boolean): boolean {
    if (this.#declared.includes(`${object.kind}.${apiGroup(object.apiVersion)}`)) return true;
    // The application is only searched for definitions if the tables lack the kind.
    const scope = knownScope(object);
    if (scope !== undefined) return scope === 'cluster';
    this.#defined ??= definedKinds.ask(this.#root);
    return this.#defined.scopeOf(object, hasOwnNamespace) === 'cluster';
  }
}

/** The scopes of the kinds that an application defines. */
const definedKinds = new SynthesisCache((root: IConstruct): Scopes => {
  const scopes = new Scopes();
  learnDefinitions(root, scopes);
  return scopes;
});

function learnDefinitions(scope: IConstruct, scopes: Scopes): void {
  if (scope instanceof ApiObject) {
    if (scope.kind === 'CustomResourceDefinition') scopes.learn(scope.toJson());
    // Definitions may be in a List, which is unfolded later.
    else if (scope.kind?.endsWith('List')) {
      for (const item of listItems(scope.toJson()) ?? []) {
        if (fieldAt(item, 'kind') === 'CustomResourceDefinition') scopes.learn(item as KubernetesObject);
      }
    }
  }
  for (const child of ownChildren(scope)) learnDefinitions(child, scopes);
}
