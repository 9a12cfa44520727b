import type { ClusterRollout, RolloutState, TemplateRollout } from '../apply';
import { counted, printable, wrapped } from '../problem/words';
import { type Column, drawTable, hanging, type Style, styleFor, type TextOptions, tableWidth } from '../report';

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

/** A table with one line for each template and cluster; if it is wider than the terminal, a list. */
export function rolloutTable(
  rollouts: readonly TemplateRollout[],
  { width = 160, color = false }: TextOptions,
): string {
  if (rollouts.length === 0) return 'no templates';
  const style = styleFor(color);
  const room = Math.max(width - widthBesideReasons, 40);
  const stateText = (state: RolloutState, why: string | undefined) =>
    painted(state, cut(why === undefined ? state : `${state}: ${why}`, room), style);
  const rows = rollouts.flatMap((rollout) => {
    const { clusters } = rollout;
    const template = printable(rollout.template);
    const policy = printable(rollout.policy ?? '-');
    if (clusters.length === 0) {
      return [[template, policy, '-', '-', '-', '-', '-', '-', stateText(rollout.state, rollout.why)]];
    }
    const own = ownState(rollout);
    return clusters.map((cluster, index) => [
      index === 0 ? template : '',
      index === 0 ? policy : '',
      ...cellsOf(cluster),
      index === 0 && own ? stateText(own.state, own.why) : stateText(cluster.state, cluster.why),
    ]);
  });
  if (tableWidth(columns, rows) <= width) return drawTable(columns, rows);
  return rollouts.flatMap((rollout) => block(rollout, width, style)).join('\n');
}

/** What holds up the whole template, unless a cluster says it. */
function ownState(rollout: TemplateRollout): TemplateRollout | undefined {
  return rollout.clusters.some(({ state }) => state === rollout.state) ? undefined : rollout;
}

function painted(state: RolloutState, text: string, style: Style): string {
  const colors = {
    done: style.green,
    waiting: style.yellow,
    paused: style.yellow,
    failing: style.red,
    nowhere: style.red,
  } as const;
  return colors[state](text);
}

function block(rollout: TemplateRollout, width: number, style: Style): string[] {
  const own = ownState(rollout);
  const stateText = ({ state, why }: { state: RolloutState; why?: string }) =>
    why === undefined ? state : `${state}: ${why}`;
  const entry = (state: RolloutState, text: string) => hanging(text, width).map((line) => painted(state, line, style));
  return [
    ...wrapped(`${rollout.template} · policy: ${rollout.policy ?? '-'}`, width),
    ...(own ? entry(own.state, stateText(own)) : []),
    ...rollout.clusters.flatMap((each) => entry(each.state, `${each.cluster}: ${factsOf(each)}; ${stateText(each)}`)),
  ];
}

/** `wanted 2, scheduled 2, ready 1, not healthy`. */
function factsOf(rollout: ClusterRollout): string {
  const [, wanted, scheduled, applied, ready, healthy] = cellsOf(rollout);
  return [
    `wanted ${wanted}`,
    `scheduled ${scheduled}`,
    ...(applied === 'no' ? ['not applied'] : []),
    ...(ready === '-' ? [] : [`ready ${ready}`]),
    ...(healthy === 'no' ? ['not healthy'] : healthy === 'unknown' ? ['health unknown'] : []),
  ].join(', ');
}

/** Templates in a view that is redrawn, which must fit on the screen. */
const mostInView = 6;

/** What a rollout still waits for, and how long it has taken. */
export function liveText(rollouts: readonly TemplateRollout[], seconds: number, options: TextOptions): string {
  const open = rollouts.filter(({ state }) => state === 'waiting' || state === 'failing');
  const done = `${rollouts.length - open.length} of ${counted(rollouts.length, 'template')} done, ${timeText(seconds)}`;
  if (open.length === 0) return done;
  const more = open.length > mostInView ? [`and ${open.length - mostInView} more`] : [];
  return [rolloutTable(open.slice(0, mostInView), options), ...more, done].join('\n');
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
