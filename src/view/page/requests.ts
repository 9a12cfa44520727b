import type { MemberCopy, TemplateDetails, ViewAnswer } from '../answer';
import type { ViewData } from '../view-data';
import { ViewPlanner } from '../view-planner';
import type { WhatIf } from '../what-if';

/** The questions that the page asks, with their answers. */
export interface Questions {
  readonly answer: { readonly asked: { readonly whatIf: WhatIf }; readonly answered: ViewAnswer };
  readonly details: {
    readonly asked: { readonly whatIf: WhatIf; readonly key: string };
    readonly answered: TemplateDetails | undefined;
  };
  readonly copies: {
    readonly asked: { readonly whatIf: WhatIf; readonly key: string; readonly cluster: string };
    readonly answered: readonly MemberCopy[];
  };
}

/** A question as it is sent to the worker. */
export type Request = {
  readonly [Kind in keyof Questions]: { readonly id: number; readonly kind: Kind } & Questions[Kind]['asked'];
}[keyof Questions];

/** What the worker sends back. */
export type Response = { readonly id: number } & ({ readonly answered: unknown } | { readonly failed: string });

/** An answer in which a number stands for the row or call at this position of the first answer. */
interface PackedAnswer extends Omit<ViewAnswer, 'rows' | 'calls'> {
  readonly rows: readonly (ViewAnswer['rows'][number] | number)[];
  readonly calls: readonly (ViewAnswer['calls'][number] | number)[];
}

function packed(answer: ViewAnswer, first: ViewAnswer): PackedAnswer {
  const pack = <Item>(items: readonly Item[], known: readonly Item[]): (Item | number)[] => {
    const positions = new Map(known.map((item, position) => [item, position]));
    return items.map((item) => positions.get(item) ?? item);
  };
  return { ...answer, rows: pack(answer.rows, first.rows), calls: pack(answer.calls, first.calls) };
}

function unpacked(answer: PackedAnswer, first: ViewAnswer | undefined): ViewAnswer {
  const unpack = <Item>(items: readonly (Item | number)[], known: readonly Item[] = []): readonly Item[] =>
    items.map((item) => (typeof item === 'number' ? (known[item] as Item) : item));
  return { ...answer, rows: unpack(answer.rows, first?.rows), calls: unpack(answer.calls, first?.calls) };
}

function answerTo(planner: ViewPlanner, request: Request): unknown {
  switch (request.kind) {
    case 'answer':
      return planner.answer(request.whatIf);
    case 'details':
      return planner.details(request.whatIf, request.key);
    case 'copies':
      return planner.copies(request.whatIf, request.key, request.cluster);
    default:
      return request satisfies never;
  }
}

/** Answers what is sent to this worker. The first message is the data. */
export function serve(scope: DedicatedWorkerLike): void {
  let planner: ViewPlanner | undefined;
  let broken = '';
  let first: ViewAnswer | undefined;
  scope.onmessage = ({ data }) => {
    if ('data' in data) {
      [planner, broken, first] = [undefined, '', undefined];
      try {
        planner = new ViewPlanner(data.data);
      } catch (error) {
        broken = messageOf(error);
      }
      return;
    }
    const response = responseTo(planner, data, broken);
    if (data.kind !== 'answer' || !('answered' in response)) {
      scope.postMessage(response);
      return;
    }
    const answer = response.answered as ViewAnswer;
    // Most of the rows are those that the page has already.
    scope.postMessage(first ? { id: data.id, answered: packed(answer, first) } : response);
    first ??= answer;
  };
}

function responseTo(planner: ViewPlanner | undefined, request: Request, broken: string): Response {
  const { id } = request;
  try {
    if (!planner) return { id, failed: broken };
    return { id, answered: answerTo(planner, request) };
  } catch (error) {
    return { id, failed: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The part of a worker's global scope that is used here. */
export interface DedicatedWorkerLike {
  onmessage: ((event: { readonly data: { readonly data: ViewData } | Request }) => void) | null;
  postMessage(message: Response): void;
}

/** A worker that runs the script of the page; undefined where the browser allows none. */
export function workerOf(script: string): Worker | undefined {
  try {
    return new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  } catch {
    return undefined;
  }
}

/** Engines that share a worker do not take the answers of each other. */
let nextId = 0;

/** Asks a worker; where the browser allows none, the page answers itself. */
export class Engine {
  readonly #worker: Worker | undefined;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  #first: ViewAnswer | undefined;
  #send: (request: Request) => void;

  constructor(data: ViewData, worker: Worker | undefined) {
    this.#worker = worker;
    if (worker) {
      worker.onmessage = ({ data: response }: MessageEvent<Response>) => this.#take(response);
      // A policy of the place that serves the page may forbid workers; that shows only now.
      worker.onerror = () => this.#answerHere(data);
      worker.postMessage({ data });
      this.#send = (request) => worker.postMessage(request);
    } else {
      this.#send = () => {};
      this.#answerHere(data);
    }
  }

  /** @throws Error if it cannot be answered */
  ask<Kind extends keyof Questions>(kind: Kind, asked: Questions[Kind]['asked']): Promise<Questions[Kind]['answered']> {
    const request = { id: nextId++, kind, ...asked } as unknown as Request;
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve: resolve as (value: unknown) => void, reject });
      this.#pending.set(request.id, request);
      this.#send(request);
    });
  }

  /** Stops answering, so that another engine can use the worker. */
  close(): void {
    this.#send = () => {};
    if (this.#worker) this.#worker.onmessage = null;
  }

  readonly #pending = new Map<number, Request>();

  #answerHere(data: ViewData): void {
    let planner: ViewPlanner | undefined;
    this.#send = (request) =>
      queueMicrotask(() => {
        planner ??= new ViewPlanner(data);
        this.#take(responseTo(planner, request, ''));
      });
    for (const request of this.#pending.values()) this.#send(request);
  }

  #take(response: Response): void {
    const waiting = this.#waiting.get(response.id);
    const request = this.#pending.get(response.id);
    this.#waiting.delete(response.id);
    this.#pending.delete(response.id);
    if ('failed' in response) {
      waiting?.reject(new Error(response.failed));
    } else if (request?.kind === 'answer') {
      const answer = unpacked(response.answered as PackedAnswer, this.#first);
      this.#first ??= answer;
      waiting?.resolve(answer);
    } else {
      waiting?.resolve(response.answered);
    }
  }
}
