import { type AppliedObject, type ApplyPreview, type ApplyResult, isSuccess, type Kubectl } from '../apply';
import { type KubernetesObject, objectKey } from '../kubernetes/object';
import { counted, printable, printableLines } from '../problem/words';
import { hanging, labelled, planText, type Style, styleFor } from '../report';
import { placementMoves } from './placement-moves';
import { timeText } from './rollout-text';
import type { UnservedCall } from './unserved-calls';

interface PreviewOptions {
  readonly width: number;
  readonly color: boolean;
  /** Shell commands that do the same; none unless it is a dry run. */
  readonly commands: readonly string[];
}

/** The effects of an apply: objects, placement, members, pruning. */
export function previewText(preview: ApplyPreview, options: PreviewOptions): string {
  const { plan, bindings, diff, later, prune, members, adopted } = preview;
  const style = styleFor(options.color);
  const moves = placementMoves(plan, bindings).map(({ template, cluster, before, after }) => {
    return printable(`  ${template} in ${cluster}: ${before} → ${after}`);
  });
  const doomed = keysOf(prune.objects).map((key) => `  ${style.red('-')} ${printable(key)}`);
  const reasons = (items: ApplyPreview['adopted']) =>
    items.flatMap(({ object, why }) => hanging(`${object}: ${why}`, options.width));
  return [
    ...section('Objects that change', diff === '' ? [] : [coloredDiff(diff, style)], style),
    ...section(
      'New, in a new namespace or of a new kind',
      keysOf(later).map((key) => printable(`  ${key}`)),
      style,
    ),
    planText(plan, options),
    '\n',
    ...section('Replicas that move', moves, style),
    ...section('To be deleted after the rollout, because they are not in the manifests', doomed, style),
    ...section('Not in the manifests, but not deleted', reasons(prune.kept), style),
    ...section('Created by others, and now applied by this application', reasons(adopted), style),
    ...members.notReady.map((name) => `${style.yellow('warning')}: member ${name} is not ready\n`),
    ...members.unexpected.map((name) => `note: member ${name} is not in the fleet\n`),
    ...section('Commands', options.commands, style),
    diff === '' && later.length === 0 && doomed.length === 0 ? 'no object changes\n' : '',
  ].join('');
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [`${style.bold(title)}\n`, ...lines.map((line) => `${line.trimEnd()}\n`), '\n'];
}

function coloredDiff(diff: string, style: Style): string {
  return printableLines(diff)
    .split('\n')
    .map((line) => (line.startsWith('+') ? style.green(line) : line.startsWith('-') ? style.red(line) : line))
    .join('\n');
}

function keysOf(objects: readonly KubernetesObject[]): string[] {
  return objects.map((object) => objectKey(object));
}

/** What a step of an apply did: `policies: created PropagationPolicy/default/web; 2 unchanged`. */
export function writtenText(objects: readonly AppliedObject[], width: number): string {
  const unchanged = objects.filter(({ change }) => change === 'unchanged').length;
  const parts = (['created', 'changed'] as const).flatMap((change) => {
    const keys = objects.filter((each) => each.change === change).map(({ object }) => object);
    return keys.length === 0 ? [] : [`${change} ${keys.join(', ')}`];
  });
  const text = [...parts, ...(unchanged > 0 ? [`${unchanged} unchanged`] : [])].join('; ');
  return hanging(`${objects[0]?.stage}: ${text}`, width)
    .map((line) => `${line}\n`)
    .join('');
}

interface OutcomeOptions {
  readonly width: number;
  readonly style: Style;
  /** How long the apply took. */
  readonly seconds: number;
  /** Folder that a dry run wrote. @default - none */
  readonly out?: string;
  /** Calls whose server has no pod in a cluster of the client. */
  readonly unserved: readonly UnservedCall[];
}

export function outcomeText(result: ApplyResult, options: OutcomeOptions): string {
  const lines = [...refusalLines(result, options), ...outcomeLines(result, options)];
  return lines.map((line) => `${line}\n`).join('');
}

/** A text behind a label, each of its lines wrapped. */
function entry(label: string, text: string, { width, style }: OutcomeOptions): string[] {
  const lines = text.split('\n').flatMap((line, index) => labelled(index === 0 ? label : '', line, width, ''));
  const paint = label === 'tie' || label === 'event' ? style.bold : label === 'warning' ? style.yellow : style.red;
  return lines.map((line, index) => (index === 0 ? `${paint(label)}${line.slice(label.length)}` : line).trimEnd());
}

function refusalLines({ preview, problems }: ApplyResult, options: OutcomeOptions): string[] {
  const refused = (text: string, fix: string, more: readonly string[] = []) => {
    return entry('refused', [text, ...more, `fix  ${fix}`].join('\n'), options);
  };
  const ours = (preview?.refused ?? []).flatMap(({ object, causes }) =>
    causes.flatMap(({ path, message, fix }) => refused(`${object}  ${path}  ${printable(message)}`, fix)),
  );
  const failures = (preview?.failures ?? []).flatMap(({ template, cluster, why }) =>
    refused(
      `${template}  Karmada cannot create its copy for ${cluster}: ${printable(why)}`,
      'correct the override policy; until then the cluster keeps its present object',
    ),
  );
  const server = [...(preview?.problems ?? []), ...problems].flatMap(({ object, message, fix, conflicts }) => {
    const owners = conflicts.map(({ manager, field }) => `${field} is owned by ${manager}`);
    return refused(`${object}  ${message.trimEnd()}`, fix, owners);
  });
  return [...ours, ...failures, ...server];
}

