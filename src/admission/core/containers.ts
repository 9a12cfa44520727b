import { quoted } from '../../problem/words';
import { isRelativePath } from '../schema/value-checks';
import type { Faults } from './faults';
import type { Container, EnvVar, Handler, PodSpec, Probe, SecurityContext } from './pod-types';
import { checkResources } from './resources';
import { checkProfile } from './security';
import { checkFieldReference, checkResourceReference } from './volumes';

type List = 'containers' | 'initContainers' | 'ephemeralContainers';

const envFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/**
 * All containers of a pod.
 *
 * @param path - of the pod's spec
 * @param isPod - whether it is a Pod, not the template of one
 * @see Kubernetes pkg/apis/core/validation/validation.go, validateContainers, validateInitContainers
 */
export function checkContainers(pod: PodSpec, path: string, isPod: boolean, faults: Faults): void {
  const { containers = [], initContainers = [] } = pod;
  if (containers.length === 0) faults.missing(`${path}.containers`, 'a pod needs at least one container');
  const names = new Set<string>();
  for (const list of ['containers', 'initContainers'] as const) {
    (list === 'containers' ? containers : initContainers).forEach((container, index) => {
      const at = `${path}.${list}[${index}]`;
      const { name } = container;
      if (name && names.has(name)) {
        faults.add('repeated-item', `${at}.name`, `the pod has a container ${quoted(name)} already`, 'rename it');
      }
      if (name) names.add(name);
      checkContainer(container, at, list, pod, isPod, faults);
    });
  }
  checkHostPorts([...containers, ...initContainers.filter(isSidecar)], `${path}.containers`, faults);
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

function checkContainer(
  container: Container,
  path: string,
  list: List,
  pod: PodSpec,
  isPod: boolean,
  faults: Faults,
): void {
  const { image, ports, env, envFrom, resources, securityContext, lifecycle, restartPolicy, resizePolicy } = container;
  if (!image) faults.missing(`${path}.image`, 'a container needs an image');
  else if (isPod && image.trim() !== image) {
    faults.invalid(`${path}.image`, 'must not begin or end with a space', 'remove the space');
  }
  if (ports) checkPorts(container, path, pod, faults);
  env?.forEach((variable, index) => {
    checkVariable(variable, `${path}.env[${index}]`, pod, faults);
  });
  envFrom?.forEach(({ configMapRef, secretRef }, index) => {
    const at = `${path}.envFrom[${index}]`;
    if (configMapRef && secretRef) {
      faults.excluded(at, 'has configMapRef and secretRef', 'split it into two items', `${path}.envFrom`);
    } else if (!configMapRef && !secretRef) {
      faults.missing(at, 'needs configMapRef or secretRef', 'add one of them', `${path}.envFrom`);
    } else if (!(configMapRef ?? secretRef)?.name) {
      const field = configMapRef ? 'configMapRef' : 'secretRef';
      faults.missing(`${at}.${field}.name`, 'the reference has no name', 'add name', `${path}.envFrom`);
    }
  });
  const claims = (pod.resourceClaims ?? []).map(({ name }) => name);
  if (resources) checkResources(resources, `${path}.resources`, claims, faults);
  faults.unique(
    `${path}.resizePolicy`,
    (resizePolicy ?? []).map(({ resourceName }) => resourceName),
  );
  checkMounts(container, path, pod, faults);
  if (securityContext) checkSecurityContext(securityContext, `${path}.securityContext`, faults);

  const isInit = list === 'initContainers';
  if (isInit && !isSidecar(container)) {
    for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'] as const) {
      if (container[field]) {
        faults.excluded(
          `${path}.${field}`,
          'is allowed only in an init container with restartPolicy: Always',
          `remove ${field}, or set restartPolicy: Always`,
        );
      }
    }
    if (restartPolicy === '') faults.oneOf(`${path}.restartPolicy`, '', ['Always', 'Never', 'OnFailure']);
  } else {
    checkProbe(container.livenessProbe, `${path}.livenessProbe`, true, faults);
    checkProbe(container.readinessProbe, `${path}.readinessProbe`, false, faults);
    checkProbe(container.startupProbe, `${path}.startupProbe`, true, faults);
  }
  if (lifecycle && !(isInit && !isSidecar(container))) {
    const { postStart, preStop, stopSignal } = lifecycle;
    if (postStart) checkHandler(postStart, `${path}.lifecycle.postStart`, faults);
    if (preStop) checkHandler(preStop, `${path}.lifecycle.preStop`, faults);
    for (const [hook, handler] of Object.entries({ postStart, preStop })) {
      const seconds = handler?.sleep?.seconds ?? 0;
      const grace = pod.terminationGracePeriodSeconds ?? 30;
      if (seconds > grace) {
        faults.invalid(
          `${path}.lifecycle.${hook}.sleep.seconds`,
          `must be at most the grace period of ${grace} seconds`,
          'sleep shorter, or raise terminationGracePeriodSeconds',
          `${path}.lifecycle.${hook}.sleep`,
        );
      }
    }
    if (stopSignal && !pod.os?.name) {
      faults.excluded(`${path}.lifecycle.stopSignal`, 'needs os.name of the pod', 'set os: { name: linux }');
    }
  }
  checkRestartRules(container, path, list, faults);
}

