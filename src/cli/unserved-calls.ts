import type { KarmadaVersion } from '../karmada/release';
import { type KubernetesObject, objectKey } from '../kubernetes/object';
import { type Call, lint, ruleCatalog } from '../lint';
import type { Plan } from '../planner';
import type { CliIo } from './io';
import { readLintConfig } from './lint-config';

/** A call whose server has no pod in a cluster of the client. */
export interface UnservedCall {
  /** Key of the client. */
  readonly object: string;
  readonly message: string;
  readonly fix: string;
}

/** The calls that the configuration of the linter declares, if it says anything about calls. */
export async function readCalls(path: string, io: CliIo): Promise<readonly Call[] | undefined> {
  return (await readLintConfig(path, io)).calls;
}

const rule = 'no-client-without-server';

/** The unserved calls of a plan, according to the linter. */
export function unservedCalls(
  objects: readonly KubernetesObject[],
  plan: Plan,
  karmada: KarmadaVersion,
  calls: readonly Call[],
): readonly UnservedCall[] {
  const others = ruleCatalog.map(({ id }) => id).filter((id) => id !== rule);
  const rules = Object.fromEntries(others.map((id) => [id, 'off' as const]));
  const { findings } = lint(objects, { plan, fleet: plan.clusters, karmada, calls, rules });
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ object: { kind, name, namespace }, message, fix }) => {
      const metadata = { name, ...(namespace !== undefined && { namespace }) };
      return { object: objectKey({ kind, metadata }), message, fix };
    });
}
