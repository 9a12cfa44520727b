import { join } from 'node:path';
import type { ProgramCall } from '../process/run-program';
import { labLabel } from './k3d-clusters';
import { clusterKubeconfig, k3dName, karmadaFolder, karmadaKubeconfig, type LabSettings } from './settings';

/** A step of the lab: one command. */
export interface LabStep {
  readonly title: string;
  readonly call: ProgramCall;
  /** File for its standard output. @default - none */
  readonly into?: string;
}

export type PlacedSettings = LabSettings & { readonly hostAddress: string };

/** Timeout for Karmada's components to start, in seconds; the first start pulls their images. */
const karmadaTimeout = 600;

/** @param words - program and arguments, separated by spaces; arguments that may contain spaces go in `more` */
function step(title: string, words: string, ...more: readonly string[]): LabStep {
  const [program = '', ...args] = words.split(' ');
  return { title, call: { program, args: [...args, ...more] } };
}

export function createNetwork({ network }: LabSettings): LabStep {
  return step(`network ${network}`, `docker network create --label ${labLabel}=up`, network);
}

export function removeNetwork({ network }: LabSettings): LabStep {
  return step(`network ${network}`, 'docker network rm', network);
}

export function createCluster(settings: PlacedSettings, name: string): LabStep {
  const { controlPlane, members, hostAddress, firstPort, karmadaPort, image, memory, network, timeout } = settings;
  const port = firstPort + [controlPlane, ...members].indexOf(name);
  const create = ['--image', image, '--api-port', `${hostAddress}:${port}`];
  // On macOS, container addresses are not reachable from the machine, so Karmada listens on this port.
  const karmada = name === controlPlane ? ['--port', `${hostAddress}:${karmadaPort}:${karmadaPort}@server:0`] : [];
  const limits = ['--network', network, '--servers-memory', memory, '--k3s-arg', '--disable=traefik@server:0'];
  const label = ['--runtime-label', `${labLabel}=up@server:0`];
  const own = ['--kubeconfig-update-default=false', '--kubeconfig-switch-context=false'];
  const more = [...create, ...karmada, ...limits, ...label, ...own, '--wait', '--timeout', `${timeout}s`];
  return step(`cluster ${name}`, 'k3d cluster create', name, ...more);
}

export function startCluster({ timeout }: LabSettings, name: string): LabStep {
  return step(`cluster ${name}, which is stopped`, `k3d cluster start ${name} --wait --timeout ${timeout}s`);
}

export function deleteCluster(name: string): LabStep {
  return step(`cluster ${name}`, `k3d cluster delete ${name}`);
}

export function writeKubeconfig(settings: LabSettings, name: string): LabStep {
  return { ...step(`kubeconfig of ${name}`, `k3d kubeconfig get ${name}`), into: clusterKubeconfig(settings, name) };
}

/** A kubectl call for one of the lab's clusters. */
export function onCluster(settings: LabSettings, name: string, ...args: readonly string[]): ProgramCall {
  const pinned = ['--kubeconfig', clusterKubeconfig(settings, name), '--context', k3dName(name)];
  return { program: 'kubectl', args: [...pinned, ...args] };
}

/** A kubectl call for the lab's Karmada. `karmadactl init` wrote the kubeconfig, which has one context. */
export function onKarmada({ dataFolder }: LabSettings, ...args: readonly string[]): ProgramCall {
  return { program: 'kubectl', args: ['--kubeconfig', karmadaKubeconfig(dataFolder), ...args] };
}

/** Prints one line per member: its name and the status of its Ready condition. */
export function readMembers(settings: LabSettings): ProgramCall {
  const line = '{.metadata.name} {.status.conditions[?(@.type=="Ready")].status}{"\\n"}';
  const path = `jsonpath={range .items[*]}${line}{end}`;
  return onKarmada(settings, 'get', 'clusters.cluster.karmada.io', '-o', path);
}

export function installKarmada(settings: PlacedSettings): LabStep {
  const { controlPlane, dataFolder, hostAddress, karmadaPort } = settings;
  const [file, folder] = [clusterKubeconfig(settings, controlPlane), karmadaFolder(dataFolder)];
  const address = ['--karmada-apiserver-advertise-address', hostAddress, '--port', String(karmadaPort)];
  const files = ['--karmada-data', folder, '--karmada-pki', join(folder, 'pki')];
  const more = [...address, ...files, '--wait-component-ready-timeout', String(karmadaTimeout)];
  return step(`Karmada in ${controlPlane}`, 'karmadactl init --kubeconfig', file, ...more);
}

export function removeKarmada(settings: LabSettings): LabStep {
  const file = clusterKubeconfig(settings, settings.controlPlane);
  return step(
    'remove the rest of an interrupted Karmada installation',
    'karmadactl deinit --kubeconfig',
    file,
    '--force',
  );
}

export function awaitKarmada(settings: LabSettings): LabStep {
  const wait = `--namespace karmada-system wait --for=condition=Available deployments --all --timeout=${karmadaTimeout}s`;
  return { title: 'wait for Karmada', call: onCluster(settings, settings.controlPlane, ...wait.split(' ')) };
}

export function joinMember(settings: LabSettings, name: string): LabStep {
  const files = ['--kubeconfig', karmadaKubeconfig(settings.dataFolder)];
  const member = ['--cluster-kubeconfig', clusterKubeconfig(settings, name)];
  return step(`join ${name} to Karmada`, `karmadactl join ${k3dName(name)}`, ...files, ...member);
}

export function awaitMembers(settings: LabSettings): LabStep {
  const wait = `wait --for=condition=Ready clusters.cluster.karmada.io --all --timeout=${settings.timeout}s`;
  return { title: 'wait for the members', call: onKarmada(settings, ...wait.split(' ')) };
}
