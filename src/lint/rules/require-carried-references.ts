import { type ObjectReference, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import type { TemplatePlan } from '../../planner';
import type { Interpreter } from '../../planner/interpret/interpreter';
import { neverPropagated } from '../../planner/matching/never-propagated';
import { joinWords } from '../../problem/words';
import { isMadeByKubernetes } from '../analysis/preexisting';
import { fixForUnsent, type Gap, missingCause, whyUnmatched } from '../analysis/templates-by-name';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** An object that another one needs in the same cluster. */
interface Needed extends ObjectReference {
  /** Field that names it. @default - only Karmada's interpreter knows the field */
  readonly path?: string;
}

/** @see Karmada v1.18.2 pkg/util/helper/pod.go and pkg/dependenciesdistributor/dependencies_distributor.go */
export const requireCarriedReferences = definePlanRule({
  id: 'require-carried-references',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P44'],
  rank: 250,
  summary: 'Objects that pods refer to go to the same clusters as the pods.',
  rationale:
    'Karmada sends only what policies select: pods do not start in a cluster without the ConfigMap, Secret, ServiceAccount or volume claim that they name',
  check(context) {
    const carried = context.templatesByName;
    const interpreter = context.interpreter;
    for (const from of context.plan.templates) {
      for (const needed of neededBy(from, context)) {
        const to = carried.find(needed);
        const gap = to && to !== from ? carried.gap(from, to) : undefined;
        if (!to || !gap || !stillNeeds(from, needed, gap.clusters, context)) continue;
        report({ from, needed, to, gap, interpreter }, context);
      }
    }
  },
});

/** An object that is missing in clusters where another object needs it. */
interface Missing {
  readonly from: TemplatePlan;
  readonly needed: Needed;
  readonly to: TemplatePlan;
  readonly gap: Gap;
  readonly interpreter: Interpreter;
}

function report(missing: Missing, context: PlanContext): void {
  const { from, to, gap } = missing;
  const { path } = missing.needed;
  const clusters = joinWords(gap.clusters, 'and');
  const sent = to.possibleClusters;
  const where = sent.length > 0 ? `: it goes only to ${joinWords(sent, 'and')}` : `: ${whyUnmatched(to)}`;
  context.report({
    at: from.manifest,
    ...(path !== undefined && { path }),
    ...(gap.byChance && { severity: 'info' }),
    message: `needs ${to.key}, which ${gap.byChance ? 'may not be' : 'is not'} sent to ${clusters}${where}`,
    ...(from.manifest.object.kind === 'Ingress' && {
      why: 'Karmada sends only what policies select: an Ingress without its certificate uses a different one',
    }),
    fix: fixOf(missing),
    cause: missingCause(to),
  });
}

function fixOf({ from, to, gap, interpreter }: Missing): string {
  const select = fixForUnsent(
    to,
    gap.clusters,
    `select ${to.key} in a policy for ${joinWords(gap.clusters, 'and')} as well`,
  );
  if (
    !from.policy ||
    neverPropagated(to.manifest.object) !== undefined ||
    fieldAt(from.policy.object.spec, 'propagateDeps') === true
  )
    return select;
  // Karmada follows references only for kinds that it has an interpreter for.
  const followed = interpreter.dependenciesOf(from.manifest.object);
  const { kind, metadata } = to.manifest.object;
  const isFollowed =
    followed.kind === 'stated' &&
    followed.references.some((reference) => reference.kind === kind && reference.name === metadata?.name);
  return isFollowed ? `set propagateDeps: true in ${objectKey(from.policy.object)}, or ${select}` : select;
}

const none: readonly Needed[] = [];
const carriedKinds: ReadonlySet<string> = new Set(['ConfigMap', 'Secret', 'ServiceAccount', 'PersistentVolumeClaim']);

/** References that propagateDeps follows, and the other required references of pods. */
function neededBy(
  { manifest: { object } }: TemplatePlan,
  { interpreter, podReferencesOf }: PlanContext,
): readonly Needed[] {
  const namespace = textOf(object.metadata?.namespace);
  const isNeeded = (reference: Pick<ObjectReference, 'apiVersion' | 'kind'> & { readonly name: string }) =>
    carriedKinds.has(reference.kind) && !isMadeByKubernetes(reference);
  const inPods = podReferencesOf(object);
  if (inPods.length === 0 && podTemplateOf(object) !== undefined) return none;
  const needed = new Map<string, Needed>();
  for (const { apiVersion, kind, name, path, optional } of inPods) {
    if (optional || !isNeeded({ apiVersion, kind, name }) || needed.has(`${kind}/${name}`)) continue;
    needed.set(`${kind}/${name}`, { apiVersion, kind, namespace, name, path });
  }
  if (podTemplateOf(object) !== undefined) return [...needed.values()];
  const followed = interpreter.dependenciesOf(object);
  for (const { apiVersion, kind, name } of followed.kind === 'stated' ? followed.references : []) {
    if (name === undefined || !isNeeded({ apiVersion, kind, name }) || needed.has(`${kind}/${name}`)) continue;
    const path = object.kind === 'Ingress' ? tlsPath(object.spec, name) : undefined;
    needed.set(`${kind}/${name}`, { apiVersion, kind, namespace, name, ...(path !== undefined && { path }) });
  }
  return [...needed.values()];
}

function tlsPath(spec: unknown, secret: string): string | undefined {
  const index = listOf(fieldAt(spec, 'tls')).findIndex((tls) => fieldAt(tls, 'secretName') === secret);
  return index < 0 ? undefined : `spec.tls[${index}].secretName`;
}

/** Overrides can remove a reference for some clusters. Evaluated only for missing objects because it is expensive. */
function stillNeeds(
  from: TemplatePlan,
  { kind, name, path }: Needed,
  clusters: readonly string[],
  { podReferencesOf }: PlanContext,
): boolean {
  if (path === undefined || from.manifest.object.kind === 'Ingress') return true;
  return clusters.some((cluster) => {
    const received = from.objectsIn(cluster).flatMap((one) => (one.kind === 'received' ? [one.object] : []));
    return (
      received.length === 0 ||
      received.some((object) =>
        podReferencesOf(object).some((each) => each.kind === kind && each.name === name && !each.optional),
      )
    );
  });
}
