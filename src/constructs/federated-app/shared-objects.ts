import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { validationMessage } from '../construct-error';
import { allConstructs } from '../synthesis/construct-tree';
import { isFederatedApp, objectsUnder } from './app-scope';
import { isPropagated } from './template';

/** An app that propagates objects outside of it. */
interface Sender {
  readonly app: IConstruct;
  readonly passedIn: readonly IConstruct[];
}

const sendersByRoot = new WeakMap<IConstruct, Sender[]>();
const priorities = new WeakMap<IConstruct, number>();

/**
 * Makes the application refuse an object that two apps of equal priority propagate: Karmada lets one policy have it, and the
 * placement of the other app has no effect on it.
 *
 * @param passedIn - the objects outside the app that it propagates
 */
export function refuseSharedObjects(app: IConstruct, passedIn: readonly IConstruct[], priority: number): void {
  priorities.set(app, priority);
  if (passedIn.length === 0) return;
  const { root } = app.node;
  const known = sendersByRoot.get(root);
  if (known !== undefined) {
    known.push({ app, passedIn });
    return;
  }
  const senders = [{ app, passedIn }];
  sendersByRoot.set(root, senders);
  root.node.addValidation({ validate: () => sharedObjectMessages(root, senders) });
}

function sharedObjectMessages(root: IConstruct, senders: readonly Sender[]): string[] {
  const present = new Set(allConstructs.ask(root));
  const messages: string[] = [];
  const first = new Map<ApiObject, IConstruct>();
  for (const { app, passedIn } of senders) {
    if (!present.has(app)) continue;
    const objects = new Set(passedIn.flatMap((construct) => objectsUnder(construct)).filter(isPropagated));
    for (const object of objects) {
      const others = [appAround(object), first.get(object)];
      const other = others.find((one) => one !== undefined && one !== app && present.has(one));
      if (!first.has(object)) first.set(object, app);
      if (other === undefined || priorities.get(other) !== priorities.get(app)) continue;
      messages.push(message(object, other, app));
    }
  }
  return messages;
}

/** The app under which an object stands. */
function appAround(object: ApiObject): IConstruct | undefined {
  return [...object.node.scopes].reverse().find(isFederatedApp);
}

function message({ kind, name, node }: ApiObject, one: IConstruct, other: IConstruct): string {
  return validationMessage({
    code: 'app.shared',
    message: `${kind} "${name}" at ${node.path} is propagated by ${one.node.path} and by ${other.node.path}`,
    why: 'Karmada lets one policy have it, and the placement of the other has no effect on it',
    fix: `pass it to one of them, or make an app of its own for it; a ConfigMap, Secret, ServiceAccount or volume claim that workloads refer to follows them without being passed`,
  });
}
