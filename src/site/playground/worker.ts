import { type DedicatedWorkerLike, serve } from '../../view/page/requests';
import { type Checked, checked } from './check';
import type { Inputs } from './inputs';

/** A text to check. */
export interface CheckRequest {
  readonly check: Inputs;
  readonly title: string;
}

/** What the worker says about it. */
export type CheckResponse = { readonly checked: Checked } | { readonly broken: string };

interface WorkerScope {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
}

/** The worker of the playground: it checks texts, and answers the view as the worker of its page does. */
export function serveChecks(scope: WorkerScope): void {
  const view: DedicatedWorkerLike = { onmessage: null, postMessage: (message) => scope.postMessage(message) };
  serve(view);
  scope.onmessage = ({ data }) => {
    if (isCheck(data)) scope.postMessage(responseTo(data));
    else view.onmessage?.({ data: data as never });
  };
}

function isCheck(data: unknown): data is CheckRequest {
  return typeof data === 'object' && data !== null && 'check' in data;
}

function responseTo({ check, title }: CheckRequest): CheckResponse {
  try {
    return { checked: checked(check, title) };
  } catch (error) {
    return { broken: error instanceof Error ? error.message : String(error) };
  }
}
