import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { Dependencies } from './dependencies';
import type { KindInterpreter, KindInterpreters } from './kind-interpreter';
import { replicaRequirementsOf, UnreadableTemplate } from './pod-requirements';

/**
 * Karmada's interpreters for Kubernetes' own kinds.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/native
 */
export const nativeInterpreters: KindInterpreters = new Map<string, KindInterpreter>([
  ['apps/v1 Deployment', scaledByReplicas({ dependencies: ofPodTemplate })],
  ['apps/v1 ReplicaSet', scaledByReplicas({ dependencies: ofPodTemplate })],
  ['apps/v1 StatefulSet', scaledByReplicas({ dependencies: ofStatefulSet })],
  ['apps/v1 DaemonSet', { dependencies: ofPodTemplate }],
  [
    'batch/v1 Job',
    {
      replicas: jobReplicas,
      revise: (job, replicas) => withSpecField(job, 'parallelism', replicas),
      dependencies: ofPodTemplate,
    },
  ],
  [
    'batch/v1 CronJob',
    { dependencies: (job, found) => found.addPodSpec(fieldAt(job, 'spec', 'jobTemplate', 'spec', 'template', 'spec')) },
  ],
  [
    'v1 Pod',
    {
      replicas: (pod) => ({ replicas: 1, requirements: replicaRequirementsOf(pod.spec) }),
      dependencies: (pod, found) => found.addPodSpec(pod.spec),
    },
  ],
  ['networking.k8s.io/v1 Ingress', { dependencies: ofIngress }],
  ['multicluster.x-k8s.io/v1alpha1 ServiceImport', { dependencies: ofServiceImport }],
]);

/** An int32 field of the spec, undefined where it is absent or null. */
export function wholeNumberAt(template: KubernetesObject, field: string): number | undefined {
  const value = fieldAt(template, 'spec', field);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2 ** 31) return value;
  throw new UnreadableTemplate(`spec.${field} is ${JSON.stringify(value)}, which is not a whole number`);
}

/** A copy with another number in a field of the spec; the same object where the template does not have the field. */
export function withSpecField(template: KubernetesObject, field: string, value: number): KubernetesObject {
  const spec = recordOf(template.spec);
  const current = spec?.[field];
  // Karmada writes the field only if the template has it; the defaults of the API server ensure that.
  if (!spec || current === undefined || current === null || current === value) return template;
  return { ...template, spec: { ...spec, [field]: value } };
}

function scaledByReplicas(rest: KindInterpreter): KindInterpreter {
  return {
    replicas: (template) => ({
      replicas: wholeNumberAt(template, 'replicas') ?? 0,
      requirements: replicaRequirementsOf(podSpecOf(template)),
    }),
    revise: (template, replicas) => withSpecField(template, 'replicas', replicas),
    revisesSpecReplicas: true,
    ...rest,
  };
}

/** No more pods than completions ever run. */
function jobReplicas(job: KubernetesObject): {
  replicas: number;
  requirements: ReturnType<typeof replicaRequirementsOf>;
} {
  const parallelism = wholeNumberAt(job, 'parallelism') ?? 0;
  const completions = wholeNumberAt(job, 'completions') ?? parallelism;
  return { replicas: Math.min(parallelism, completions), requirements: replicaRequirementsOf(podSpecOf(job)) };
}

function podSpecOf(template: KubernetesObject): unknown {
  return fieldAt(template, 'spec', 'template', 'spec');
}

function ofPodTemplate(template: KubernetesObject, found: Dependencies): void {
  found.addPodSpec(podSpecOf(template));
}

/** The claims that a StatefulSet makes from its own templates are not references. */
function ofStatefulSet(template: KubernetesObject, found: Dependencies): void {
  ofPodTemplate(template, found);
  const own = listOf(fieldAt(template, 'spec', 'volumeClaimTemplates'));
  found.removeClaims(new Set(own.map((claim) => textOf(fieldAt(claim, 'metadata', 'name')))));
}

function ofIngress(template: KubernetesObject, found: Dependencies): void {
  for (const tls of listOf(fieldAt(template, 'spec', 'tls'))) found.add('Secret', fieldAt(tls, 'secretName'));
}

/** The Service that Karmada derives from the import, and its EndpointSlices. */
function ofServiceImport(template: KubernetesObject, found: Dependencies): void {
  const derived = `derived-${textOf(template.metadata?.name)}`;
  found.add('Service', derived);
  found.addReference({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    namespace: found.namespace,
    labelSelector: { matchLabels: { 'kubernetes.io/service-name': derived } },
  });
}