function checkRestartRules(
  { restartPolicy, restartPolicyRules }: Container,
  path: string,
  list: List,
  faults: Faults,
): void {
  if (!restartPolicyRules) return;
  if (restartPolicy === undefined) {
    faults.missing(`${path}.restartPolicy`, 'restartPolicyRules need the policy of the container', 'set restartPolicy');
  } else if (restartPolicy === 'Always' && list === 'initContainers') {
    faults.excluded(`${path}.restartPolicyRules`, 'are not allowed in a sidecar');
  }
  if (restartPolicyRules.length > 20)
    faults.invalid(`${path}.restartPolicyRules`, 'must have at most 20 rules', 'remove the rest');
  restartPolicyRules.forEach(({ exitCodes }, index) => {
    if (!exitCodes) faults.missing(`${path}.restartPolicyRules[${index}].exitCodes`);
  });
}

/** Port names within one container; the same number may be there twice. */
function checkPorts({ ports = [] }: Container, path: string, pod: PodSpec, faults: Faults): void {
  faults.unique(
    `${path}.ports`,
    ports.map(({ name }) => name),
    'name',
  );
  if (!pod.hostNetwork) return;
  ports.forEach(({ hostPort, containerPort }, index) => {
    if (hostPort && hostPort !== containerPort) {
      faults.invalid(
        `${path}.ports[${index}].hostPort`,
        'must equal containerPort, because the pod is in the network of its host',
        `write ${containerPort}, or remove it`,
      );
    }
  });
}

/** Two containers of a pod cannot take the same port of its host. */
function checkHostPorts(containers: readonly Container[], path: string, faults: Faults): void {
  const taken = new Set<string>();
  containers.forEach(({ ports }, position) => {
    ports?.forEach(({ hostPort, hostIP = '', protocol }, index) => {
      if (!hostPort) return;
      const key = `${protocol || 'TCP'} ${hostIP} ${hostPort}`;
      if (taken.has(key)) {
        const at = `${path}[${position}].ports[${index}].hostPort`;
        faults.add(
          'repeated-item',
          at,
          `port ${hostPort} of the host is taken already`,
          'use another port',
          `${path}[${position}]`,
        );
      }
      taken.add(key);
    });
  });
}

function checkVariable({ value, valueFrom }: EnvVar, path: string, pod: PodSpec, faults: Faults): void {
  if (!valueFrom) return;
  const at = `${path}.valueFrom`;
  const sources = Object.keys(valueFrom);
  if (value) faults.excluded(at, 'the variable has a value already', 'remove value or valueFrom');
  if (sources.length === 0) {
    faults.missing(at, 'needs a source', 'add fieldRef, resourceFieldRef, configMapKeyRef or secretKeyRef');
  }
  if (sources.length > 1) faults.excluded(at, `has one source, got ${sources.join(' and ')}`, 'keep one of them');
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef } = valueFrom;
  if (fieldRef) checkFieldReference(fieldRef, `${at}.fieldRef`, envFields, faults);
  if (resourceFieldRef) checkResourceReference(resourceFieldRef, `${at}.resourceFieldRef`, false, faults);
  if (configMapKeyRef && !configMapKeyRef.name) faults.missing(`${at}.configMapKeyRef.name`);
  if (secretKeyRef && !secretKeyRef.name) faults.missing(`${at}.secretKeyRef.name`);
  if (fileKeyRef?.volumeName && !(pod.volumes ?? []).some(({ name }) => name === fileKeyRef.volumeName)) {
    faults.invalid(`${at}.fileKeyRef.volumeName`, 'the pod has no such volume', 'add it to volumes');
  }
}

