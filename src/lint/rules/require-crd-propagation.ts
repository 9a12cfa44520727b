import { definedKind, isDefinition } from '../../kubernetes/custom-definition';
import type { Manifest } from '../../kubernetes/manifest';
import { appendTo } from '../../kubernetes/map-entries';
import { groupKindKey, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { type PropagationPolicy, policyKey } from '../../planner/control-plane-state/policy';
import { isBuiltIn } from '../../planner/schedule/api-enablement';
import { joinWords } from '../../problem/words';
import { missingPolicy } from '../analysis/missing-object';
import type { ChosenPolicy } from '../analysis/policy-choice';
import { definitionCause } from '../analysis/unselected-templates';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/framework/plugins/apienablement */
export const requireCrdPropagation = defineRule({
  id: 'require-crd-propagation',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P17'],
  rank: 80,
  summary: 'The CustomResourceDefinition of a kind goes to the same clusters as its objects.',
  rationale:
    'the scheduler excludes every cluster that does not serve the kind; if no cluster remains, nothing is placed',
  check(context) {
    const definitions = new Map<string, ChosenPolicy>();
    const objects = new Map<string, ChosenPolicy[]>();
    for (const choice of context.policyChoices) {
      const { object } = choice.template;
      if (isDefinition(object)) definitions.set(definedKind(object), choice);
      if (!choice.winner || isBuiltIn(object.apiVersion)) continue;
      const kind = groupKindKey(object);
      appendTo(objects, kind, choice);
    }
    for (const [kind, choices] of objects) {
      const definition = definitions.get(kind);
      const lacking = choices
        .map((choice) => ({ choice, ...lackOf(choice, context) }))
        .filter(({ clusters }) => clusters);
      if (definition && !context.plan) reportUnsent(kind, definition, choices, context);
      else if (lacking.length > 0 && definition) reportDefinition(kind, definition, lacking, context);
      else for (const lack of lacking) reportObject(kind, lack, context);
    }
  },
});

/** Where an object would go if its kind were served there. */
interface Lack {
  readonly choice: ChosenPolicy;
  /** @default - no cluster lacks the kind */
  readonly clusters?: readonly string[];
  /** Whether no cluster is left. */
  readonly nowhere?: boolean;
}

function lackOf({ template }: ChosenPolicy, { plannedTemplate }: LintContext): Omit<Lack, 'choice'> {
  const planned = plannedTemplate(template);
  const clusters = (planned?.exclusions ?? []).flatMap(({ cluster, reasons }) =>
    reasons.every(({ plugin }) => plugin === 'APIEnablement') ? [cluster] : [],
  );
  return clusters.length === 0 ? {} : { clusters, nowhere: planned?.candidates.length === 0 };
}

/** Without a fleet, the result is certain only if no policy sends the definition. */
function reportUnsent(
  kind: string,
  { template, winner }: ChosenPolicy,
  choices: readonly ChosenPolicy[],
  context: LintContext,
): void {
  if (winner) return;
  const { report } = context;
  report({
    at: template,
    missing: missingPolicy,
    message: `${nameOf(template)} is selected by no policy, but ${keysOf(choices)} ${choices.length === 1 ? 'is' : 'are'} propagated`,
    fix: 'select the CustomResourceDefinition in a ClusterPropagationPolicy for the same clusters',
    cause: [...context.causesOfUnselected(template), definitionCause(kind)],
  });
}

function reportDefinition(
  kind: string,
  { template, winner }: ChosenPolicy,
  lacking: readonly Lack[],
  context: LintContext,
): void {
  const { plannedTemplate, report } = context;
  const outcome = plannedTemplate(template)?.outcome;
  // Other rules report a policy that places nothing.
  if (winner && (outcome?.kind === 'unschedulable' || outcome?.kind === 'atRunTime')) return;
  const where = joinWords([...new Set(lacking.flatMap(({ clusters = [] }) => clusters))], 'and');
  const what = keysOf(lacking.map(({ choice }) => choice));
  report({
    at: template,
    ...(!winner && { missing: missingPolicy }),
    message: winner
      ? `${nameOf(template)} does not go to ${where}, where ${what} should go`
      : `${nameOf(template)} is selected by no policy, so ${what} cannot go to ${where}`,
    fix: winner
      ? `add ${where} to the placement of ${policyKey(winner.policy)}, or remove ${where} from the placement of ${policiesOf(lacking)}`
      : `select the CustomResourceDefinition in a ClusterPropagationPolicy for ${where}, or declare in the fleet that the clusters serve the kind`,
    cause: winner ? definitionCause(kind) : [...context.causesOfUnselected(template), definitionCause(kind)],
  });
}

/** The definition is not in the manifests. If it is installed elsewhere, the fleet can declare it. */
function reportObject(kind: string, { choice, clusters = [], nowhere }: Lack, { fleet, report }: LintContext): void {
  const { template, winner } = choice;
  const stated = new Set((fleet ?? []).filter(({ apiEnablements }) => apiEnablements).map(({ name }) => name));
  const sure = clusters.filter((cluster) => stated.has(cluster));
  const named = winner ? namedClusters(winner.policy) : new Set<string>();
  const severity =
    sure.length < clusters.length
      ? 'info'
      : nowhere
        ? 'error'
        : sure.some((each) => named.has(each))
          ? 'warning'
          : 'info';
  const { apiVersion, kind: name } = template.object;
  const what = `${apiVersion} ${name}`;
  report({
    at: template,
    severity,
    missing: { kinds: ['CustomResourceDefinition', 'ClusterPropagationPolicy'] },
    message: `${objectKey(template.object)} cannot go to ${joinWords(clusters, 'and')}: ${
      sure.length === 0
        ? `${what} is not known to be served there`
        : `${what} is not served in ${joinWords(sure, 'and')}`
    }`,
    fix: `propagate the CustomResourceDefinition of ${name} there, or declare in the fleet that the clusters serve ${apiVersion}`,
    cause: definitionCause(kind),
  });
}

function namedClusters({ spec }: PropagationPolicy): ReadonlySet<unknown> {
  const { placement } = spec;
  const terms = [placement?.clusterAffinity, ...listOf(placement?.clusterAffinities)];
  return new Set(terms.flatMap((term) => listOf(fieldAt(term, 'clusterNames'))));
}

function nameOf({ object }: Manifest): string {
  return `the definition of ${textOf(fieldAt(object.spec, 'names', 'kind'))}, ${textOf(object.metadata?.name)},`;
}

function keysOf(choices: readonly ChosenPolicy[]): string {
  return joinWords(
    choices.map(({ template }) => objectKey(template.object)),
    'and',
  );
}

function policiesOf(lacking: readonly Lack[]): string {
  const keys = lacking.flatMap(({ choice: { winner } }) => (winner ? [policyKey(winner.policy)] : []));
  return joinWords([...new Set(keys)], 'and');
}
