import { type KarmadaVersion, karmadaVersions } from '../karmada/release';
import type { Manifest } from '../kubernetes/manifest';
import type { KubernetesObject } from '../kubernetes/object';
import { fieldAt, listOf, recordOf } from '../kubernetes/plain-data';
import { withReplicas } from '../kubernetes/replicas';
import type { LossKind } from '../planner';

/** What is different from the manifests. */
export interface WhatIf {
  /** Replicas by key of the template. */
  readonly replicas: Readonly<Record<string, number>>;
  /** Weights by key of the policy, in the order of its `staticWeightList`; null for one that is as written. */
  readonly weights: Readonly<Record<string, readonly (number | null)[]>>;
  /** Clusters that are out. */
  readonly out: readonly string[];
  readonly how: LossKind;
  readonly karmada?: KarmadaVersion;
}

/** Nothing is different. */
export const asWritten: WhatIf = { replicas: {}, weights: {}, out: [], how: 'lost' };

/** Whether nothing is different. */
export function isAsWritten({ replicas, weights, out, karmada }: WhatIf): boolean {
  const weighted = Object.values(weights).some((list) => list.some((weight) => weight !== null));
  return Object.keys(replicas).length === 0 && !weighted && out.length === 0 && karmada === undefined;
}

/** The manifests with other replicas and weights. What stays as it is, stays the same object. */
export function changedManifests(
  manifests: readonly Manifest[],
  { replicas, weights }: WhatIf,
  keysOf: (manifest: Manifest) => { readonly template?: string; readonly policy?: string },
): readonly Manifest[] {
  if (Object.keys(replicas).length + Object.keys(weights).length === 0) return manifests;
  return manifests.map((manifest) => {
    const { template = '', policy = '' } = keysOf(manifest);
    const [count, list] = [ownValue(replicas, template), ownValue(weights, policy)];
    if (list) return { ...manifest, object: reweighted(manifest.object, list) };
    return count === undefined ? manifest : { ...manifest, object: withReplicas(manifest.object, count) };
  });
}

function ownValue<Value>(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The entries of a policy's `staticWeightList`. */
export function weightEntries(policy: KubernetesObject): readonly unknown[] {
  return listOf(fieldAt(policy.spec, 'placement', 'replicaScheduling', 'weightPreference', 'staticWeightList'));
}

/** The policy with other weights. */
export function reweighted(policy: KubernetesObject, weights: readonly (number | null)[]): KubernetesObject {
  const placement = recordOf(fieldAt(policy.spec, 'placement'));
  const scheduling = recordOf(placement?.['replicaScheduling']);
  const preference = recordOf(scheduling?.['weightPreference']);
  const staticWeightList = weightEntries(policy).map((entry, index) => {
    const weight = weights[index] ?? null;
    return weight === null ? entry : { ...recordOf(entry), weight };
  });
  return {
    ...policy,
    spec: {
      ...recordOf(policy.spec),
      placement: {
        ...placement,
        replicaScheduling: { ...scheduling, weightPreference: { ...preference, staticWeightList } },
      },
    },
  };
}

const lossKinds: readonly LossKind[] = ['lost', 'evicted', 'unjoined'];
const mostReplicas = 100_000;

/** The text for the fragment of an address: `replicas=Deployment/default/pipy:3&out=member1`. */
export function whatIfText({ replicas, weights, out, how, karmada }: WhatIf): string {
  const text = new URLSearchParams();
  for (const [key, count] of Object.entries(replicas)) text.append('replicas', `${key}:${count}`);
  for (const [key, list] of Object.entries(weights)) {
    text.append('weights', `${key}:${list.map((weight) => weight ?? '').join(',')}`);
  }
  for (const cluster of out) text.append('out', cluster);
  if (out.length > 0) text.set('how', how);
  if (karmada !== undefined) text.set('karmada', karmada);
  return text.toString();
}

/** Reads such a text. What it does not understand, it leaves out: anybody can write an address. */
export function readWhatIf(fragment: string): WhatIf {
  const text = new URLSearchParams(fragment);
  const split = (entry: string): readonly [string, string] => {
    const at = entry.lastIndexOf(':');
    return [entry.slice(0, at), entry.slice(at + 1)];
  };
  const replicas = text.getAll('replicas').flatMap((entry) => {
    const [key, count] = split(entry);
    return key !== '' && isCount(count) ? [[key, Number(count)] as const] : [];
  });
  const weights = text.getAll('weights').flatMap((entry) => {
    const [key, list] = split(entry);
    const items = list.split(',');
    // The API server refuses a weight of 0, and the policy with it.
    if (key === '' || !items.every((item) => item === '' || (isCount(item) && Number(item) > 0))) return [];
    return [[key, items.map((item) => (item === '' ? null : Number(item)))] as const];
  });
  const how = lossKinds.find((kind) => kind === text.get('how')) ?? 'lost';
  const karmada = karmadaVersions.find((release) => release === text.get('karmada'));
  return {
    replicas: Object.fromEntries(replicas),
    weights: Object.fromEntries(weights),
    out: [...new Set(text.getAll('out'))],
    how,
    ...(karmada && { karmada }),
  };
}

function isCount(text: string): boolean {
  return /^\d{1,6}$/.test(text) && Number(text) <= mostReplicas;
}
