import type { KubernetesObject } from '../../src/kubernetes/object';
import { Interpreter } from '../../src/planner/interpret/interpreter';
import { reviseReplicas } from '../../src/planner/revise/revise-replicas';
import { describeTopic, differenceOf, type RecordedCase } from './support';

interface ReplicaRevisionCase extends RecordedCase {
  readonly template: KubernetesObject;
  readonly replicaSchedulingType: string;
  readonly bindingClusters: readonly { readonly name: string; readonly replicas?: number }[] | null;
  readonly interpretedReplicas: number;
  readonly hasReplicaRequirements: boolean;
  readonly manifestSpecFieldsByExecutionNamespace: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

describeTopic<ReplicaRevisionCase>('replica_revision', (recorded) => {
  const interpretation = new Interpreter().replicasOf(recorded.template);
  if (interpretation.kind === 'notStated') return interpretation.why;
  const targets = (recorded.bindingClusters ?? []).map(({ name, replicas = 0 }) => ({ name, replicas }));
  const divided = recorded.replicaSchedulingType === 'Divided';
  const copies = reviseReplicas(recorded.template, targets, { divided });
  const fields = Array.from(copies, ([cluster, revision]) => [
    `karmada-es-${cluster}`,
    revision.kind === 'stated' ? recordedFields(revision.object) : revision.why,
  ]);
  return differenceOf(
    {
      interpretedReplicas: recorded.interpretedReplicas,
      hasReplicaRequirements: recorded.hasReplicaRequirements,
      fields: recorded.manifestSpecFieldsByExecutionNamespace,
    },
    {
      interpretedReplicas: interpretation.replicas,
      hasReplicaRequirements: interpretation.requirements !== undefined,
      fields: Object.fromEntries(fields),
    },
  );
});

/** The fields of the spec that the record holds. */
function recordedFields({ spec }: KubernetesObject): Record<string, unknown> {
  const recorded = ['replicas', 'parallelism', 'completions'];
  return Object.fromEntries(Object.entries(spec as object).filter(([field]) => recorded.includes(field)));
}
