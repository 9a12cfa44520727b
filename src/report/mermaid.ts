import type { TemplatePlan } from '../planner';
import { counted, printable } from '../problem/words';
import { type ComputedCell, cellsOf } from './cell';
import type { PlacementChange } from './placement-change';
import type { PlanPart } from './plan-part';

/** GitHub limits the text and the lines of a picture. */
const mostNodes = 120;
const mostLines = 200;

/** A call, for the lines of a picture. */
export interface PictureCall {
  readonly client: string;
  readonly server: string;
  readonly workloads: readonly string[];
  readonly missing: readonly { readonly cluster: string; readonly always: boolean }[];
}

/**
 * A picture of a plan for Markdown, as a mermaid block: a box for each cluster with the workloads that it runs, a dashed frame
 * where that is not certain, and a line for each call, red where the server may be missing.
 */
export function planMermaid({ templates, clusters }: PlanPart, calls: readonly PictureCall[] = []): string {
  const workloads = templates.filter(({ countsReplicas }) => countsReplicas);
  const picture = new Picture();
  const cells = new Map(workloads.map((template) => [template.key, cellsOf(template)]));
  for (const { name } of clusters) {
    for (const template of workloads) {
      const cell = cells.get(template.key)?.(name);
      if (!cell || cell.end === '-') continue;
      picture.node(name, template.key, `${nodeName(template)}<br>${text(cell.text)}`, kindOf(cell));
    }
    for (const call of calls) picture.call(name, call);
  }
  return picture.block();
}

/** A picture of what moves: a box for each cluster with what changes in it. Empty if nothing moves. */
export function changesMermaid(changes: readonly PlacementChange[]): string {
  const picture = new Picture();
  const names = [...new Set(changes.flatMap(({ clusters }) => clusters.map(({ cluster }) => cluster)))];
  for (const name of names) {
    for (const { template, clusters } of changes) {
      const change = clusters.find(({ cluster }) => cluster === name);
      if (!change) continue;
      const kind = change.after === '-' ? 'gone' : change.before === '-' ? 'new' : 'changed';
      picture.node(name, template, `${text(template)}<br>${text(change.before)} → ${text(change.after)}`, kind);
    }
  }
  return names.length === 0 ? '' : picture.block();
}

type NodeKind = 'sure' | 'maybe' | 'missing' | 'new' | 'gone' | 'changed';

function kindOf({ certainty }: ComputedCell): NodeKind {
  return certainty === 'sure' ? 'sure' : 'maybe';
}

function nodeName({ key, manifest }: TemplatePlan): string {
  return text(manifest.object.metadata?.name || key);
}

/** Frames only: they are seen on light and on dark pages. */
const looks: Readonly<Record<NodeKind, string>> = {
  sure: '',
  maybe: 'stroke-dasharray:4 3',
  missing: 'stroke:#d1242f,stroke-width:3px,stroke-dasharray:4 3',
  new: 'stroke:#1a7f37,stroke-width:2px',
  gone: 'stroke:#d1242f,stroke-width:2px,stroke-dasharray:4 3',
  changed: 'stroke:#9a6700,stroke-width:2px',
};

class Picture {
  readonly #boxes = new Map<string, string[]>();
  readonly #ids = new Map<string, string>();
  readonly #kinds = new Map<NodeKind, string[]>();
  readonly #lines: { readonly text: string; readonly missing: boolean }[] = [];
  #left = 0;

  node(cluster: string, key: string, label: string, kind: NodeKind): string | undefined {
    if (this.#ids.size >= mostNodes) {
      this.#left++;
      return undefined;
    }
    const id = `n${this.#ids.size}`;
    this.#ids.set(place(cluster, key), id);
    const box = this.#boxes.get(cluster) ?? [];
    this.#boxes.set(cluster, box);
    box.push(`${id}["${label}"]`);
    this.#kinds.set(kind, [...(this.#kinds.get(kind) ?? []), id]);
    return id;
  }

  call(cluster: string, { client, server, workloads, missing }: PictureCall): void {
    const from = this.#ids.get(place(cluster, client));
    if (from === undefined) return;
    const servers = workloads.length > 0 ? workloads : [server];
    const lacking = missing.find((one) => one.cluster === cluster);
    const there = servers.flatMap((key) => this.#ids.get(place(cluster, key)) ?? []);
    const none = lacking && there.length === 0 ? this.#missingNode(cluster, server) : undefined;
    for (const to of none === undefined ? there : [none]) {
      if (this.#lines.length >= mostLines) return;
      const label = lacking ? (lacking.always ? '|"finds no server"|' : '|"may find no server"|') : '';
      this.#lines.push({ text: `${from} -->${label} ${to}`, missing: lacking !== undefined });
    }
  }

  #missingNode(cluster: string, server: string): string | undefined {
    const known = this.#ids.get(place(cluster, server));
    const name = server.slice(server.lastIndexOf('/') + 1);
    return known ?? this.node(cluster, server, `no ${text(name)}`, 'missing');
  }

  block(): string {
    const boxes = [...this.#boxes].flatMap(([cluster, nodes], index) => [
      `  subgraph c${index}["${text(cluster)}"]`,
      ...nodes.map((node) => `    ${node}`),
      '  end',
    ]);
    const red = this.#lines.flatMap(({ missing }, index) => (missing ? [index] : []));
    const classes = [...this.#kinds].flatMap(([kind, ids]) =>
      looks[kind] === '' ? [] : [`  classDef ${kind} ${looks[kind]}`, `  class ${ids.join(',')} ${kind}`],
    );
    const rest = this.#left > 0 ? [`  rest["and ${counted(this.#left, 'more placement')}"]`] : [];
    return [
      '```mermaid',
      'flowchart TB',
      ...boxes,
      ...rest,
      ...this.#lines.map((line) => `  ${line.text}`),
      ...(red.length > 0 ? [`  linkStyle ${red.join(',')} stroke:#d1242f,color:#d1242f`] : []),
      ...classes,
      '```',
      '',
    ].join('\n');
  }
}

function place(cluster: string, key: string): string {
  return `${cluster}\n${key}`;
}

/** User data inside the quotes of a label: entities of mermaid, so that nothing is markup or ends the block. */
function text(data: string): string {
  return printable(data).replaceAll(/[^A-Za-z0-9 ._:/*→×-]/gu, (character) => `#${character.codePointAt(0)};`);
}
