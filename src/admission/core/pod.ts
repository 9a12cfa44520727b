import { annotationCauses, labelCauses } from '../../kubernetes/metadata';
import { dnsSubdomainProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import { checkContainers } from './containers';
import type { Faults } from './faults';
import type { PodSecurityContext, PodSpec, PodTemplateSpec } from './pod-types';
import { checkAmount, checkResources } from './resources';
import { checkAffinity, checkSpread, checkTolerations } from './scheduling';
import { checkProfile } from './security';
import { checkVolumes } from './volumes';

/** A Pod on its own. */
export function checkPod({ spec }: KubernetesObject, faults: Faults): void {
  const pod = (spec ?? {}) as PodSpec;
  checkPodSpec(pod, 'spec', true, faults);
  if ((pod.ephemeralContainers ?? []).length > 0) {
    faults.excluded('spec.ephemeralContainers', 'cannot be set on create', 'remove them; use kubectl debug');
  }
  if (pod.nodeName && (pod.schedulingGates ?? []).length > 0) {
    faults.excluded('spec.nodeName', 'cannot be set while the pod has schedulingGates');
  }
  if (pod.priority !== undefined && pod.priority !== 0 && !pod.priorityClassName) {
    faults.excluded('spec.priority', 'is set from the priority class', 'remove priority, and set priorityClassName');
  }
}

/** The template of a pod in a workload whose pods the API server validates. */
export function checkPodTemplate({ metadata, spec }: PodTemplateSpec, path: string, faults: Faults): void {
  checkTemplateMetadata(metadata, path, faults);
  const pod = spec ?? {};
  checkPodSpec(pod, `${path}.spec`, false, faults);
  if ((pod.ephemeralContainers ?? []).length > 0) {
    faults.excluded(`${path}.spec.ephemeralContainers`, 'are not allowed in a template');
  }
}

/** Labels and annotations of a template. */
export function checkTemplateMetadata(metadata: PodTemplateSpec['metadata'], path: string, faults: Faults): void {
  if (!metadata) return;
  const { labels, annotations } = metadata;
  // The API server reports them without `metadata`.
  const at = (field: string) => ({ path: `${path}.metadata.${field}`, reportedAs: `${path}.${field}` });
  if (labels) for (const cause of labelCauses(labels, '')) faults.found.push({ ...cause, ...at('labels') });
  if (annotations)
    for (const cause of annotationCauses(annotations, '')) faults.found.push({ ...cause, ...at('annotations') });
}

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidatePodSpec */
function checkPodSpec(pod: PodSpec, path: string, isPod: boolean, faults: Faults): void {
  checkVolumes(pod, `${path}.volumes`, faults);
  checkContainers(pod, path, isPod, faults);
  if (pod.nodeSelector) faults.addAll(labelCauses(pod.nodeSelector, `${path}.nodeSelector`));
  if (pod.affinity) checkAffinity(pod.affinity, `${path}.affinity`, faults);
  if (pod.tolerations) checkTolerations(pod.tolerations, `${path}.tolerations`, faults);
  if (pod.topologySpreadConstraints)
    checkSpread(pod.topologySpreadConstraints, `${path}.topologySpreadConstraints`, faults);
  if (pod.securityContext) checkPodSecurity(pod.securityContext, path, pod, faults);
  if (pod.shareProcessNamespace && pod.hostPID) {
    faults.excluded(
      `${path}.shareProcessNamespace`,
      'shareProcessNamespace and hostPID exclude each other',
      'remove one of them',
      `${path}.securityContext.shareProcessNamespace`,
    );
  }
  if (pod.hostUsers === false) {
    for (const field of ['hostPID', 'hostIPC'] as const) {
      if (pod[field]) faults.excluded(`${path}.${field}`, 'cannot be set while hostUsers is false');
    }
  }
  checkDns(pod, path, faults);
  checkOperatingSystem(pod, path, faults);
  checkClaims(pod, path, faults);
  faults.unique(
    `${path}.schedulingGates`,
    (pod.schedulingGates ?? []).map(({ name }) => name),
  );
  for (const [name, amount] of Object.entries(pod.overhead ?? {}))
    checkAmount(amount, `${path}.overhead[${name}]`, faults);
  if (pod.resources) checkPodResources(pod, `${path}.resources`, faults);
}

function checkPodResources({ resources = {} }: PodSpec, path: string, faults: Faults): void {
  const { claims, ...amounts } = resources;
  if (claims) faults.excluded(`${path}.claims`, 'a pod takes claims in resourceClaims');
  for (const [field, each] of Object.entries(amounts)) {
    for (const name of Object.keys(each ?? {})) {
      if (name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')) continue;
      faults.oneOf(`${path}.${field}[${name}]`, name, ['cpu', 'memory', 'hugepages-2Mi']);
    }
  }
  checkResources(amounts, path, [], faults);
}

function checkDns({ dnsPolicy, dnsConfig }: PodSpec, path: string, faults: Faults): void {
  if (dnsPolicy === 'None' && (dnsConfig?.nameservers ?? []).length === 0) {
    faults.missing(
      dnsConfig ? `${path}.dnsConfig.nameservers` : `${path}.dnsConfig`,
      'dnsPolicy None needs name servers',
      'add dnsConfig: { nameservers: [10.9.8.7] }, or use another policy',
    );
  }
  dnsConfig?.searches?.forEach((search, index) => {
    const name = search.endsWith('.') ? search.slice(0, -1) : search;
    // Names of services may have underscores here.
    const problems = search === '.' ? [] : dnsSubdomainProblems(name.replaceAll('_', 'a'));
    for (const problem of problems) {
      faults.invalid(`${path}.dnsConfig.searches[${index}]`, `${quoted(search)} ${problem}`, 'write a domain');
    }
  });
  if ((dnsConfig?.searches ?? []).join(' ').length > 2048) {
    faults.invalid(`${path}.dnsConfig.searches`, 'must have at most 2048 characters in total', 'remove some');
  }
  dnsConfig?.options?.forEach(({ name }, index) => {
    if (!name) faults.missing(`${path}.dnsConfig.options[${index}]`, 'an option needs a name', 'add name');
  });
}

function checkPodSecurity(context: PodSecurityContext, path: string, pod: PodSpec, faults: Faults): void {
  const at = `${path}.securityContext`;
  const { seccompProfile, appArmorProfile, sysctls } = context;
  if (seccompProfile) checkProfile(seccompProfile, `${at}.seccompProfile`, true, faults);
  if (appArmorProfile) checkProfile(appArmorProfile, `${at}.appArmorProfile`, false, faults);
  if (!sysctls) return;
  faults.unique(
    `${at}.sysctls`,
    sysctls.map(({ name }) => name?.replaceAll('/', '.')),
    'name',
  );
  sysctls.forEach(({ name }, index) => {
    if (!name) return;
    if (!/^[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/.test(name) || name.length > 253) {
      faults.invalid(
        `${at}.sysctls[${index}].name`,
        `${quoted(name)} is not the name of a sysctl`,
        'write it like net.core.somaxconn',
      );
    }
    const isNetwork = /^net[./]/.test(name);
    const isShared = /^(kernel[./](shm|msg|sem)|fs[./]mqueue[./])/.test(name);
    if ((isNetwork && pod.hostNetwork) || (isShared && pod.hostIPC)) {
      const host = isNetwork ? 'hostNetwork' : 'hostIPC';
      faults.invalid(`${at}.sysctls[${index}].name`, `may not be set with ${host}: true`, `remove it, or ${host}`);
    }
  });
}

/** Fields of a Linux pod that a Windows pod cannot have. */
const linuxOnly = ['hostPID', 'hostIPC', 'hostUsers', 'shareProcessNamespace'] as const;
const linuxPodSecurity = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
] as const;
const linuxContainerSecurity = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
] as const;

function checkOperatingSystem(pod: PodSpec, path: string, faults: Faults): void {
  const name = pod.os?.name;
  if (name !== 'windows' && name !== 'linux') return;
  const contexts = [
    { at: `${path}.securityContext`, context: pod.securityContext, fields: linuxPodSecurity },
    ...(['containers', 'initContainers'] as const).flatMap((list) =>
      (pod[list] ?? []).map(({ securityContext }, index) => ({
        at: `${path}.${list}[${index}].securityContext`,
        context: securityContext,
        fields: linuxContainerSecurity,
      })),
    ),
  ];
  const refuse = (at: string) => faults.excluded(at, `cannot be set for a pod with os.name ${name}`);
  if (name === 'windows') {
    for (const field of linuxOnly) {
      const value = pod[field];
      if (field === 'shareProcessNamespace' ? value !== undefined : value) refuse(`${path}.${field}`);
    }
  }
  for (const { at, context, fields } of contexts) {
    if (!context) continue;
    const record = context as Readonly<Record<string, unknown>>;
    for (const field of name === 'windows' ? fields : ['windowsOptions']) {
      if (record[field] !== undefined) refuse(`${at}.${field}`);
    }
  }
}

function checkClaims({ resourceClaims }: PodSpec, path: string, faults: Faults): void {
  if (!resourceClaims) return;
  faults.unique(
    `${path}.resourceClaims`,
    resourceClaims.map(({ name }) => name),
  );
  resourceClaims.forEach(({ resourceClaimName, resourceClaimTemplateName }, index) => {
    const at = `${path}.resourceClaims[${index}]`;
    if ((resourceClaimName === undefined) === (resourceClaimTemplateName === undefined)) {
      faults.excluded(at, 'needs either resourceClaimName or resourceClaimTemplateName', 'set one of them');
    }
    for (const name of [resourceClaimName, resourceClaimTemplateName]) {
      for (const problem of name === undefined ? [] : dnsSubdomainProblems(name)) {
        faults.invalid(at, `${quoted(name)} ${problem}`, 'use the name of a claim');
      }
    }
  });
}
