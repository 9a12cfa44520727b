import type { Cluster } from '../karmada/cluster';
import { type KarmadaVersion, karmadaVersions } from '../karmada/release';
import { frozen } from '../kubernetes/freeze';
import { ModelError } from '../problem/model-error';
import {
  anything,
  checkValue,
  either,
  listOf,
  name,
  objectOf,
  objectWith,
  oneOf,
  text,
  type ValueKind,
  wholeNumber,
  word,
} from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { Clusters } from './clusters';
import { Contract } from './contract';
import { type ContractSpec, contractGroups, lossModes } from './contract-spec';
import { fleetData } from './fleet-data';
import { clustersFromData } from './fleet-text';

/** What synthesis knows of an application and its manifests do not show. */
export interface RecordedApplication {
  readonly karmada: KarmadaVersion;
  /** `Failover`, or `PropagateDeps=false`. */
  readonly featureGates: readonly string[];
  readonly clusters?: readonly Cluster[];
  /** Keys of a workload and of a Service that it sends requests to. */
  readonly calls: readonly { readonly client: string; readonly server: string }[];
  readonly contracts: readonly ContractSpec[];
}

/** Raised when a reader of the version before would misunderstand the data. */
const dataVersion = 1;

/** An application as plain data, for JSON. Equal applications make equal data. */
export function applicationData(application: RecordedApplication): Readonly<Record<string, unknown>> {
  const { karmada, featureGates, clusters, calls, contracts } = application;
  const deleting = clusters?.filter((cluster) => cluster.deleting).map((cluster) => cluster.name) ?? [];
  return {
    version: dataVersion,
    karmada,
    ...(featureGates.length > 0 && { featureGates }),
    ...(clusters && { fleet: fleetData(clusters) }),
    // A fleet file cannot say that a live cluster is being removed.
    ...(deleting.length > 0 && { deleting }),
    ...(calls.length > 0 && { calls }),
    ...(contracts.length > 0 && { contracts }),
  };
}

/**
 * Reads {@link applicationData} back.
 *
 * @throws ModelError for other data, also for that of a later version
 */
export function applicationFrom(value: unknown): RecordedApplication {
  const version = (value as { readonly version?: unknown } | null)?.version;
  if (Number.isSafeInteger(version) && (version as number) > dataVersion) {
    throw new ModelError(`it is of version ${quoted(version)}, and this cdk8s-karmada reads version ${dataVersion}`, {
      code: 'record.version',
      fix: 'update cdk8s-karmada',
    });
  }
  checkValue(value, applicationKind, 'the application');
  const { karmada, featureGates = [], fleet, deleting = [], calls = [], contracts = [] } = value as ApplicationData;
  const clusters = fleet === undefined ? undefined : clustersFromData(fleet);
  return {
    karmada,
    featureGates,
    ...(clusters && {
      clusters: clusters.map((cluster) =>
        deleting.includes(cluster.name) ? frozen<Cluster>({ ...cluster, deleting: true }) : cluster,
      ),
    }),
    calls,
    contracts,
  };
}

interface ApplicationData extends Partial<RecordedApplication> {
  readonly karmada: KarmadaVersion;
  readonly fleet?: unknown;
  readonly deleting?: readonly string[];
}

/** What a factory takes. */
function takenBy(make: (value: never) => unknown, wanted: string): ValueKind {
  return (value) => {
    try {
      make(value as never);
      return undefined;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      return { path: '', code: error.code, problem: `must ${wanted}`, fix: error.fix };
    }
  };
}

const subject = takenBy(Contract.on, 'name templates');
const affinity = takenBy(Clusters.fromSpec, 'select clusters');
const target = either(
  objectOf({ construct: text, templates: listOf(text) }, ['construct']),
  objectOf({ name: subject }, ['name']),
);
const group = oneOf(contractGroups);
const isShare: ValueKind = (value) =>
  typeof value === 'number' && value > 0 && value <= 1
    ? undefined
    : { path: '', code: 'contract.share', problem: 'must be above 0 and at most 1', fix: 'write 0.6 for 60 %' };

const claims: Readonly<Record<ContractSpec['kind'], ValueKind>> = {
  keeps: claim({
    replicas: either(wholeNumber({ atLeast: 1 }), objectOf({ share: isShare }, ['share'])),
    losing: either(group, listOf(word)),
    mode: oneOf(lossModes),
  }),
  only: claim({ clusters: affinity }),
  apartFrom: claim({ other: target, by: group }),
  togetherWith: claim({ other: target, by: group }),
  atMost: claim({ replicas: wholeNumber({ atLeast: 0 }), by: group }),
  maxSkew: claim({ replicas: wholeNumber({ atLeast: 0 }), by: group }),
};

function claim(shape: Readonly<Record<string, ValueKind>>): ValueKind {
  return objectOf({ on: target, kind: anything, ...shape }, ['on', ...Object.keys(shape)]);
}

/** The kind of a contract decides about its other properties. */
const contract: ValueKind = (value) => {
  const kind = (value as { readonly kind?: unknown } | null)?.kind;
  const known =
    typeof kind === 'string' && Object.hasOwn(claims, kind) ? claims[kind as ContractSpec['kind']] : undefined;
  return known === undefined ? objectWith({ kind: oneOf(Object.keys(claims)) })({ kind: kind ?? null }) : known(value);
};

const applicationKind = objectOf(
  {
    version: oneOfNumbers(dataVersion),
    karmada: oneOf(karmadaVersions),
    featureGates: listOf(word),
    fleet: anything,
    deleting: listOf(name),
    calls: listOf(objectOf({ client: text, server: text }, ['client', 'server'])),
    contracts: listOf(contract),
  },
  ['version', 'karmada'],
);

function oneOfNumbers(number: number): ValueKind {
  return (value) =>
    value === number
      ? undefined
      : {
          path: '',
          code: 'property.value',
          problem: `must be ${number}, got ${quoted(value)}`,
          fix: `write ${number}`,
        };
}