function outcomeLines(result: ApplyResult, options: OutcomeOptions): string[] {
  const { outcome, applied, rollouts, differences, warnings, why = '' } = result;
  const { style } = options;
  const written = writtenSummary(result);
  const time = timeText(options.seconds);
  const again = 'run the same apply again to continue';
  switch (outcome) {
    case 'applied': {
      const nowhere = rollouts.filter(({ state }) => state === 'nowhere').map(({ template }) => template);
      const text = `${written}, in ${time}`;
      const open = nowhere.length > 0 ? entry('nowhere', `${nowhere.join(', ')}: no policy selects it`, options) : [];
      return [...settledLines(result, options), ...open, open.length > 0 ? text : style.green(text)];
    }
    case 'planned': {
      const text = `dry run: ${options.out === undefined ? 'nothing' : `only ${printable(options.out)}`} was written`;
      return [isSuccess(result) ? text : `${text}; some templates are not scheduled anywhere`];
    }
    case 'declined':
      return ['nothing was written'];
    case 'refused':
      return applied.length === 0
        ? ['nothing was written']
        : [`stopped after ${written}`, `correct the objects, then ${again}`];
    case 'failed':
    case 'timeout': {
      const unfinished = rollouts.filter(
        ({ state }) => state === 'failing' || (outcome === 'timeout' && state === 'waiting'),
      );
      return [
        ...unfinished.flatMap((rollout) => entry(rollout.state, `${rollout.template}  ${rollout.why ?? ''}`, options)),
        ...warnings
          .filter((warning) => !isTold(warning, rollouts))
          .flatMap(({ template, reason, message }) =>
            entry('event', `${template}  ${reason}: ${printable(message)}`, options),
          ),
        `${outcome === 'failed' ? `the rollout failed after ${time}` : why}: ${written}, nothing was pruned`,
      ];
    }
    case 'different':
      return [
        ...differences.flatMap(({ template, planned, live }) =>
          entry('differs', `${template}  planned ${planned}; is ${live}`, options),
        ),
        ...settledLines(result, options),
        `${written}, but the placement differs from the plan`,
      ];
    case 'not-pruned':
      return [...entry('not deleted ', why, options), `${written}, in ${time}`, again];
    case 'interrupted':
      return [applied.length === 0 ? 'interrupted: no object was applied' : `interrupted after ${written}`, again];
    default:
      return outcome satisfies never;
  }
}

/** Whether the state of the template has the same reason as an event. */
function isTold({ template, message }: ApplyResult['warnings'][number], rollouts: ApplyResult['rollouts']): boolean {
  return rollouts.some((rollout) => rollout.template === template && rollout.why?.includes(message));
}

/** `5 objects: 1 created, 4 unchanged; 1 deleted`. */
function writtenSummary({ applied, pruned }: ApplyResult): string {
  const counts = (['created', 'changed', 'unchanged'] as const).flatMap((change) => {
    const count = applied.filter((each) => each.change === change).length;
    return count > 0 ? [`${count} ${change}`] : [];
  });
  const deleted = pruned.length > 0 ? `; ${pruned.length} deleted` : '';
  return `${counted(applied.length, 'object')}: ${counts.join(', ')}${deleted}`;
}

/** What only the rollout decided: the results of ties, and what they mean for clients. */
function settledLines({ ties }: ApplyResult, options: OutcomeOptions): string[] {
  return [
    ...ties.flatMap(({ template, planned, came }) =>
      entry('tie', `${template} came as ${came}\nas planned: either ${planned.join('\nor ')}`, options),
    ),
    ...options.unserved.flatMap(({ object, message, fix }) =>
      entry('warning', `${object} ${message}\nfix  ${fix}`, options),
    ),
  ];
}

/** `apply --json` without the envelope. */
export function applyJson(result: ApplyResult, application: string | undefined, kubectl: Kubectl): object {
  const { outcome, preview, applied, problems, pruned, rollouts, differences, ties, warnings, why } = result;
  return {
    application: application ?? null,
    context: kubectl.target.context,
    outcome,
    ...(why !== undefined && { why }),
    refused: preview?.refused ?? [],
    failures: (preview?.failures ?? []).map(({ template, cluster, why: reason }) => ({
      template,
      cluster,
      why: reason,
    })),
    problems: [...(preview?.problems ?? []), ...problems],
    members: preview?.members ?? { missing: [], notReady: [], unexpected: [] },
    plan: preview?.plan.toJSON() ?? null,
    moves: preview ? placementMoves(preview.plan, preview.bindings) : [],
    diff: preview?.diff ?? '',
    adopted: preview?.adopted ?? [],
    prune: {
      planned: keysOf(preview?.prune.objects ?? []),
      kept: preview?.prune.kept ?? [],
      done: pruned,
    },
    applied,
    templates: rollouts,
    differences,
    ties,
    warnings,
    summary: {
      success: isSuccess(result),
      applied: applied.length,
      changed: applied.filter(({ change }) => change !== 'unchanged').length,
      pruned: pruned.length,
      done: rollouts.filter(({ state }) => state === 'done' || state === 'paused').length,
      templates: rollouts.length,
    },
  };
}
