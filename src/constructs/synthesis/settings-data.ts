import type { IConstruct } from 'constructs';
import { apiGroup, type KubernetesObject, namedKey, objectKey } from '../../kubernetes/object';
import type { ContractSpec, ContractTarget } from '../../model/contract-spec';
import { applicationData } from '../../model/recorded-application';
import { callsIn } from '../federated-app/calls';
import type { FederationSettings } from '../federation-settings';
import type { SynthesizedApp } from './synthesized-app';

/**
 * What the commands need to know of an application and its manifests do not show, as data for the record of the folder.
 * Contracts about constructs get the names of their objects, because manifests have no constructs.
 *
 * @param app - objects that can be iterated repeatedly, if there are contracts
 */
export function settingsData(
  federation: IConstruct & FederationSettings,
  app: SynthesizedApp,
): Readonly<Record<string, unknown>> {
  const { karmada, featureGates, fleet, contracts } = federation;
  const names = namesBelow(
    contracts.flatMap(({ spec }) => ('other' in spec ? [spec.on, spec.other] : [spec.on])),
    app,
  );
  return applicationData({
    karmada,
    featureGates,
    ...(fleet && { clusters: fleet.clusters }),
    calls: callsIn(federation),
    contracts: contracts.map(({ spec }) => withNames(spec, names)),
  });
}

function withNames(spec: ContractSpec, names: ReadonlyMap<string, ReadonlySet<string>>): ContractSpec {
  const named = (target: ContractTarget): ContractTarget =>
    'construct' in target ? { ...target, templates: [...(names.get(target.construct) ?? [])].sort() } : target;
  const on = named(spec.on);
  return 'other' in spec ? { ...spec, on, other: named(spec.other) } : { ...spec, on };
}

/** The templates at and below the constructs of contracts, by path. One pass over the objects serves all contracts. */
function namesBelow(
  targets: readonly ContractTarget[],
  { charts }: SynthesizedApp,
): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const target of targets) if ('construct' in target) names.set(target.construct, new Set());
  if (names.size === 0) return names;
  for (const { objects } of charts) {
    for (const { object, construct } of objects) {
      if (object === undefined || apiGroup(object.apiVersion) === policyGroup) continue;
      for (const at of [construct, ...construct.node.scopes]) names.get(at.node.path)?.add(longName(object));
    }
  }
  return names;
}

/** Policies below a construct are no templates. */
const policyGroup = 'policy.karmada.io';

/** `Kind.group/namespace/name`; without the group if the API server generates the name. */
function longName(object: KubernetesObject): string {
  const { apiVersion, kind, metadata: { name, namespace } = {} } = object;
  return name
    ? namedKey({ kind: `${kind}.${apiGroup(apiVersion)}`, name, ...(namespace && { namespace }) })
    : objectKey(object);
}
