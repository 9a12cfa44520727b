import { definedKind } from './custom-definition';
import { groupKindKey, type KubernetesObject, kindKey } from './object';
import { fieldAt, listOf, recordOf, textOf } from './plain-data';

/** Versions of built-in kinds that an API server still accepts and then shows Karmada in another one. */
const builtIn: ReadonlyMap<string, string> = new Map(
  ['autoscaling/v1', 'autoscaling/v2beta1', 'autoscaling/v2beta2'].map((version) => [
    `${version} HorizontalPodAutoscaler`,
    'autoscaling/v2',
  ]),
);

/** Versions of custom kinds, as their definitions serve them. */
export class ServedVersions {
  readonly #preferred = new Map<string, string>();

  /** Learns from a CustomResourceDefinition which version discovery prefers. */
  learn(definition: KubernetesObject): void {
    const versions = listOf(fieldAt(definition, 'spec', 'versions'))
      .filter((version) => fieldAt(version, 'served') === true)
      .map((version) => textOf(fieldAt(version, 'name')))
      .sort(byVersionPriority);
    const [best] = versions;
    if (best) this.#preferred.set(definedKind(definition), `${textOf(fieldAt(definition, 'spec', 'group'))}/${best}`);
  }

  /** The apiVersion in which Karmada sees objects of the kind; undefined where no definition says. */
  preferredOf(apiVersion: string, kind: string): string | undefined {
    return builtIn.get(kindKey({ apiVersion, kind })) ?? this.#preferred.get(groupKindKey({ apiVersion, kind }));
  }
}

/**
 * An object as Karmada sees it: it watches every kind in the version that discovery prefers, so a HorizontalPodAutoscaler
 * written in `autoscaling/v1` is matched, and sent, as `autoscaling/v2`.
 *
 * @returns the same object where its version is the preferred one or no other is known
 * @see Karmada v1.18.2 pkg/util/lifted/discovery.go, GetDeletableResources
 */
export function preferredVersion(object: KubernetesObject, served: ServedVersions): KubernetesObject {
  const apiVersion = served.preferredOf(object.apiVersion, object.kind);
  if (apiVersion === undefined || apiVersion === object.apiVersion) return object;
  if (object.apiVersion === 'autoscaling/v1') return autoscalerInVersion2(object, apiVersion);
  return { ...object, apiVersion };
}

/** Version 1 states one CPU target, which version 2 states as a metric. */
function autoscalerInVersion2(object: KubernetesObject, apiVersion: string): KubernetesObject {
  const { targetCPUUtilizationPercentage, ...spec } = recordOf(object.spec) ?? {};
  if (targetCPUUtilizationPercentage === undefined) return { ...object, apiVersion };
  const target = { type: 'Utilization', averageUtilization: targetCPUUtilizationPercentage };
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
  return { ...object, apiVersion, spec: { ...spec, metrics } };
}

const versionForm = /^v([1-9][0-9]*)(?:(alpha|beta)([1-9][0-9]*))?$/;
const stabilityRank: Readonly<Record<string, number>> = { alpha: 1, beta: 2 };

/**
 * Kubernetes' order of preference: stable before beta before alpha, each by number downwards; other names come last.
 *
 * @see Kubernetes apimachinery pkg/version, CompareKubeAwareVersionStrings
 */
export function byVersionPriority(a: string, b: string): number {
  const [x, y] = [versionForm.exec(a), versionForm.exec(b)];
  if (!x || !y) return x ? -1 : y ? 1 : a < b ? -1 : 1;
  const rank = (match: RegExpExecArray) => (match[2] ? stabilityRank[match[2]]! : 3);
  return rank(y) - rank(x) || Number(y[1]) - Number(x[1]) || Number(y[3] ?? 0) - Number(x[3] ?? 0);
}
