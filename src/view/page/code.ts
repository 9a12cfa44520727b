import { type LiteralValue, printLiteral, printText } from '../../import/print-typescript';
import { fieldAt, listOf, numberOf, recordOf } from '../../kubernetes/plain-data';
import { replicasField } from '../../kubernetes/replicas';
import { emitYaml } from '../../yaml/emit';
import type { ViewData } from '../view-data';
import { reweighted, type WhatIf, weightEntries } from '../what-if';

/** A change of the page as text to copy. */
export interface ChangeText {
  /** The object that changes. */
  readonly key: string;
  readonly yaml: string;
  readonly typescript: string;
}

/** The changes of replicas, weights and release. Losses are no changes of anything that people write. */
export function changeTexts(
  { replicas, weights, karmada }: WhatIf,
  data: ViewData,
  objectOf: (key: string) => ViewData['manifests'][number]['object'] | undefined,
): readonly ChangeText[] {
  const texts: ChangeText[] = [];
  for (const [key, count] of Object.entries(replicas)) {
    const object = objectOf(key);
    if (!object) continue;
    const field = replicasField(object) ?? 'replicas';
    texts.push({
      key,
      yaml: emitYaml([{ ...identity(object), spec: { [field]: count } }]),
      typescript: `// in the FederatedApp or workload ${printText(object.metadata?.name ?? '')}\n${field}: ${count},\n`,
    });
  }
  for (const [key, list] of Object.entries(weights)) {
    const policy = objectOf(key);
    if (!policy) continue;
    const staticWeightList = weightEntries(reweighted(policy, list));
    texts.push({
      key,
      yaml: emitYaml([
        {
          ...identity(policy),
          spec: { placement: { replicaScheduling: { weightPreference: { staticWeightList } } } },
        },
      ]),
      typescript: weightedText(staticWeightList),
    });
  }
  if (karmada !== undefined && karmada !== data.karmada) {
    const release = printText(karmada);
    texts.push({
      key: 'Federation',
      yaml: `# --karmada ${karmada}\n`,
      typescript: `new Federation({ fleet, karmada: ${release} });\n`,
    });
  }
  return texts;
}

function identity({ apiVersion, kind, metadata }: ViewData['manifests'][number]['object']) {
  const { name, namespace } = metadata ?? {};
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}

/** `fleet.weighted` where each entry names one cluster. */
function weightedText(entries: readonly unknown[]): string {
  const named: [string, LiteralValue][] = [];
  for (const entry of entries) {
    const { clusterNames, ...others } = recordOf(fieldAt(entry, 'targetCluster')) ?? {};
    const [name, ...more] = listOf(clusterNames);
    if (typeof name !== 'string' || more.length > 0 || Object.keys(others).length > 0) {
      return '// the weights are not those of single clusters: see the YAML\n';
    }
    named.push([name, numberOf(fieldAt(entry, 'weight'))]);
  }
  const start = 'placement: fleet.weighted(';
  return `${start}${printLiteral(Object.fromEntries(named), '', start.length, 2)}),\n`;
}
