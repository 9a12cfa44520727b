import type { Capacities } from '../planner';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';

/**
 * Reads the parsed value of a capacities file (docs/formats.md).
 *
 * @param path - the file, for messages
 * @throws ModelError `capacities.shape`
 */
export function capacitiesFrom(value: unknown, path: string): Capacities {
  const refuse = (where: string, wanted: string) =>
    new ModelError(`${path}: ${where} must be ${wanted}`, {
      code: 'capacities.shape',
      fix: 'write it like { "Deployment/default/pipy": { "member1": 5 } }: replicas that still fit, by template and cluster',
    });
  if (!isRecord(value)) throw refuse('the file', 'a map of templates');
  // Editors read the address of the schema.
  const { $schema: _, ...templates } = value;
  for (const [template, byCluster] of Object.entries(templates)) {
    if (!isRecord(byCluster)) throw refuse(`"${template}"`, 'a map of clusters');
    for (const [cluster, replicas] of Object.entries(byCluster)) {
      if (!Number.isSafeInteger(replicas) || (replicas as number) < 0) {
        throw refuse(`"${template}" in "${cluster}"`, 'a whole number of at least 0');
      }
    }
  }
  return templates as Capacities;
}
