import type { RuleDescription } from '../../src/lint';

/** Short descriptions of the Karmada pitfalls that the rules cover. */
const pitfalls: readonly (readonly [id: string, words: string])[] = [
  ['P01', 'template that no policy selects'],
  ['P02', 'selector that selects nothing'],
  ['P03', 'unknown apiVersion or kind in a selector'],
  ['P04', 'target that Karmada never propagates'],
  ['P05', 'selector for another namespace'],
  ['P06', 'cluster-scoped kind in a namespaced policy'],
  ['P07', 'namespace on a cluster-scoped selector'],
  ['P08', 'two policies of equal priority'],
  ['P09', 'cluster policy that is outranked'],
  ['P10', 'priority without preemption'],
  ['P11', 'invalid label selector'],
  ['P12', 'name together with a label selector'],
  ['P13', 'Lazy policy applied with its templates'],
  ['P14', 'missing dependent override'],
  ['P15', "other scheduler than Karmada's"],
  ['P16', 'two templates with one binding name'],
  ['P17', 'custom resource without its definition'],
  ['P18', 'Namespace selected to limit its clusters'],
  ['P19', 'Namespace excluded from propagation'],
  ['P20', 'system labels set by hand'],
  ['P21', 'empty replicaScheduling'],
  ['P22', 'weight for a cluster outside the placement'],
  ['P23', 'candidate without a weight'],
  ['P24', 'no weight that matches'],
  ['P25', 'overlapping weights'],
  ['P26', 'too few replicas for the clusters'],
  ['P27', 'tie decided by the UID'],
  ['P28', 'dynamic together with static weights'],
  ['P29', 'settings of another strategy'],
  ['P30', 'spread constraints with static weights'],
  ['P31', 'omitted maxGroups'],
  ['P32', 'spreadByLabel'],
  ['P33', 'spread by zone or provider'],
  ['P34', 'minGroups too high'],
  ['P35', 'unknown, repeated or excluded cluster names'],
  ['P36', 'empty affinity'],
  ['P37', 'fallback that cannot trigger'],
  ['P38', 'broken selector inside a weight'],
  ['P39', 'zone In on clusters with several zones'],
  ['P40', 'taint that is not tolerated'],
  ['P41', 'Divided for kinds without replicas'],
  ['P42', '0 replicas with resource requests'],
  ['P43', 'field behind a feature gate'],
  ['P44', 'references that are not carried'],
  ['P45', 'references that propagateDeps does not follow'],
  ['P46', 'Service without backends'],
  ['P47', 'Ingress without its Service'],
  ['P48', 'state that is not moved'],
  ['P49', 'native autoscaler on a propagated Deployment'],
  ['P50', 'invalid target of an autoscaler'],
  ['P51', 'MultiClusterService without partner'],
  ['P52', 'deprecated lists of a MultiClusterService'],
  ['P53', 'Service that two controllers own'],
  ['P54', 'incomplete ServiceExport and ServiceImport'],
  ['P55', 'override that reaches nothing'],
  ['P56', 'overrides that compete'],
  ['P57', 'patch that cannot be applied'],
  ['P58', 'override without effect'],
  ['P59', 'failover that cannot act'],
  ['P60', 'one-shot and quota traps'],
];

const layers: Readonly<Record<RuleDescription['layer'], string>> = {
  schema: 'the API server rejects it',
  admission: 'a Karmada webhook rejects it',
  federation: 'Karmada accepts it, but it does not work as intended',
  advice: 'it works but can be improved',
};

/**
 * The text of docs/rules/README.md.
 *
 * @param catalog - every rule
 * @param covering - the rules that are about pitfalls
 */
export function rulesOverview(
  catalog: readonly RuleDescription[],
  covering: readonly { readonly id: string; readonly pitfalls?: readonly string[] }[],
): string {
  return `# Rules

${introduction}
## All rules

| Rule | Default | Layer | What it requires |
|---|---|---|---|
${catalog.map(({ id, severity, layer, summary }) => `| [${id}](${id}.md) | ${severity} | ${layer} | ${summary} |`).join('\n')}

The layers, in the order in which they are checked: ${Object.entries(layers)
    .map(([layer, words]) => `**${layer}**, ${words}`)
    .join('; ')}.

## Pitfalls of Karmada and their rules

| Pitfall | | Rules |
|---|---|---|
${pitfalls
  .map(
    ([id, words]) =>
      `| ${id} | ${words} | ${covering
        .filter(({ pitfalls: own }) => own?.includes(id))
        .map((rule) => `[${rule.id}](${rule.id}.md)`)
        .join(', ')} |`,
  )
  .join('\n')}
`;
}

const introduction = `<!-- Written by npm run rules. -->

The linter applies these rules in \`Federation.synth()\` and with

\`\`\`sh
npx cdk8s-karmada lint manifests/ --fleet fleet.yaml
\`\`\`

Every finding reports what is wrong, where, why it matters, and how to fix it. Errors stop \`Federation.synth()\` before it
writes files, and set the exit code to 1. If several rules report the same mistake, the most specific finding is shown and
the others are attached to it. Without a fleet, the linter skips checks that depend on the member clusters.

## Settings

The severity of each rule is set in code or in a configuration file in YAML or JSON
([schema](../../schemas/lint-config.schema.json)):

\`\`\`ts
new Federation({ fleet, lint: { 'no-tie-decided-by-uid': 'off' } });
\`\`\`

\`\`\`yaml
# npx cdk8s-karmada lint manifests/ --config lint.yaml
fleet: fleet.yaml            # relative to this file; --fleet takes precedence
karmada: '1.17'
featureGates: [Failover]     # enabled in the control plane; PropagateDeps=false disables one
rules:
  no-tie-decided-by-uid: off # or error, warning, info
calls:                       # requests that the linter cannot detect by name
  - client: Deployment/default/curl
    server: Service/default/pipy
\`\`\`

## Exceptions

A suppression needs a reason. In code it applies to a construct and its children:

\`\`\`ts
Lint.ignore(chart, 'no-tie-decided-by-uid', 'either cluster will do');
\`\`\`

On a manifest it is an annotation with one line for each rule:

\`\`\`yaml
metadata:
  annotations:
    cdk8s-karmada.dev/lint-ignore: |
      no-tie-decided-by-uid: either cluster will do
\`\`\`

An unused suppression is reported as a finding.
`;
