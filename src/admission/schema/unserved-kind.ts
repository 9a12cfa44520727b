import { isKarmadaGroup } from '../../karmada/group';
import type { KarmadaVersion } from '../../karmada/release';
import { unservedBuiltIn } from '../../kubernetes/built-in-kinds';
import { definedKind, isDefinition } from '../../kubernetes/custom-definition';
import { apiGroup, apiVersionName, groupKindKey, type KindName, type KubernetesObject } from '../../kubernetes/object';
import { byVersionPriority } from '../../kubernetes/preferred-version';
import { joinWords, nearMiss, quoted } from '../../problem/words';
import type { Cause } from '../cause';
import { karmadaKinds } from './tables';

/**
 * Rejects a kind that neither Kubernetes nor Karmada has in this group and version. In their groups, only a
 * CustomResourceDefinition among the other objects adds kinds.
 *
 * @param others - objects of the same control plane
 */
export function* unservedKindCauses(
  object: KubernetesObject,
  karmada: KarmadaVersion,
  others: readonly KubernetesObject[],
): Iterable<Cause> {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return;
  const unserved = isServedHere(apiGroup(apiVersion)) ? unservedKarmada(object, karmada) : unservedBuiltIn(object);
  if (!unserved) return;
  const defined = groupKindKey(object);
  if (others.some((other) => isDefinition(other) && definedKind(other) === defined)) return;
  const { meant } = unserved;
  const isKind = meant !== undefined && meant.kind !== kind;
  const isVersion = meant !== undefined && meant.apiVersion !== apiVersion;
  const right = [isVersion && `apiVersion: ${meant.apiVersion}`, isKind && `kind: ${meant.kind}`].filter(Boolean);
  yield {
    code: 'unknown-kind',
    layer: 'schema',
    path: isVersion && !isKind ? 'apiVersion' : 'kind',
    message: `no matches for kind ${quoted(kind)} in version ${quoted(apiVersion)}`,
    fix: meant ? `write ${right.join(' and ')}` : fixWithout(apiGroup(apiVersion), karmada),
  };
}

/** The kinds of the operator may be defined in the cluster in which it runs. */
function isServedHere(group: string): boolean {
  return isKarmadaGroup(group) && group !== 'operator.karmada.io';
}

/** Kinds of Karmada's aggregated API servers, which have no CustomResourceDefinition. */
const aggregated: readonly KindName[] = [
  { apiVersion: 'cluster.karmada.io/v1alpha1', kind: 'Cluster' },
  { apiVersion: 'search.karmada.io/v1alpha1', kind: 'ResourceRegistry' },
];

function unservedKarmada({ apiVersion, kind }: KindName, karmada: KarmadaVersion): { meant?: KindName } | undefined {
  const group = apiGroup(apiVersion);
  const served = [...karmadaKinds(karmada), ...aggregated].filter((each) => isServedHere(apiGroup(each.apiVersion)));
  if (kind.endsWith('List') || served.some((each) => each.apiVersion === apiVersion && each.kind === kind)) {
    return undefined;
  }
  const names = (kinds: readonly KindName[]) => [...new Set(kinds.map((each) => each.kind))];
  const short = kind.replace('HorizontalPodAutoscaler', 'HPA');
  const inGroup = served.filter((each) => apiGroup(each.apiVersion) === group);
  const exact = names(served).find((each) => each === kind);
  const name = exact ?? nearMiss(short, names(inGroup)) ?? nearMiss(short, names(served));
  const versions = served.filter((each) => each.kind === name).map((each) => each.apiVersion);
  const own = versions.filter((each) => apiGroup(each) === group);
  const [best] = [...(own.length > 0 ? own : versions)].sort((a, b) =>
    byVersionPriority(apiVersionName(a), apiVersionName(b)),
  );
  return name !== undefined && best !== undefined ? { meant: { apiVersion: best, kind: name } } : {};
}

function fixWithout(group: string, karmada: KarmadaVersion): string {
  const kinds = karmadaKinds(karmada).filter((each) => apiGroup(each.apiVersion) === group);
  if (kinds.length === 0)
    return 'use a kind that the API server has, or add its CustomResourceDefinition to the manifests';
  return `use a kind of this group: ${joinWords([...new Set(kinds.map(({ kind }) => kind))], 'or')}`;
}
