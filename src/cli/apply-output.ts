import {
  type ApplyPreview,
  type ApplyResult,
  applyArgs,
  deleteArgs,
  isSuccess,
  type Kubectl,
  pruneSteps,
  staged,
} from '../apply';
import { type KubernetesObject, objectKey } from '../kubernetes/object';
import { printable, printableData, printableLines } from '../problem/words';
import { commandText } from '../process/run-program';
import { planText, type Style, styleFor } from '../report';
import { placementMoves } from './placement-moves';

interface PreviewOptions {
  readonly width: number;
  readonly color: boolean;
  readonly kubectl: Kubectl;
  /** Whether to print the commands too. */
  readonly dryRun: boolean;
  readonly forceConflicts: boolean;
}

/** The effects of an apply: objects, placement, members, pruning. */
export function previewText(preview: ApplyPreview, options: PreviewOptions): string {
  const { plan, bindings, diff, later, prune, members, adopted } = preview;
  const style = styleFor(options.color);
  const moves = placementMoves(plan, bindings).map(({ template, cluster, before, after }) => {
    return printable(`  ${template} in ${cluster}: ${before} → ${after}`);
  });
  const doomed = keysOf(prune.objects).map((key) => `  ${style.red('-')} ${printable(key)}`);
  const reasons = (items: ApplyPreview['adopted']) => items.map(({ object, why }) => printable(`  ${object}: ${why}`));
  return [
    ...section('Objects that change', diff === '' ? [] : [coloredDiff(diff, style)], style),
    ...section(
      'New, in a new namespace or of a new kind',
      keysOf(later).map((key) => printable(`  ${key}`)),
      style,
    ),
    planText(plan, options),
    ...section('Replicas that move', moves, style),
    ...section('To be deleted after the rollout, because they are not in the manifests', doomed, style),
    ...section('Not in the manifests, but not deleted', reasons(prune.kept), style),
    ...section('Created by others, and now applied by this application', reasons(adopted), style),
    ...members.notReady.map((name) => `${style.yellow('warning')}: member ${name} is not ready\n`),
    ...members.unexpected.map((name) => `note: member ${name} is not in the fleet\n`),
    ...(options.dryRun ? section('Commands', commandLines(preview, options), style) : []),
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

/** The kubectl calls that write, each with the objects of its standard input. */
function commandLines({ objects: all, prune }: ApplyPreview, { kubectl, forceConflicts }: PreviewOptions): string[] {
  const applies = [...staged(all)].map(
    ([stage, objects]) =>
      `  ${commandText(kubectl.call(applyArgs({ forceConflicts })))}  # ${stage}: ${printable(keysOf(objects).join(', '))}`,
  );
  const deletes = pruneSteps(prune.objects).map(
    (objects) => `  ${commandText(kubectl.call(deleteArgs))}  # ${printable(keysOf(objects).join(', '))}`,
  );
  return [...applies, ...deletes];
}

function keysOf(objects: readonly KubernetesObject[]): string[] {
  return objects.map((object) => objectKey(object));
}

export function outcomeText(result: ApplyResult, style: Style): string {
  const lines = [...refusalLines(result, style), ...outcomeLines(result, style)];
  return lines.map((line) => `${line}\n`).join('');
}

function refusalLines({ preview, problems }: ApplyResult, style: Style): string[] {
  const refused = printableData(preview?.refused ?? []).flatMap(({ object, causes }) =>
    causes.flatMap(({ path, message, fix }) => [
      `${style.red('refused')}  ${object}  ${path}  ${message}`,
      `         fix  ${fix}`,
    ]),
  );
  const failures = printableData(preview?.failures ?? []).flatMap(({ template, cluster, why }) => [
    `${style.red('refused')}  ${template}  Karmada cannot create its copy for ${cluster}: ${why}`,
    '         fix  correct the override policy; until then the cluster keeps its present object',
  ]);
  const server = [...(preview?.problems ?? []), ...problems].flatMap(({ object, message, fix, conflicts }) => [
    `${style.red('refused')}  ${printable(object)}  ${printableLines(message)}`,
    ...conflicts.map(({ manager, field }) => printable(`         ${field} is owned by ${manager}`)),
    `         fix  ${fix}`,
  ]);
  return [...refused, ...failures, ...server];
}

function outcomeLines(result: ApplyResult, style: Style): string[] {
  const { outcome, applied, pruned } = result;
  const { rollouts, differences, warnings } = printableData({
    rollouts: result.rollouts,
    differences: result.differences,
    warnings: result.warnings,
  });
  const why = printableLines(result.why ?? '');
  const changed = applied.filter(({ change }) => change !== 'unchanged').length;
  const written = `${applied.length} applied (${changed} changed)${pruned.length > 0 ? `, ${pruned.length} deleted` : ''}`;
  const again = 'run the same apply again to continue';
  switch (outcome) {
    case 'applied': {
      const nowhere = rollouts.filter(({ state }) => state === 'nowhere').map(({ template }) => template);
      if (nowhere.length === 0) return [style.green(written)];
      return [written, `${style.red('nowhere')}  ${nowhere.join(', ')}: no policy selects it`];
    }
    case 'planned':
      return [
        isSuccess(result)
          ? 'dry run: nothing was written'
          : 'dry run: nothing was written; some templates are not scheduled anywhere',
      ];
    case 'declined':
      return ['nothing was written'];
    case 'refused':
      return [
        applied.length === 0 ? 'nothing was written' : `stopped after ${written}; correct the objects, then ${again}`,
      ];
    case 'failed':
    case 'timeout': {
      const unfinished = rollouts.filter(
        ({ state }) => state === 'failing' || (outcome === 'timeout' && state === 'waiting'),
      );
      const reasons = unfinished.map(
        (rollout) => `${style.red(rollout.state)}  ${rollout.template}  ${rollout.why ?? ''}`,
      );
      return [
        ...reasons,
        ...warnings.map(({ template, reason, message }) => `event    ${template}  ${reason}: ${message}`),
        `${outcome === 'failed' ? 'the rollout failed' : why}: ${written}, nothing was pruned`,
      ];
    }
    case 'different':
      return [
        ...differences.map(
          ({ template, planned, live }) => `${style.red('differs')}  ${template}  planned ${planned}; is ${live}`,
        ),
        `${written}, but the placement differs from the plan`,
      ];
    case 'not-pruned':
      return [`${style.red('not deleted')}  ${why}`, `${written}; ${again}`];
    case 'interrupted':
      return [applied.length === 0 ? 'interrupted: no object was applied' : `interrupted after ${written}`, again];
    default:
      return outcome satisfies never;
  }
}

/** `apply --json` without the envelope. */
export function applyJson(result: ApplyResult, application: string | undefined, kubectl: Kubectl): object {
  const { outcome, preview, applied, problems, pruned, rollouts, differences, warnings, why } = result;
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
