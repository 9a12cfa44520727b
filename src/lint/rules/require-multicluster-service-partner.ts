import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { joinWords, nearMiss } from '../../problem/words';
import { type MultiClusterService, multiClusterServicesIn } from '../analysis/multi-cluster-services';
import { clustersCause } from '../analysis/policy-placement';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/multiclusterservice/mcs_controller.go */
export const requireMulticlusterServicePartner = defineRule({
  id: 'require-multicluster-service-partner',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P51'],
  rank: 290,
  summary: 'A MultiClusterService has a type, a Service with its name, and backends in its provider clusters.',
  rationale:
    'the controller collects the endpoints of the Service with the same name and namespace in the provider clusters; without them nothing is exposed',
  check(context) {
    for (const service of multiClusterServicesIn(context.controlPlane)) {
      reportTypes(service, context);
      if (!reportMissing(service, context)) reportProviders(service, context);
    }
  },
});

function reportTypes({ manifest }: MultiClusterService, { report }: LintContext): void {
  const types = fieldAt(manifest.object.spec, 'types');
  // The schema rejects an object without the field.
  if (!Array.isArray(types) || types.length > 0) return;
  report({
    at: manifest,
    path: 'spec.types',
    message: 'has no types, so it has no effect',
    fix: 'write types: [CrossCluster]',
  });
}

function reportMissing(
  { manifest, namespace, name }: MultiClusterService,
  { controlPlane, plannedTemplate, report }: LintContext,
): boolean {
  if (controlPlane.find({ apiVersion: 'v1', kind: 'Service', namespace, name })) return false;
  const services = controlPlane.ofKind('v1', 'Service');
  const there = services
    .filter(({ object }) => object.metadata?.namespace === namespace)
    .map(({ object }) => textOf(object.metadata?.name));
  const elsewhere = services.find(({ object }) => object.metadata?.name === name);
  const meant = nearMiss(name, there) ?? (there.length === 1 ? there[0] : undefined);
  const isAlone = controlPlane.objects.every(
    ({ object }) => object === manifest.object || object.metadata?.namespace !== namespace,
  );
  const intended =
    meant === undefined
      ? elsewhere
      : services.find(({ object }) => object.metadata?.namespace === namespace && object.metadata?.name === meant);
  const planned = intended && plannedTemplate(intended);
  report({
    at: manifest,
    path: 'metadata.name',
    ...(isAlone && !elsewhere && { severity: 'info' }),
    missing: { kinds: ['Service'], name },
    message: `exposes Service/${namespace}/${name}, which is not in the manifests`,
    fix:
      elsewhere && meant === undefined
        ? `write metadata.namespace: ${elsewhere.object.metadata?.namespace}, where the Service is`
        : meant === undefined
          ? `add a Service "${name}" in namespace "${namespace}"`
          : `write metadata.name: ${meant}, or rename the Service "${meant}"`,
    // For want of its MultiClusterService nothing propagates the Service that was meant.
    ...(planned?.outcome.kind === 'unmatched' && { cause: `policy of ${planned.key}` }),
  });
  return true;
}

/** Provider clusters that never get backends. */
function reportProviders(
  { manifest, key, namespace, name, providers, crossesClusters }: MultiClusterService,
  context: LintContext,
): void {
  const { services, plan, report } = context;
  if (!plan || !providers || !crossesClusters) return;
  const backends = services?.byName.get(`${namespace}/${name}`);
  const workloads =
    backends?.workloads.filter(({ outcome }) => outcome.kind !== 'unmatched' && outcome.kind !== 'unschedulable') ?? [];
  if (workloads.length === 0) return;
  const there = new Set(workloads.flatMap((workload) => workload.possibleClusters));
  const places = listOf(fieldAt(manifest.object.spec, 'providerClusters'));
  const behind = joinWords(
    workloads.map((workload) => workload.key),
    'and',
  );
  for (const [index, cluster] of providers.entries()) {
    if (there.has(cluster)) continue;
    if (workloads.some((workload) => workload.candidates.includes(cluster))) continue;
    const isKnown = plan.clusters.some((each) => each.name === cluster);
    report({
      at: manifest,
      path: `spec.providerClusters[${index}].name`,
      message: `takes backends from ${cluster}, where ${behind} ${workloads.length === 1 ? 'is' : 'are'} not sent: ${workloads.length === 1 ? 'it goes' : 'they go'} to ${joinWords([...there], 'and')} only`,
      fix: `write ${joinWords([...there], 'or')}${places.length > 1 ? ', or remove it' : ''}, or send ${behind} to ${cluster} as well`,
      ...(!isKnown && { cause: clustersCause(key) }),
    });
  }
}
