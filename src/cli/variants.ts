import type { Manifest } from '../kubernetes/manifest';
import { withReplicas } from '../kubernetes/replicas';
import {
  clustersLost,
  type FleetLike,
  type Loss,
  type LossPlan,
  type Plan,
  type PlanOptions,
  planOf,
  type TemplatePlan,
} from '../planner';
import { templateNames } from '../planner/template-names';
import { ModelError } from '../problem/model-error';
import type { ScaledAfterLoss, Variant } from '../report';
import { UsageError } from './cli-error';

/** Maximum number of plans side by side. */
const mostVariants = 40;

/** The plans that `--replicas` and `--without` ask for, in the order given. */
export function variantsOf(
  plan: Plan,
  manifests: readonly Manifest[],
  options: PlanOptions,
  asked: { readonly replicas?: readonly string[]; readonly without?: readonly string[] },
): Variant[] {
  const changes = [
    ...(asked.replicas ?? []).flatMap((text) => replicaChanges(text, plan)),
    ...(asked.without ?? []).map((text) => unjoined(text, plan)),
  ];
  if (changes.length > mostVariants) {
    throw new UsageError(`${changes.length} variants are asked for, at most ${mostVariants} can be shown`);
  }
  return changes.map(({ name, series, manifestsOf, fleet }) => ({
    name,
    series,
    plan: planOf(manifestsOf ? manifestsOf(manifests) : manifests, fleet ? { ...options, fleet } : options),
  }));
}

interface Change {
  readonly name: string;
  readonly manifestsOf?: (manifests: readonly Manifest[]) => readonly Manifest[];
  readonly fleet?: FleetLike;
  readonly series: string;
}

/** `pipy=1..6`: six changes. */
function replicaChanges(text: string, plan: Plan): Change[] {
  const [, name, range] = /^(.+)=([\d.,]+)$/.exec(text) ?? [];
  if (name === undefined || range === undefined) {
    throw new UsageError(`--replicas ${text} is not understood: write pipy=3, pipy=1..6 or pipy=1,5`);
  }
  const templates = templatesNamed(name, plan);
  return numbersOf(range, text).map((replicas) => ({
    name: `${name}=${replicas}`,
    series: name,
    manifestsOf: (manifests) =>
      manifests.map((manifest) =>
        templates.some((template) => template.manifest === manifest || template.manifest.object === manifest.object)
          ? { ...manifest, object: withReplicas(manifest.object, replicas) }
          : manifest,
      ),
  }));
}

function templatesNamed(name: string, plan: Plan): readonly TemplatePlan[] {
  const matching = plan.templates.filter((template) => templateNames(template).includes(name));
  const scalable = matching.filter(hasReplicas);
  if (scalable.length > 0) return scalable;
  if (matching.length > 0) throw new UsageError(`--replicas ${name}: ${matching[0]?.key} has no replicas`);
  const known = plan.templates.filter(hasReplicas).map(({ key }) => key);
  throw new UsageError(
    `--replicas ${name}: no template has this name; ${known.length > 0 ? `with replicas there are ${known.slice(0, 6).join(', ')}${known.length > 6 ? ', …' : ''}` : 'none has replicas'}`,
  );
}

function hasReplicas({ countsReplicas, manifest: { object } }: TemplatePlan): boolean {
  const { replicas } = (object.spec ?? {}) as { replicas?: unknown };
  return countsReplicas || typeof replicas === 'number';
}

function numbersOf(range: string, text: string): number[] {
  return range.split(',').flatMap((part) => {
    const [, from, to = from] = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from)) {
      throw new UsageError(
        `--replicas ${text} is not understood: "${part}" is neither a number nor a range such as 1..6`,
      );
    }
    const count = Number(to) - Number(from) + 1;
    if (count > mostVariants)
      throw new UsageError(`--replicas ${text} asks for ${count} variants, at most ${mostVariants} can be shown`);
    return Array.from({ length: count }, (_, index) => Number(from) + index);
  });
}

/** `member1,member2`, `region=eu`: all at once. */
function unjoined(text: string, plan: Plan): Change {
  const gone = new Set(namedClusters('--without', text, plan));
  const clusters = plan.clusters.filter(({ name }) => !gone.has(name));
  if (clusters.length === 0) throw new UsageError(`--without ${text}: no cluster would be left`);
  const name = text
    .split(',')
    .map((part) => part.trim())
    .join(' and ');
  return { name: `without ${name}`, series: '--without', fleet: clusters };
}

/** What `--replicas` means while clusters are lost, in the order given. */
export function scaledAfter(
  loss: LossPlan,
  manifests: readonly Manifest[],
  replicas: readonly string[] = [],
): readonly ScaledAfterLoss[] {
  const changes = replicas.flatMap((text) => replicaChanges(text, loss.before));
  return changes.map(({ name, series, manifestsOf }) => {
    const templates = templatesNamed(series, loss.before).map(({ key }) => key);
    return { name, templates, change: loss.changed(manifestsOf ? manifestsOf(manifests) : manifests) };
  });
}

/** A loss that `--lost` or `--evicted` asks about. */
export interface AskedLoss {
  /** What the user wrote. */
  readonly name: string;
  readonly loss: Loss;
}

/** The losses that `--lost` and `--evicted` ask about, in the order given. @throws UsageError for clusters that are not there */
export function lossesOf(
  plan: Plan,
  asked: { readonly lost?: readonly string[]; readonly evicted?: readonly string[] },
): readonly AskedLoss[] {
  const losses = (['lost', 'evicted'] as const).flatMap((kind) =>
    (asked[kind] ?? []).map((name) => ({ name, loss: { kind, clusters: namedClusters(`--${kind}`, name, plan) } })),
  );
  if (losses.length <= mostVariants) return losses;
  throw new UsageError(`${losses.length} losses are asked for, at most ${mostVariants} can be shown`);
}

function namedClusters(option: string, text: string, { clusters }: Plan): readonly string[] {
  try {
    return clustersLost(text, clusters);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new UsageError(`${option} ${text}: ${error.problem}; ${error.fix}`);
  }
}
