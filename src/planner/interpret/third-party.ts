import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf } from '../../kubernetes/plain-data';
import type { Dependencies } from './dependencies';
import { flinkReplicas } from './flink';
import type { KindInterpreter, KindInterpreters, StatedReplicas } from './kind-interpreter';
import { wholeNumberAt } from './native';
import { replicaRequirementsOf, UnreadableTemplate } from './pod-requirements';
import { rayServiceReplicas, reviseRayService } from './ray';

/**
 * Karmada's interpreters for kinds of other projects: the scripts that it ships, in TypeScript.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/thirdparty/resourcecustomizations
 */
export const thirdPartyInterpreters: KindInterpreters = new Map<string, KindInterpreter>([
  ['apps.kruise.io/v1alpha1 CloneSet', kruiseWorkload()],
  ['apps.kruise.io/v1alpha1 UnitedDeployment', kruiseWorkload()],
  ['apps.kruise.io/v1beta1 StatefulSet', kruiseWorkload()],
  [
    'apps.kruise.io/v1alpha1 BroadcastJob',
    {
      replicas: (job) => ({
        replicas: wholeNumberAt(job, 'parallelism') ?? 1,
        requirements: requirementsOfTemplate(fieldAt(job, 'spec', 'template')),
      }),
      revise: setSpecField('parallelism'),
      dependencies: ofPodTemplate,
    },
  ],
  ['apps.kruise.io/v1alpha1 DaemonSet', { dependencies: ofPodTemplate }],
  ['apps.kruise.io/v1alpha1 AdvancedCronJob', { dependencies: ofAdvancedCronJob }],
  ['apps.kruise.io/v1alpha1 SidecarSet', { replicas: () => ({ replicas: 0 }) }],
  [
    'argoproj.io/v1alpha1 Workflow',
    { replicas: workflowReplicas, revise: setSpecField('parallelism'), dependencies: ofWorkflow },
  ],
  ['flink.apache.org/v1beta1 FlinkDeployment', { replicas: flinkReplicas }],
  [
    'kubeflow.org/v1 Notebook',
    { replicas: (it) => ({ replicas: 1, requirements: requirementsOfTemplate(fieldAt(it, 'spec', 'template')) }) },
  ],
  ['kubeflow.org/v1 PyTorchJob', { dependencies: ofReplicaSpecs('pytorchReplicaSpecs', ['Master', 'Worker']) }],
  [
    'kubeflow.org/v1 TFJob',
    { dependencies: ofReplicaSpecs('tfReplicaSpecs', ['PS', 'Worker', 'Chief', 'Master', 'Evaluator']) },
  ],
  ['ray.io/v1 RayJob', { dependencies: ofRayJob }],
  ['ray.io/v1 RayService', { replicas: rayServiceReplicas, revise: reviseRayService, dependencies: ofRayService }],
  [
    'kustomize.toolkit.fluxcd.io/v1 Kustomization',
    { dependencies: ofSecretsAt(['decryption', 'secretRef', 'name'], ['kubeConfig', 'secretRef', 'name']) },
  ],
  ['helm.toolkit.fluxcd.io/v2beta1 HelmRelease', { dependencies: ofHelmRelease }],
  [
    'source.toolkit.fluxcd.io/v1 GitRepository',
    { dependencies: ofSecretsAt(['secretRef', 'name'], ['verify', 'secretRef', 'name']) },
  ],
  ['source.toolkit.fluxcd.io/v1beta2 Bucket', { dependencies: ofSecretsAt(['secretRef', 'name']) }],
  ['source.toolkit.fluxcd.io/v1beta2 HelmChart', { dependencies: ofSecretsAt(['verify', 'secretRef', 'name']) }],
  ['source.toolkit.fluxcd.io/v1beta2 HelmRepository', { dependencies: ofSecretsAt(['secretRef', 'name']) }],
  ['source.toolkit.fluxcd.io/v1beta2 OCIRepository', { dependencies: ofOciRepository }],
]);

/** The requirements of a pod template; the scripts fail without one. */
export function requirementsOfTemplate(template: unknown): StatedReplicas['requirements'] {
  if (!recordOf(template)) throw new UnreadableTemplate('it has no pod template');
  return replicaRequirementsOf(fieldAt(template, 'spec'));
}

function kruiseWorkload(): KindInterpreter {
  return {
    replicas: (template) => {
      const replicas = wholeNumberAt(template, 'replicas');
      if (replicas === undefined) throw new UnreadableTemplate('it states no spec.replicas');
      return { replicas, requirements: requirementsOfTemplate(fieldAt(template, 'spec', 'template')) };
    },
    revise: setSpecField('replicas'),
    dependencies: ofPodTemplate,
  };
}

