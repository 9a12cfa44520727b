import { join } from 'node:path';
import type { ProgramCall } from '../apply/run-program';
import { labLabel } from './k3d-clusters';
import { clusterKubeconfig, k3dName, karmadaFolder, karmadaKubeconfig, type LabSettings } from './settings';

/** One step of the lab: a command that one could type. */
export interface LabStep {
  readonly title: string;
  readonly call: ProgramCall;
  /** File that its standard output goes to. @default - none */
  readonly into?: string;
}

type PlacedSettings = LabSettings & { readonly hostAddress: string };

/** Longest time that Karmada's own parts may take to start, in seconds: the first time their images are pulled. */
const karmadaTimeout = 600;

function step(title: string, program: string, args: readonly string[], into?: string): LabStep {
  return { title, call: { program, args }, ...(into !== undefined && { into }) };
}

export function createNetwork({ network }: LabSettings): LabStep {
  return step(`network ${network}`, 'docker', ['network', 'create', '--label', `${labLabel}=up`, network]);
}

export function removeNetwork({ network }: LabSettings): LabStep {
  return step(`network ${network}`, 'docker', ['network', 'rm', network]);
}

export function createCluster(settings: PlacedSettings, name: string): LabStep {
  const { controlPlane, members, hostAddress, firstPort, karmadaPort, image, memory, network, timeout } = settings;
  const port = firstPort + [controlPlane, ...members].indexOf(name);
  return step(`cluster ${name}`, 'k3d', [
    'cluster',
    'create',
    name,
    '--image',
    image,
    '--api-port',
    `${hostAddress}:${port}`,
    // Where containers have no address that this machine reaches, as on macOS, Karmada is reached through this port.
    ...(name === controlPlane ? ['--port', `${hostAddress}:${karmadaPort}:${karmadaPort}@server:0`] : []),
    '--network',
    network,
    '--servers-memory',
    memory,
    '--k3s-arg',
    '--disable=traefik@server:0',
    '--runtime-label',
    `${labLabel}=up@server:0`,
    '--kubeconfig-update-default=false',
    '--kubeconfig-switch-context=false',
    '--wait',
    '--timeout',
    `${timeout}s`,
  ]);
}

export function startCluster({ timeout }: LabSettings, name: string): LabStep {
  return step(`cluster ${name}, which is stopped`, 'k3d', [
    'cluster',
    'start',
    name,
    '--wait',
    '--timeout',
    `${timeout}s`,
  ]);
}

export function deleteCluster(name: string): LabStep {
  return step(`cluster ${name}`, 'k3d', ['cluster', 'delete', name]);
}

export function writeKubeconfig(settings: LabSettings, name: string): LabStep {
  return step(`kubeconfig of ${name}`, 'k3d', ['kubeconfig', 'get', name], clusterKubeconfig(settings, name));
}

/** The arguments that pin kubectl to one of the lab's clusters. */
export function onCluster(settings: LabSettings, name: string): string[] {
  return ['--kubeconfig', clusterKubeconfig(settings, name), '--context', k3dName(name)];
}

/** The arguments that pin kubectl to the lab's Karmada: `karmadactl init` wrote the file, with one context. */
export function onKarmada({ dataFolder }: LabSettings): string[] {
  return ['--kubeconfig', karmadaKubeconfig(dataFolder)];
}

export function installKarmada(settings: PlacedSettings): LabStep {
  const { controlPlane, dataFolder, hostAddress, karmadaPort } = settings;
  const folder = karmadaFolder(dataFolder);
  return step(`Karmada in ${controlPlane}`, 'karmadactl', [
    'init',
    '--kubeconfig',
    clusterKubeconfig(settings, controlPlane),
    '--karmada-apiserver-advertise-address',
    hostAddress,
    '--port',
    String(karmadaPort),
    '--karmada-data',
    folder,
    '--karmada-pki',
    join(folder, 'pki'),
    '--wait-component-ready-timeout',
    String(karmadaTimeout),
  ]);
}

export function removeKarmada(settings: LabSettings): LabStep {
  const args = ['deinit', '--kubeconfig', clusterKubeconfig(settings, settings.controlPlane), '--force'];
  return step('what an interrupted installation of Karmada left', 'karmadactl', args);
}

export function awaitKarmada(settings: LabSettings): LabStep {
  return step('Karmada to answer', 'kubectl', [
    ...onCluster(settings, settings.controlPlane),
    '--namespace',
    'karmada-system',
    'wait',
    '--for=condition=Available',
    'deployments',
    '--all',
    `--timeout=${karmadaTimeout}s`,
  ]);
}

export function joinMember(settings: LabSettings, name: string): LabStep {
  return step(`${name} joins Karmada`, 'karmadactl', [
    'join',
    k3dName(name),
    '--kubeconfig',
    karmadaKubeconfig(settings.dataFolder),
    '--cluster-kubeconfig',
    clusterKubeconfig(settings, name),
  ]);
}

export function awaitMembers(settings: LabSettings): LabStep {
  return step('every member to be ready', 'kubectl', [
    ...onKarmada(settings),
    'wait',
    '--for=condition=Ready',
    'clusters.cluster.karmada.io',
    '--all',
    `--timeout=${settings.timeout}s`,
  ]);
}
