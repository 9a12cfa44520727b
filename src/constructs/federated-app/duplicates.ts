import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { apiGroup, namedKey } from '../../kubernetes/object';
import { writtenNamespace } from '../cdk8s-internals';
import { validationMessage } from '../construct-error';
import { identityOf, writtenIdentity } from '../object-identity';
import { allConstructs } from '../synthesis/construct-tree';
import { isFederatedApp } from './app-scope';
import { KindScopes } from './kind-scope';

const watchedRoots = new WeakSet<IConstruct>();

/**
 * Makes the application refuse two objects of the same kind, name and namespace if one of them is in a FederatedApp.
 * The root has this check, once for all apps, since the two may be in different charts.
 */
export function refuseDuplicates(root: IConstruct): void {
  if (watchedRoots.has(root)) return;
  watchedRoots.add(root);
  root.node.addValidation({ validate: () => duplicateMessages(root) });
}

function duplicateMessages(root: IConstruct): string[] {
  const first = new Map<string, ApiObject>();
  const messages: string[] = [];
  const scopes = new KindScopes(root, []);
  for (const object of namesakesIn(root)) {
    const hasOwnNamespace = writtenNamespace(object) !== undefined;
    const { kind, name, namespace } = identityOf(object, scopes.isClusterScoped(object, hasOwnNamespace));
    const key = namedKey({ kind, name, ...(namespace !== undefined && { namespace }) });
    const other = first.get(key);
    first.set(key, other ?? object);
    if (other === undefined || !(belongsToApp(object) || belongsToApp(other))) continue;
    const sameKind = apiGroup(other.apiVersion) === apiGroup(object.apiVersion);
    const where = namespace === undefined ? '' : ` of namespace "${namespace}"`;
    messages.push(
      validationMessage({
        code: 'object.duplicate',
        message: `${kind} "${name}"${where} is made twice: at ${other.node.path} and at ${object.node.path}`,
        why: sameKind
          ? 'the second would overwrite the first in the cluster'
          : 'the API groups differ, but the names of both bindings in Karmada are the same, so one object would not be propagated',
        fix: sameKind ? 'rename one of them, or make it once and pass it to the others' : 'rename one of them',
      }),
    );
  }
  return messages;
}

/** Objects that share kind and name with another. They are few, and only they need a look at the namespace, which is slow. */
function namesakesIn(root: IConstruct): ApiObject[] {
  const firstByKind = new Map<string, Map<string, ApiObject>>();
  const namesakes = new Map<ApiObject, ApiObject[]>();
  for (const object of allConstructs.ask(root)) {
    if (!ApiObject.isApiObject(object)) continue;
    const { kind, name } = writtenIdentity(object);
    let firstByName = firstByKind.get(kind);
    if (firstByName === undefined) {
      firstByName = new Map();
      firstByKind.set(kind, firstByName);
    }
    const first = firstByName.get(name);
    if (first === undefined) firstByName.set(name, object);
    else {
      const others = namesakes.get(first);
      if (others === undefined) namesakes.set(first, [first, object]);
      else others.push(object);
    }
  }
  return [...namesakes.values()].flat();
}

function belongsToApp(object: ApiObject): boolean {
  return object.node.scopes.some(isFederatedApp);
}
