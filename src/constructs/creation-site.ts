import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IConstruct } from 'constructs';
import { isFederatedApp } from './federated-app/app-scope';
import { federationOf } from './federation-settings';

/** Stack traces of constructors. Their text is expensive, so it is only read for findings. */
const stacks = new WeakMap<IConstruct, { readonly stack?: string }>();

/** Maximum number of calls from the author's line: constructors of L2 constructs, and of classes derived from them. */
const deepest = 12;

/**
 * Records where a construct was made, so that findings of the linter can name the line.
 * Constructs derived by a FederatedApp are made at synthesis; for them the line of the app counts.
 */
export function rememberCreation(construct: IConstruct): void {
  const { scope } = construct.node;
  if (federationOf(construct)?.lint !== true || (scope && isFederatedApp(scope))) return;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = deepest;
  const trace: { readonly stack?: string } = {};
  Error.captureStackTrace(trace, rememberCreation);
  Error.stackTraceLimit = limit;
  stacks.set(construct, trace);
}

/**
 * The line that made a construct, or the closest parent with a known line: `src/apps/pipy.ts:12:16`, relative to the
 * current folder, with `/` on every system.
 *
 * @returns undefined if no line is known
 */
export function creationSite(construct: IConstruct): string | undefined {
  for (let current: IConstruct | undefined = construct; current; current = current.node.scope) {
    const trace = stacks.get(current);
    if (trace) return authorsLine(trace.stack ?? '');
  }
  return undefined;
}

/** The first line of a stack that is neither in this library, nor in a package or in Node. */
function authorsLine(stack: string): string | undefined {
  for (const line of stack.split('\n')) {
    const [, place, position] = /^\s*at (?:.*\()?((?:file:\/\/)?[^()]+?):(\d+:\d+)\)?$/.exec(line) ?? [];
    if (place === undefined || position === undefined || place.startsWith('node:')) continue;
    const file = place.startsWith('file://') ? fileURLToPath(place) : place;
    if (file.startsWith(__dirname) || /[\\/]node_modules[\\/]/.test(file)) continue;
    return `${relative(process.cwd(), file).replaceAll('\\', '/')}:${position}`;
  }
  return undefined;
}
