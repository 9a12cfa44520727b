import type { TemplatePlan } from '../../planner';
import { joinWords } from '../../problem/words';
import {
  answersAcrossClusters,
  clustersOfImport,
  derivedServices,
  importKey,
  mcsApi,
} from '../analysis/multi-cluster-services';
import { type ServiceMention, ServiceMentions } from '../analysis/service-calls';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/mcs/service_import_controller.go */
export const validImportedServiceName = definePlanRule({
  id: 'valid-imported-service-name',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P54'],
  rank: 300,
  summary: 'Clients of a Service in another cluster use derived-NAME in the clusters of its ServiceImport.',
  rationale:
    'Karmada creates the imported Service as derived-NAME, only in the clusters that receive the ServiceImport',
  check(context) {
    const derived = derivedServices(context.controlPlane);
    if (derived.size === 0) return;
    const mentions = new ServiceMentions(context.controlPlane, derived);
    for (const client of context.plan.templates) {
      if (client.possibleClusters.length === 0) continue;
      for (const mention of mentions.of(client.manifest.object)) {
        const [namespace = '', name = ''] = mention.service.split('/');
        if (derived.has(mention.service))
          reportDerived(client, mention, namespace, name.replace(/^derived-/, ''), context);
        else reportPlain(client, mention, namespace, name, context);
      }
    }
  },
});

/** The plain name resolves only in the clusters of the Service itself. */
function reportPlain(
  client: TemplatePlan,
  mention: ServiceMention,
  namespace: string,
  name: string,
  context: PlanContext,
): void {
  const { plannedTemplate, controlPlane, report } = context;
  const imported = clustersOfImport({ namespace, name }, context);
  if (imported.size === 0) return;
  const service = controlPlane.find({ apiVersion: 'v1', kind: 'Service', namespace, name });
  const served = service && plannedTemplate(service);
  if (!served || answersAcrossClusters(served, context) === 'all') return;
  const without = client.possibleClusters.filter(
    (cluster) => imported.has(cluster) && !served.possibleClusters.includes(cluster),
  );
  if (without.length === 0) return;
  report({
    at: client.manifest,
    path: mention.path,
    message: `calls "${name}"${inConfigMap(mention)}, but in ${joinWords(without, 'and')} the imported Service is named "derived-${name}"`,
    fix: `call derived-${name}.${namespace}.svc`,
    cause: `call of ${client.key} to ${mention.service}`,
  });
}

function reportDerived(
  client: TemplatePlan,
  mention: ServiceMention,
  namespace: string,
  name: string,
  context: PlanContext,
): void {
  const { plannedTemplate, controlPlane, report } = context;
  const key = importKey(namespace, name);
  const found = controlPlane.find({ apiVersion: mcsApi, kind: 'ServiceImport', namespace, name });
  const imported = found && plannedTemplate(found);
  const there = imported?.possibleClusters ?? [];
  const without = client.possibleClusters.filter((cluster) => !there.includes(cluster));
  if (imported?.outcome.kind === 'unschedulable' || without.length === 0) return;
  report({
    at: client.manifest,
    path: mention.path,
    message: found
      ? `calls "derived-${name}"${inConfigMap(mention)} in ${joinWords(without, 'and')}, where ${key} is not sent`
      : `calls "derived-${name}"${inConfigMap(mention)}, but there is no ${key} from which Karmada would create it`,
    fix: found
      ? `send ${key} to ${joinWords(without, 'and')} as well`
      : `add ${key}, and send it to ${joinWords(without, 'and')}`,
    ...(imported?.outcome.kind === 'unmatched' && { cause: `policy of ${imported.key}` }),
  });
}

function inConfigMap({ configMap }: ServiceMention): string {
  return configMap === undefined ? '' : ` (ConfigMap "${configMap}" names it)`;
}
