import type { ClusterRollout, RolloutState, TemplateRollout } from '../apply';
import { printable } from '../problem/words';
import { type Column, drawTable, styleFor, type TextOptions } from '../report';

const columns: readonly Column[] = [
  { title: 'template', alignment: 'left' },
  { title: 'policy', alignment: 'left' },
  { title: 'cluster', alignment: 'left' },
  { title: 'wanted', alignment: 'center' },
  { title: 'scheduled', alignment: 'center' },
  { title: 'applied', alignment: 'center' },
  { title: 'ready', alignment: 'center' },
  { title: 'healthy', alignment: 'center' },
  { title: 'state', alignment: 'left' },
];

/** Width of the table without the reasons. */
const widthBesideReasons = 110;

/** A table with one line for each template and cluster. */
export function rolloutTable(
  rollouts: readonly TemplateRollout[],
  { width = 160, color = false }: TextOptions,
): string {
  if (rollouts.length === 0) return 'no templates';
  const style = styleFor(color);
  const paint: Readonly<Record<RolloutState, (text: string) => string>> = {
    done: style.green,
    waiting: style.yellow,
    paused: style.yellow,
    failing: style.red,
    nowhere: style.red,
  };
  const room = Math.max(width - widthBesideReasons, 40);
  const stateText = (state: RolloutState, why: string | undefined) =>
    paint[state](cut(why === undefined ? state : `${state}: ${why}`, room));
  const rows = rollouts.flatMap((rollout) => {
    const { clusters } = rollout;
    const template = printable(rollout.template);
    const policy = printable(rollout.policy ?? '-');
    if (clusters.length === 0) {
      return [[template, policy, '-', '-', '-', '-', '-', '-', stateText(rollout.state, rollout.why)]];
    }
    // What holds up the whole template stands in its first line, unless a cluster says it.
    const own = clusters.some(({ state }) => state === rollout.state) ? undefined : rollout;
    return clusters.map((cluster, index) => [
      index === 0 ? template : '',
      index === 0 ? policy : '',
      ...cellsOf(cluster),
      index === 0 && own ? stateText(own.state, own.why) : stateText(cluster.state, cluster.why),
    ]);
  });
  return drawTable(columns, rows);
}

function cellsOf({ cluster, wanted, scheduled, applied, ready, health }: ClusterRollout): string[] {
  return [
    cluster,
    wanted,
    scheduled === null ? (wanted === '-' ? '-' : 'yes') : String(scheduled),
    applied ? 'yes' : 'no',
    ready === null ? '-' : String(ready),
    health === null ? '-' : health === 'Healthy' ? 'yes' : health === 'Unhealthy' ? 'no' : 'unknown',
  ];
}

function cut(text: string, length: number): string {
  const line = printable(text.replaceAll(/\s+/g, ' '));
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}

/** Changes since the last call, one line for each template and cluster, for logs. */
export class RolloutLog {
  readonly #told = new Map<string, string>();

  lines(rollouts: readonly TemplateRollout[], seconds: number): string[] {
    return rollouts.flatMap((rollout) =>
      this.#changes(rollout).map((line) => `${timeText(seconds).padStart(6)}  ${line}`),
    );
  }

  #changes({ template, state, why, clusters }: TemplateRollout): string[] {
    const own = clusters.some((cluster) => cluster.state === state) ? [] : [{ cluster: '', state, why }];
    return [...own, ...clusters].flatMap((each) => {
      const key = `${template} ${each.cluster}`.trimEnd();
      const text = each.why === undefined ? each.state : `${each.state}: ${each.why}`;
      if (this.#told.get(key) === text) return [];
      this.#told.set(key, text);
      return [printable(`${key}  ${text}`)];
    });
  }
}

/** `8 s`, `2 min 5 s`. */
export function timeText(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
