import type { ApiEnablement, Cluster, ClusterTaint, ResourceModel, ResourceSummary } from '../karmada/cluster';
import { frozen } from '../kubernetes/freeze';
import { labelKeyProblems, labelValueProblems } from '../kubernetes/names';
import { checkedList, checkFlag, checkOneOf, checkRecord, checkWholeNumber } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isPropertyBag } from '../problem/record';
import { isName } from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { resourceModelsFrom, resourceSummaryFrom } from './cluster-capacity';
import { checkClusterName } from './cluster-name';

/** Properties of a member cluster that placements, selectors and the planner use. */
export interface ClusterProperties {
  /** Region, as in `spec.region` of the Cluster. @default - no region: a spread over regions excludes the cluster */
  readonly region?: string;
  /** Provider, as in `spec.provider` of the Cluster. @default - no provider */
  readonly provider?: string;
  /** Zones, as in `spec.zones` of the Cluster. @default - no zones */
  readonly zones?: readonly string[];
  /** Labels of the Cluster object. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of the Cluster object, which keep workloads away that do not tolerate them. @default - none */
  readonly taints?: readonly ClusterTaintProperties[];
  /** All kinds that the cluster serves. @default - the built-in Kubernetes kinds */
  readonly apiEnablements?: readonly ApiEnablement[];
  /** Classes of nodes, `spec.resourceModels` of the Cluster. @default - none: the resource summary decides */
  readonly resourceModels?: readonly ResourceModel[];
  /**
   * What the cluster has and uses, `status.resourceSummary` of the Cluster: plans divide by it.
   * @default - unknown: division by free capacity is decided at run time
   */
  readonly resourceSummary?: ResourceSummary;
  /** Number of nodes, `status.nodeSummary.totalNum` of the Cluster. @default - unknown */
  readonly nodes?: number;
  /**
   * Whether a scheduler-estimator runs for the cluster. Its answer is only known at run time; the resource summary is then
   * an upper bound. @default false
   */
  readonly schedulerEstimator?: boolean;
}

/** A taint that an author declares on a member cluster. */
export interface ClusterTaintProperties {
  /** Key of the taint. */
  readonly key: string;
  /** Value of the taint. @default - no value */
  readonly value?: string;
  /** `NoSchedule` keeps new workloads away, `NoExecute` evicts running ones as well. Karmada rejects PreferNoSchedule on a cluster. */
  readonly effect: 'NoSchedule' | 'NoExecute';
}

/** Location prefix of a property for messages, such as `line 4: `; empty if there is no source text. */
export type Place = (path: readonly (string | number)[]) => string;

/**
 * A cluster from its name and properties.
 *
 * @throws ModelError `cluster.name`, `cluster.label`, `cluster.topology`, `cluster.taint`, `cluster.api`, `cluster.capacity`, and
 *   `property.…` for an unknown property or a wrong type
 * @see Karmada v1.18.2 pkg/apis/cluster/validation/validation.go
 */
export function clusterFrom(name: string, properties: unknown, place: Place = () => ''): Cluster {
  checkClusterName(name, `${place([])}fleet`);
  const owner = (path: readonly (string | number)[]) => `${place(path)}cluster "${name}"`;
  // `member1:` without a value in a fleet file is a cluster without properties.
  const given = properties ?? {};
  const { region, provider, zones, labels, taints, apiEnablements, ...capacity } = checkRecord(
    given,
    clusterPropertyNames,
    owner(pathOfUnknown(given)),
  );
  return frozen<Cluster>({
    name,
    ...(labels !== undefined && { labels: checkedLabels(labels, owner) }),
    ...(provider !== undefined && { provider: checkedTopology(provider, 'provider', owner(['provider'])) }),
    ...(region !== undefined && { region: checkedTopology(region, 'region', owner(['region'])) }),
    ...(zones !== undefined && {
      zones: checkedList(zones as readonly unknown[], `zones of ${owner(['zones'])}`).map((zone, index) =>
        checkedTopology(zone, 'zone', owner(['zones', index])),
      ),
    }),
    ...(taints !== undefined && { taints: checkedTaints(taints, owner) }),
    ...(apiEnablements !== undefined && { apiEnablements: checkedApis(apiEnablements, owner) }),
    ...checkedCapacity(capacity, owner),
  });
}

const clusterPropertyNames = [
  'region',
  'provider',
  'zones',
  'labels',
  'taints',
  'apiEnablements',
  'resourceModels',
  'resourceSummary',
  'nodes',
  'schedulerEstimator',
];

const summaryPropertyNames = ['allocatable', 'allocated', 'allocating', 'allocatableModelings'];

