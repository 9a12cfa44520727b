import type { Manifest } from '../../kubernetes/manifest';
import { objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import type { TemplatePlan } from '../../planner';
import { joinWords } from '../../problem/words';
import { missingPolicy } from '../analysis/missing-object';
import { backendsCause, mcsApi } from '../analysis/multi-cluster-services';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/mcs */
export const requireServiceExportPath = definePlanRule({
  id: 'require-service-export-path',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P54'],
  rank: 280,
  summary: 'An exported Service has its ServiceExport in its clusters and its ServiceImport in the client clusters.',
  rationale:
    'Karmada collects endpoints in clusters with both Service and ServiceExport, and creates the Service derived-NAME where the ServiceImport is sent; every step is required',
  check(context) {
    const { controlPlane } = context;
    for (const at of controlPlane.ofKind(mcsApi, 'ServiceExport')) checkExport(at, context);
    for (const at of controlPlane.ofKind(mcsApi, 'ServiceImport')) checkImport(at, context);
  },
});

function checkExport(at: Manifest, { plannedTemplate, controlPlane, report }: PlanContext): void {
  const { namespace, name, key } = namedBy(at);
  const service = controlPlane.find({ apiVersion: 'v1', kind: 'Service', namespace, name });
  if (!service) {
    report({
      at,
      path: 'metadata.name',
      ...(isAlone(namespace, controlPlane.ofKind('v1', 'Service')) && { severity: 'info' }),
      missing: { kinds: ['Service'], name },
      message: `exports Service/${namespace}/${name}, which is not in the manifests`,
      fix: 'use the name and namespace of the Service for the ServiceExport',
    });
    return;
  }
  const exported = plannedTemplate(at);
  const served = plannedTemplate(service);
  if (exported?.outcome.kind === 'unmatched') {
    report({
      at,
      missing: missingPolicy,
      message: `${key} is not propagated, so no endpoints of ${objectKey(service.object)} are collected`,
      fix: `select ${key} in the policy that sends ${objectKey(service.object)}`,
      cause: `policy of ${exported.key}`,
    });
  } else if (exported && served) reportApart(at, exported, served, { report });
}

function reportApart(
  at: Manifest,
  exported: TemplatePlan,
  served: TemplatePlan,
  { report }: Pick<PlanContext, 'report'>,
): void {
  const [there, provided] = [exported.possibleClusters, served.possibleClusters];
  if (there.length === 0 || provided.length === 0) return;
  const without = provided.filter((cluster) => !there.includes(cluster));
  if (without.length === 0) return;
  const none = without.length === provided.length;
  report({
    at,
    // Exporting from only some clusters may be intended.
    ...(!none && { severity: 'info' }),
    message: `${exported.key} goes to ${joinWords(there, 'and')} but not to ${joinWords(without, 'and')}, where ${served.key} is sent: its endpoints there are not collected`,
    fix: `send ${exported.key} to ${joinWords(without, 'and')} as well`,
  });
}

function checkImport(at: Manifest, { plannedTemplate, controlPlane, report }: PlanContext): void {
  const { namespace, name, key } = namedBy(at);
  const service = controlPlane.find({ apiVersion: 'v1', kind: 'Service', namespace, name });
  if (!controlPlane.find({ apiVersion: mcsApi, kind: 'ServiceExport', namespace, name })) {
    report({
      at,
      path: 'metadata.name',
      ...(!service && { severity: 'info' }),
      missing: { kinds: ['ServiceExport'], name },
      message: `imports Service/${namespace}/${name}, which no ServiceExport exports`,
      fix: `add a ServiceExport "${name}" in namespace "${namespace}", and send it to the clusters of the Service`,
      ...(service && plannedTemplate(service) && { cause: backendsCause(plannedTemplate(service) as TemplatePlan) }),
    });
  }
  const imported = plannedTemplate(at);
  if (imported?.outcome.kind !== 'unmatched') return;
  report({
    at,
    missing: missingPolicy,
    message: `${key} is not propagated, so no cluster gets the Service "derived-${name}"`,
    fix: `select ${key} in the policy of the workloads that call the Service`,
    cause: `policy of ${imported.key}`,
  });
}

function namedBy({ object }: Manifest): { namespace: string; name: string; key: string } {
  return { namespace: textOf(object.metadata?.namespace), name: textOf(object.metadata?.name), key: objectKey(object) };
}

/** Whether a namespace has no object of the kind, so that such objects are probably created elsewhere. */
function isAlone(namespace: string, manifests: readonly Manifest[]): boolean {
  return manifests.every(({ object }) => object.metadata?.namespace !== namespace);
}