function checkMounts(container: Container, path: string, pod: PodSpec, faults: Faults): void {
  const { volumeMounts, volumeDevices, securityContext } = container;
  if (!volumeMounts && !volumeDevices) return;
  const volumes = pod.volumes ?? [];
  const paths = new Set<string>();
  const devices = new Set((volumeDevices ?? []).map(({ name }) => name));
  volumeMounts?.forEach(
    ({ name, mountPath, subPath, subPathExpr, mountPropagation, recursiveReadOnly, readOnly }, index) => {
      const at = `${path}.volumeMounts[${index}]`;
      const volume = volumes.find((each) => each.name === name);
      if (name && !volume) {
        faults.invalid(`${at}.name`, `the pod has no volume ${quoted(name)}`, 'add it to volumes, or correct the name');
      }
      if (name && devices.has(name))
        faults.excluded(`${at}.name`, 'the volume is in volumeDevices already', 'keep one of them');
      if (mountPath && paths.has(mountPath)) {
        faults.add('repeated-item', `${at}.mountPath`, `${quoted(mountPath)} is mounted already`, 'use another path');
      }
      if (mountPath) paths.add(mountPath);
      for (const [field, sub] of Object.entries({ subPath, subPathExpr })) {
        if (sub && !isRelativePath(sub)) {
          faults.invalid(
            `${at}.${field}`,
            'must be a relative path without ".."',
            'write the path below the volume',
            `${path}.volumeMounts.${field}`,
          );
        }
      }
      if (subPath && subPathExpr) {
        faults.excluded(
          `${at}.subPathExpr`,
          'subPath and subPathExpr exclude each other',
          'remove one',
          `${path}.volumeMounts`,
        );
      }
      if (mountPropagation === 'Bidirectional' && !securityContext?.privileged) {
        faults.excluded(`${at}.mountPropagation`, 'Bidirectional needs a privileged container', 'use HostToContainer');
      }
      if (recursiveReadOnly !== undefined) {
        faults.oneOf(`${at}.recursiveReadOnly`, recursiveReadOnly, ['Disabled', 'Enabled', 'IfPossible']);
        if (recursiveReadOnly !== 'Disabled' && !readOnly) {
          faults.excluded(`${at}.recursiveReadOnly`, 'needs readOnly: true', 'add readOnly: true');
        }
      }
    },
  );
  const devicePaths = (volumeDevices ?? []).map(({ devicePath }) => devicePath);
  faults.unique(`${path}.volumeDevices`, devicePaths, 'devicePath');
  volumeDevices?.forEach(({ name, devicePath }, index) => {
    const at = `${path}.volumeDevices[${index}]`;
    const volume = volumes.find((each) => each.name === name);
    if (name && !volume) faults.invalid(`${at}.name`, `the pod has no volume ${quoted(name)}`, 'add it to volumes');
    else if (volume && !volume.persistentVolumeClaim && !volume.ephemeral) {
      faults.invalid(`${at}.name`, 'must be a volume of a PersistentVolumeClaim', 'mount it in volumeMounts');
    }
    if (devicePath && (devicePath.includes('..') || paths.has(devicePath))) {
      faults.invalid(`${at}.devicePath`, 'must not contain ".." or be the path of a mount', 'use another path');
    }
  });
}

function checkSecurityContext(context: SecurityContext, path: string, faults: Faults): void {
  const { privileged, allowPrivilegeEscalation, capabilities, seccompProfile, appArmorProfile } = context;
  if (allowPrivilegeEscalation === false) {
    if (privileged) {
      faults.excluded(
        path,
        'a privileged container cannot forbid privilege escalation',
        'remove privileged, or allowPrivilegeEscalation: false',
      );
    }
    if (capabilities?.add?.some((name) => name === 'SYS_ADMIN' || name === 'CAP_SYS_ADMIN')) {
      faults.excluded(path, 'CAP_SYS_ADMIN contradicts allowPrivilegeEscalation: false', 'remove one of them');
    }
  }
  if (seccompProfile) checkProfile(seccompProfile, `${path}.seccompProfile`, true, faults);
  if (appArmorProfile) checkProfile(appArmorProfile, `${path}.appArmorProfile`, false, faults);
}

function checkProbe(probe: Probe | undefined, path: string, isLiveness: boolean, faults: Faults): void {
  if (!probe) return;
  checkHandler(probe, path, faults);
  if (isLiveness && (probe.successThreshold ?? 0) > 1) {
    faults.invalid(`${path}.successThreshold`, 'must be 1', 'remove it');
  }
  if (!isLiveness && probe.terminationGracePeriodSeconds !== undefined) {
    faults.excluded(`${path}.terminationGracePeriodSeconds`, 'is not allowed in a readiness probe');
  }
}

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;

function checkHandler(handler: Handler, path: string, faults: Faults): void {
  const given = handlers.filter((name) => handler[name] !== undefined);
  if (given.length === 0) {
    faults.missing(
      path,
      'needs a handler',
      `add ${path.includes('lifecycle') ? 'exec, httpGet or sleep' : 'exec, httpGet, tcpSocket or grpc'}`,
    );
  }
  for (const name of given.slice(1)) {
    faults.excluded(`${path}.${name}`, `only one handler is allowed, and ${given[0]} is set`);
  }
  if (handler.exec && (handler.exec.command ?? []).length === 0) faults.missing(`${path}.exec.command`);
}