/** Unlike the native interpreters, the scripts write the field even if the template lacks it. */
function setSpecField(field: string): NonNullable<KindInterpreter['revise']> {
  return (template, replicas) => ({ ...template, spec: { ...recordOf(template.spec), [field]: replicas } });
}

function workflowReplicas(workflow: KubernetesObject): StatedReplicas {
  const { affinity, nodeSelector, tolerations } = recordOf(workflow.spec) ?? {};
  return {
    replicas: wholeNumberAt(workflow, 'parallelism') ?? 1,
    requirements: replicaRequirementsOf({ affinity, nodeSelector, tolerations }),
  };
}

function ofPodTemplate(template: KubernetesObject, found: Dependencies): void {
  found.addPodSpec(fieldAt(template, 'spec', 'template', 'spec'));
}

function ofAdvancedCronJob(job: KubernetesObject, found: Dependencies): void {
  const [broadcast, plain] = ['broadcastJobTemplate', 'jobTemplate'].map((kind) =>
    fieldAt(job, 'spec', 'template', kind),
  );
  found.addPodSpec(fieldAt(broadcast ?? plain, 'spec', 'template', 'spec'));
}

/** The references of a Workflow itself; those of its steps are not followed. */
function ofWorkflow({ spec }: KubernetesObject, found: Dependencies): void {
  found.add('ServiceAccount', fieldAt(spec, 'executor', 'serviceAccountName'));
  for (const claim of listOf(fieldAt(spec, 'volumeClaimTemplates'))) {
    found.add('PersistentVolumeClaim', fieldAt(claim, 'metadata', 'name'));
  }
  for (const volume of listOf(fieldAt(spec, 'volumes'))) {
    // Karmada's script looks for `secret.name` where Kubernetes writes `secret.secretName`.
    const secret = { secretName: fieldAt(volume, 'secret', 'name') };
    found.addVolume({ ...recordOf(volume), secret });
  }
  const { imagePullSecrets, serviceAccountName } = recordOf(spec) ?? {};
  found.addPodSpec({ imagePullSecrets, serviceAccountName });
}

function ofReplicaSpecs(field: string, roles: readonly string[]): NonNullable<KindInterpreter['dependencies']> {
  return ({ spec }, found) => {
    for (const role of roles) found.addPodSpec(fieldAt(spec, field, role, 'template', 'spec'));
  };
}

function ofRayJob({ spec }: KubernetesObject, found: Dependencies): void {
  ofRayCluster(fieldAt(spec, 'rayClusterSpec'), found);
  found.addPodSpec(fieldAt(spec, 'submitterPodTemplate', 'spec'));
}

function ofRayService({ spec }: KubernetesObject, found: Dependencies): void {
  ofRayCluster(fieldAt(spec, 'rayClusterConfig'), found);
}

function ofRayCluster(cluster: unknown, found: Dependencies): void {
  found.addPodSpec(fieldAt(cluster, 'headGroupSpec', 'template', 'spec'));
  for (const group of listOf(fieldAt(cluster, 'workerGroupSpecs')))
    found.addPodSpec(fieldAt(group, 'template', 'spec'));
}

/** Secrets at paths within the spec, and the ServiceAccount that Flux impersonates. */
function ofSecretsAt(...paths: readonly (readonly string[])[]): NonNullable<KindInterpreter['dependencies']> {
  return ({ kind, spec }, found) => {
    for (const path of paths) found.add('Secret', fieldAt(spec, ...path));
    if (kind === 'Kustomization') found.add('ServiceAccount', fieldAt(spec, 'serviceAccountName'));
  };
}

function ofHelmRelease({ spec }: KubernetesObject, found: Dependencies): void {
  for (const source of listOf(fieldAt(spec, 'valuesFrom'))) {
    const kind = fieldAt(source, 'kind');
    if (kind === 'Secret' || kind === 'ConfigMap') found.add(kind, fieldAt(source, 'name'));
  }
  found.add('Secret', fieldAt(spec, 'chart', 'spec', 'verify', 'secretRef', 'name'));
  found.add('Secret', fieldAt(spec, 'kubeConfig', 'secretRef', 'name'));
  found.add('ServiceAccount', fieldAt(spec, 'serviceAccountName'));
}

function ofOciRepository({ spec }: KubernetesObject, found: Dependencies): void {
  // Without a serviceAccountName Karmada's script fails, and no reference is followed.
  if (fieldAt(spec, 'serviceAccountName') === undefined) return;
  for (const path of [['secretRef'], ['verify', 'secretRef'], ['certSecretRef']]) {
    found.add('Secret', fieldAt(spec, ...path, 'name'));
  }
  found.add('ServiceAccount', fieldAt(spec, 'serviceAccountName'));
}