function checkedCapacity(
  { resourceModels, resourceSummary, nodes, schedulerEstimator }: Readonly<Record<string, unknown>>,
  owner: Place,
): Partial<Cluster> {
  if (nodes !== undefined) checkWholeNumber(nodes, { atLeast: 0 }, `${owner(['nodes'])}: nodes`);
  if (schedulerEstimator !== undefined) {
    checkFlag(schedulerEstimator, `${owner(['schedulerEstimator'])}: schedulerEstimator`);
  }
  const summary = resourceSummary ?? undefined;
  if (summary !== undefined)
    checkRecord(summary, summaryPropertyNames, `${owner(['resourceSummary'])}: resourceSummary`);
  return {
    ...(resourceModels !== undefined && {
      resourceModels: resourceModelsFrom(resourceModels, ['resourceModels'], owner),
    }),
    ...(summary !== undefined && {
      resourceSummary: resourceSummaryFrom(summary, ['resourceSummary'], owner),
    }),
    ...(nodes !== undefined && { nodes }),
    ...(schedulerEstimator !== undefined && { schedulerEstimator }),
  };
}

/** Points at the misspelled property, not at its cluster. */
function pathOfUnknown(given: unknown): string[] {
  if (typeof given !== 'object' || given === null) return [];
  const unknown = Object.keys(given).find((property) => !clusterPropertyNames.includes(property));
  return unknown === undefined ? [] : [unknown];
}

function checkedLabels(labels: unknown, owner: Place): Record<string, string> {
  const checked: Record<string, string> = {};
  if (!isPropertyBag(labels)) {
    throw new ModelError(`${owner(['labels'])}: labels must be an object, got ${quoted(labels)}`, {
      code: 'property.type',
      fix: 'write each label as key and value',
    });
  }
  for (const [key, value] of Object.entries(labels)) {
    const problem = labelKeyProblems(key)[0] ?? labelValueProblems(value)[0];
    if (problem !== undefined) {
      throw new ModelError(`${owner(['labels', key])}: label "${key}": ${quoted(value)} ${problem}`, {
        code: 'cluster.label',
        fix: 'write key and value exactly as in the Cluster object',
      });
    }
    checked[key] = value as string;
  }
  return checked;
}

function checkedTopology(value: unknown, property: string, owner: string): string {
  const problem = value === '' ? 'is empty' : labelValueProblems(value)[0];
  if (problem === undefined) return value as string;
  throw new ModelError(`${owner}: ${property} ${quoted(value)} ${problem}`, {
    code: 'cluster.topology',
    fix: `write the ${property} exactly as in the Cluster object, or omit it`,
  });
}

function checkedTaints(taints: unknown, owner: Place): ClusterTaint[] {
  const seen = new Set<string>();
  return checkedList(taints as readonly unknown[], `taints of ${owner(['taints'])}`).map((taint, index) => {
    const at = `${owner(['taints', index])}: taint`;
    const { key, value, effect } = checkRecord(taint, ['key', 'value', 'effect'], at);
    checkOneOf(effect, ['NoSchedule', 'NoExecute'], `${at}: effect`);
    const problem = labelKeyProblems(key)[0];
    if (problem !== undefined) {
      throw new ModelError(`${at}: key ${quoted(key)} ${problem}`, {
        code: 'cluster.taint',
        fix: 'write the key as a label key, such as "maintenance"',
      });
    }
    const valueProblem = value === undefined ? undefined : labelValueProblems(value)[0];
    if (valueProblem !== undefined) {
      throw new ModelError(`${at}: value ${quoted(value)} ${valueProblem}`, {
        code: 'cluster.taint',
        fix: 'write the value as a label value, or omit it',
      });
    }
    if (seen.has(`${key}:${effect}`)) {
      throw new ModelError(`${at}: key "${key}" with effect ${effect} is listed twice`, {
        code: 'cluster.taint',
        fix: 'keep one of the two',
      });
    }
    seen.add(`${key}:${effect}`);
    return { key: key as string, effect, ...(value !== undefined && { value: value as string }) };
  });
}

function checkedApis(apis: unknown, owner: Place): ApiEnablement[] {
  return checkedList(apis as readonly unknown[], `apiEnablements of ${owner(['apiEnablements'])}`).map((api, index) => {
    const at = `${owner(['apiEnablements', index])}: apiEnablement`;
    const { groupVersion, kinds } = checkRecord(api, ['groupVersion', 'kinds'], at);
    if (!isName(groupVersion) || !Array.isArray(kinds) || !kinds.every(isName)) {
      throw new ModelError(`${at} must have a groupVersion and a list of kinds, got ${quoted(api)}`, {
        code: 'cluster.api',
        fix: 'write it like { groupVersion: "apps/v1", kinds: ["Deployment"] }',
      });
    }
    return { groupVersion, kinds };
  });
}
