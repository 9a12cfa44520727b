import type { RuleDescription } from '../../src/lint';

/** The pitfalls of Karmada that rules are about, in a few words. */
const pitfalls: readonly (readonly [id: string, words: string])[] = [
  ['P01', 'template that no policy selects'],
  ['P02', 'selector that selects nothing'],
  ['P03', 'apiVersion or kind of a selector that is none'],
  ['P04', 'target that Karmada never propagates'],
  ['P05', 'selector of another namespace'],
  ['P06', 'cluster-scoped kind in a namespaced policy'],
  ['P07', 'namespace on a cluster-scoped selector'],
  ['P08', 'two policies of equal priority'],
  ['P09', 'cluster policy that is expected to win'],
  ['P10', 'priority without preemption'],
  ['P11', 'label selector that Kubernetes cannot read'],
  ['P12', 'name beside a label selector'],
  ['P13', 'Lazy policy applied with its templates'],
  ['P14', 'dependent override that is not there'],
  ['P15', "scheduler that is not Karmada's"],
  ['P16', 'two templates with one binding name'],
  ['P17', 'custom resource without its definition'],
  ['P18', 'Namespace selected to restrict it'],
  ['P19', 'Namespace that stays at home'],
  ['P20', 'system labels set by hand'],
  ['P21', 'empty replicaScheduling'],
  ['P22', 'weight for a cluster out of reach'],
  ['P23', 'candidate without a weight'],
  ['P24', 'no weight that matches'],
  ['P25', 'overlapping weights'],
  ['P26', 'too few replicas for the clusters'],
  ['P27', 'tie decided by the UID'],
  ['P28', 'dynamic beside static weights'],
  ['P29', 'settings of another strategy'],
  ['P30', 'spread constraints with static weights'],
  ['P31', 'maxGroups left out'],
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
  ['P44', 'references that are not carried along'],
  ['P45', 'references that propagateDeps does not follow'],
  ['P46', 'Service without backends'],
  ['P47', 'Ingress and Service apart'],
  ['P48', 'state that does not follow'],
  ['P49', 'native autoscaler on a propagated Deployment'],
  ['P50', 'problems with the target of an autoscaler'],
  ['P51', 'MultiClusterService without partner'],
  ['P52', 'deprecated lists of a MultiClusterService'],
  ['P53', 'Service that two controllers own'],
  ['P54', 'half of a ServiceExport and ServiceImport'],
  ['P55', 'override that reaches nothing'],
  ['P56', 'overrides that compete'],
  ['P57', 'patch that cannot be applied'],
  ['P58', 'override without effect'],
  ['P59', 'failover that cannot act'],
  ['P60', 'one-shot and quota traps'],
];

const layers: Readonly<Record<RuleDescription['layer'], string>> = {
  schema: 'the API server refuses it',
  admission: 'a webhook of Karmada refuses it',
  federation: 'Karmada accepts it silently',
  advice: 'it works, and could be better',
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

| Rule | Default | Layer | When it is silent |
|---|---|---|---|
${catalog.map(({ id, severity, layer, summary }) => `| [${id}](${id}.md) | ${severity} | ${layer} | ${summary} |`).join('\n')}

The layers, in the order in which they are looked at: ${Object.entries(layers)
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

What the linter looks for, in \`Federation.synth()\` and with

\`\`\`sh
npx cdk8s-karmada lint manifests/ --fleet fleet.yaml
\`\`\`

Every finding says what is wrong, where, why it matters, and what to do. Errors stop \`Federation.synth()\` before a file is
written, and make the exit code 1. Where several rules see one mistake, the most telling one speaks, and the others stand
behind it. Without a fleet, what depends on the member clusters is not looked at.

## Settings

Severities are set for each rule, in code or in a configuration file, which is YAML or JSON
([schema](../../schemas/lint-config.schema.json)):

\`\`\`ts
new Federation({ fleet, lint: { 'no-tie-decided-by-uid': 'off' } });
\`\`\`

\`\`\`yaml
# npx cdk8s-karmada lint manifests/ --config lint.yaml
fleet: fleet.yaml            # beside this file; --fleet comes first
karmada: '1.17'
featureGates: [Failover]     # switched on in the control plane; PropagateDeps=false switches one off
rules:
  no-tie-decided-by-uid: off # or error, warning, info
calls:                       # who sends requests to whom, where no name shows it
  - client: Deployment/default/curl
    server: Service/default/pipy
\`\`\`

## Exceptions

A rule is silenced with a reason: in code for what is below a construct,

\`\`\`ts
Lint.ignore(chart, 'no-tie-decided-by-uid', 'either cluster will do');
\`\`\`

and on any manifest by an annotation, a line for each rule:

\`\`\`yaml
metadata:
  annotations:
    cdk8s-karmada.dev/lint-ignore: |
      no-tie-decided-by-uid: either cluster will do
\`\`\`

What is silenced without need is a finding itself.
`;
