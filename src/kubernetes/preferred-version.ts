import { definedKind } from './custom-definition';
import { groupKindKey, type KubernetesObject, kindKey } from './object';
import { fieldAt, listOf, recordOf, textOf } from './plain-data';

/** Accepted versions of native kinds that Karmada sees in another version. */
const builtIn: ReadonlyMap<string, string> = new Map(
  ['autoscaling/v1', 'autoscaling/v2beta1', 'autoscaling/v2beta2'].map((version) => [
    `${version} HorizontalPodAutoscaler`,
    'autoscaling/v2',
  ]),
);

/** Preferred versions of custom kinds. */
export class ServedVersions {
  readonly #preferred = new Map<string, string>();

  /** Records the preferred version from a CustomResourceDefinition. */
  learn(definition: KubernetesObject): void {
    const versions = listOf(fieldAt(definition, 'spec', 'versions'))
      .filter((version) => fieldAt(version, 'served') === true)
      .map((version) => textOf(fieldAt(version, 'name')))
      .sort(byVersionPriority);
    const [best] = versions;
    if (best) this.#preferred.set(definedKind(definition), `${textOf(fieldAt(definition, 'spec', 'group'))}/${best}`);
  }

  /** The apiVersion in which Karmada sees the kind; undefined without a definition. */
  preferredOf(apiVersion: string, kind: string): string | undefined {
    return builtIn.get(kindKey({ apiVersion, kind })) ?? this.#preferred.get(groupKindKey({ apiVersion, kind }));
  }
}

/**
 * An object in the version in which Karmada sees it, which is the preferred one of discovery. A HorizontalPodAutoscaler of
 * `autoscaling/v1` is matched and propagated as `autoscaling/v2`.
 *
 * @returns the same object if its version is the preferred one or no other is known
 * @see Karmada v1.18.2 pkg/util/lifted/discovery.go, GetDeletableResources
 */
export function preferredVersion(object: KubernetesObject, served: ServedVersions): KubernetesObject {
  const apiVersion = served.preferredOf(object.apiVersion, object.kind);
  if (apiVersion === undefined || apiVersion === object.apiVersion) return object;
  if (object.apiVersion === 'autoscaling/v1') return autoscalerInVersion2(object, apiVersion);
  return { ...object, apiVersion };
}

/** Converts the CPU target of version 1 to a metric of version 2. */
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
 * Kubernetes' order of preference: stable, beta, alpha, each in descending order; other names come last.
 *
 * @see Kubernetes apimachinery pkg/version, CompareKubeAwareVersionStrings
 */
export function byVersionPriority(a: string, b: string): number {
  const [x, y] = [versionForm.exec(a), versionForm.exec(b)];
  if (!x || !y) return x ? -1 : y ? 1 : a < b ? -1 : 1;
  const rank = (match: RegExpExecArray) => (match[2] ? stabilityRank[match[2]]! : 3);
  return rank(y) - rank(x) || Number(y[1]) - Number(x[1]) || Number(y[3] ?? 0) - Number(x[3] ?? 0);
}
