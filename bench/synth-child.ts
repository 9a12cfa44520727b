import { cdk8sL1, cdk8sPlus, cdk8sRaw } from './synth-contenders/cdk8s';
import { federatedApp, federatedAppLinted, federationRaw, federationTyped } from './synth-contenders/federation';
import type { Contender } from './synth-contenders/job';
import { cdk8sLayers, federationLayers } from './synth-contenders/layers';
import { json, jsYaml, kubernetesModels, yaml } from './synth-contenders/libraries';

/** All contenders by their name in the tables. */
export const contenders = {
  'JSON.stringify': json,
  'Federation, raw objects': federationRaw,
  'Federation, typed policies': federationTyped,
  'Federation, FederatedApp': federatedApp,
  'Federation, FederatedApp, linted': federatedAppLinted,
  'cdk8s, raw objects': cdk8sRaw,
  'cdk8s, L1': cdk8sL1,
  'cdk8s-plus': cdk8sPlus,
  yaml: yaml,
  'js-yaml': jsYaml,
  'kubernetes-models, validated': kubernetesModels,
  'Federation, layers': federationLayers,
  'cdk8s, layers': cdk8sLayers,
} as const satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;

/** Measurements of a process. */
export interface ChildResult {
  /** From the start of the work, including loading of libraries (except for layers), to the last file written. */
  readonly ownMilliseconds: number;
  readonly peakMegabytes: number;
}

/** One job in a separate process: `node synth-child.js CONTENDER APPS one|many OUTDIR`. */
function main([name, apps, charts, outdir]: readonly string[]): void {
  // For layers, only the time of the ordering is of interest, not the time to load cdk8s.
  if (name?.endsWith('layers')) for (const library of ['cdk8s', '../src']) require(library);
  const started = performance.now();
  contenders[name as ContenderName]({ apps: Number(apps), charts: charts as 'one' | 'many', outdir: String(outdir) });
  const result: ChildResult = {
    ownMilliseconds: performance.now() - started,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(result));
}

if (require.main === module) main(process.argv.slice(2));
