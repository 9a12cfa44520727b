import { join } from 'node:path';
import type { ProgramCall } from '../process/run-program';
import { labLabel } from './k3d-clusters';
import { clusterKubeconfig, k3dName, karmadaFolder, karmadaKubeconfig, type LabSettings } from './settings';

/** One step of the lab: a command that a person could type. */
export interface LabStep {
  readonly title: string;
  readonly call: ProgramCall;
  /** File that its standard output goes to. @default - none */
  readonly into?: string;
}

/** With the address of this machine. */
export type PlacedSettings = LabSettings & { readonly hostAddress: string };

/** Longest time that Karmada's own parts may take to start, in seconds: the first time their images are pulled. */
const karmadaTimeout = 600;

/** @param words - program and arguments, separated by spaces; what may contain one follows in `more` */
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
  // Where containers have no address that this machine reaches, as on macOS, Karmada is reached through this port.
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

/** A call of kubectl, pinned to one of the lab's clusters. */
export function onCluster(settings: LabSettings, name: string, ...args: readonly string[]): ProgramCall {
  const pinned = ['--kubeconfig', clusterKubeconfig(settings, name), '--context', k3dName(name)];
  return { program: 'kubectl', args: [...pinned, ...args] };
}

/** A call of kubectl, pinned to the lab's Karmada: `karmadactl init` wrote the file, with one context. */
export function onKarmada({ dataFolder }: LabSettings, ...args: readonly string[]): ProgramCall {
  return { program: 'kubectl', args: ['--kubeconfig', karmadaKubeconfig(dataFolder), ...args] };
}

/** Lines of a member's name and the status of its condition Ready. */
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
  return step('what an interrupted installation of Karmada left', 'karmadactl deinit --kubeconfig', file, '--force');
}

export function awaitKarmada(settings: LabSettings): LabStep {
  const wait = `--namespace karmada-system wait --for=condition=Available deployments --all --timeout=${karmadaTimeout}s`;
  return { title: 'Karmada to answer', call: onCluster(settings, settings.controlPlane, ...wait.split(' ')) };
}

export function joinMember(settings: LabSettings, name: string): LabStep {
  const files = ['--kubeconfig', karmadaKubeconfig(settings.dataFolder)];
  const member = ['--cluster-kubeconfig', clusterKubeconfig(settings, name)];
  return step(`${name} joins Karmada`, `karmadactl join ${k3dName(name)}`, ...files, ...member);
}

export function awaitMembers(settings: LabSettings): LabStep {
  const wait = `wait --for=condition=Ready clusters.cluster.karmada.io --all --timeout=${settings.timeout}s`;
  return { title: 'every member to be ready', call: onKarmada(settings, ...wait.split(' ')) };
}
