import { labelOf } from '../../kubernetes/label-selector';
import { apiGroup, objectKey } from '../../kubernetes/object';
import { onDemand } from '../../kubernetes/on-demand';
import { textOf } from '../../kubernetes/plain-data';
import { podLabelsOf } from '../../kubernetes/pod-template';
import type { TemplatePlan } from '../../planner';
import { joinWords, nearMiss } from '../../problem/words';
import { missingWorkload } from '../analysis/missing-object';
import { answersAcrossClusters, backendsCause } from '../analysis/multi-cluster-services';
import type { Lack, ServiceBackends } from '../analysis/service-backends';
import { atReplicas, enoughForAll, replicasCause, toReplicas } from '../analysis/static-division';
import { definePlanRule, type PlanContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/scheduler/core/util.go, removeZeroReplicasCluster */
export const noServiceWithoutBackends = definePlanRule({
  id: 'no-service-without-backends',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P46'],
  rank: 130,
  summary: 'Every Service has a backing pod in each cluster that it is sent to.',
  rationale: 'a Service is backed only by the pods of its own cluster; without a pod it has no endpoints there',
  check(context) {
    const workloadsOf = onDemand(() => workloadsByNamespace(context.plan.templates));
    for (const backends of context.services.byName.values()) {
      const { service, selector, workloads } = backends;
      if (!selector || service.takenBy !== undefined || service.outcome.kind === 'unmatched') continue;
      if (workloads.length === 0) reportDeadSelector(backends, workloadsOf, context);
      else reportLacks(backends, context);
    }
  },
});

function reportLacks(backends: ServiceBackends, context: PlanContext): void {
  const { service, workloads } = backends;
  const lacks = context.reachOf(service).possible.flatMap((cluster) => {
    const lack = context.services.lackIn(backends, cluster);
    return lack ? [{ cluster, lack }] : [];
  });
  if (lacks.length === 0) return;
  const across = answersAcrossClusters(service, context);
  const lacking = lacks.filter(({ cluster }) => across !== 'all' && !across.has(cluster));
  const key = objectKey(service.manifest.object);
  const apart = lacking.filter(({ lack }) => lack.kind === 'apart').map(({ cluster }) => cluster);
  if (apart.length > 0) {
    const behind = joinWords(workloads.map((workload) => workload.key));
    context.report({
      at: service.manifest,
      message: `goes to ${joinWords(apart, 'and')}, where ${behind} ${workloads.length === 1 ? 'is' : 'are'} never sent`,
      fix: `send ${behind} there as well, or remove ${joinWords(apart, 'and')} from the placement of ${key}, or expose it with a MultiClusterService`,
      cause: backendsCause(service),
    });
  }
  reportOverridden(service, lacking, context);
  const open = lacking.filter(({ lack }) => lack.kind === 'atRunTime');
  if (apart.length === 0 && open.length > 0) {
    const clusters = joinWords(
      open.map(({ cluster }) => cluster),
      'and',
    );
    context.report({
      at: service.manifest,
      severity: 'info',
      message: `goes to ${clusters}; which of these clusters get a pod of ${joinWords(workloads.map((workload) => workload.key))} is decided at run time`,
      fix: `do not rely on ${key} in every cluster, or expose it with a MultiClusterService`,
      cause: backendsCause(service),
    });
  }
  for (const workload of new Set(lacking.flatMap(({ lack }) => workloadWithTooFew(lack)))) {
    const clusters = lacking.filter(({ lack }) => workloadWithTooFew(lack).includes(workload));
    const always = clusters.every(({ lack }) => lack.always);
    const without = joinWords(
      clusters.map(({ cluster }) => cluster),
      'and',
    );
    const division = context.divisions.of(workload);
    context.report({
      at: workload.manifest,
      ...atReplicas(workload),
      message: always
        ? `${key} also goes to ${without}, where ${workload.replicas === 1 ? 'its only replica never runs' : `none of the ${workload.replicas} replicas runs`}`
        : `${key} also goes to ${without}, which may not get ${workload.replicas === 1 ? 'the only replica' : `any of the ${workload.replicas} replicas`}`,
      fix: division
        ? `${toReplicas(workload, `at least ${enoughForAll(division.weights)}`)}, or expose ${key} with a MultiClusterService`
        : `keep ${key} and the workload in the same clusters`,
      cause: replicasCause(workload),
    });
  }
}

/** Where overrides leave no pod of a workload. */
function reportOverridden(
  service: TemplatePlan,
  lacking: readonly { readonly cluster: string; readonly lack: Lack }[],
  { report }: PlanContext,
): void {
  const key = objectKey(service.manifest.object);
  const overridden = lacking.filter(({ lack }) => lack.kind === 'override');
  for (const workload of new Set(overridden.flatMap(({ lack }) => lack.workload ?? []))) {
    const clusters = overridden.filter(({ lack }) => lack.workload === workload).map(({ cluster }) => cluster);
    const where = joinWords(clusters, 'and');
    const because = workload.final.get(clusters[0] ?? '')?.because ?? [];
    report({
      at: service.manifest,
      message: `goes to ${where}, where ${workload.key} has no replica: ${because.join('; ')}`,
      fix: `leave a replica of ${workload.key} in ${where}, or remove ${where} from the placement of ${key}`,
      cause: backendsCause(service),
    });
  }
}

function workloadWithTooFew({ kind, workload }: Lack): readonly TemplatePlan[] {
  return kind === 'division' && workload ? [workload] : [];
}

/** An operator may create the pods, or they may already exist in the members, so the result is uncertain. */
function reportDeadSelector(
  { service, selector = {} }: ServiceBackends,
  workloadsOf: () => ReadonlyMap<string, NamespaceWorkloads>,
  { report }: PlanContext,
): void {
  const workloads = workloadsOf().get(textOf(service.manifest.object.metadata?.namespace));
  const written = Object.entries(selector).map(([key, value]) => `${key}: ${value}`);
  const near = nearest(selector, workloads?.labelled ?? []);
  report({
    at: service.manifest,
    path: 'spec.selector',
    ...((workloads === undefined || workloads.custom) && { severity: 'info' }),
    missing: missingWorkload,
    message: `selects pods with ${joinWords(written, 'and')}, which no workload in the manifests creates`,
    fix: near
      ? `write ${near.label}, which the pods of ${near.workload.key} have`
      : 'use the labels of the pods, from spec.template.metadata.labels of their workload',
  });
}

interface NamespaceWorkloads {
  readonly labelled: { readonly workload: TemplatePlan; readonly labels: Readonly<Record<string, string>> }[];
  /** Whether there are custom objects without a pod template, from which an operator may create pods. */
  custom: boolean;
}

function workloadsByNamespace(templates: readonly TemplatePlan[]): ReadonlyMap<string, NamespaceWorkloads> {
  const namespaces = new Map<string, NamespaceWorkloads>();
  for (const workload of templates) {
    const { object } = workload.manifest;
    const labels = podLabelsOf(object);
    const custom = labels === undefined && isCustom(object.apiVersion);
    if (!labels && !custom) continue;
    const namespace = textOf(object.metadata?.namespace);
    let entry = namespaces.get(namespace);
    if (!entry) {
      entry = { labelled: [], custom: false };
      namespaces.set(namespace, entry);
    }
    if (labels) entry.labelled.push({ workload, labels });
    if (custom) entry.custom = true;
  }
  return namespaces;
}

function isCustom(apiVersion: string): boolean {
  const group = apiGroup(apiVersion);
  return group.includes('.') && !/[.-]k8s\.io$/.test(group);
}

/** The probably intended label: the same key with a similar value, or the only label of a workload. */
function nearest(
  selector: Readonly<Record<string, string>>,
  labelled: NamespaceWorkloads['labelled'],
): { readonly label: string; readonly workload: TemplatePlan } | undefined {
  for (const [key, value] of Object.entries(selector)) {
    const values = labelled.flatMap(({ labels }) => labelOf(labels, key) ?? []);
    if (values.includes(value)) continue;
    const meant = nearMiss(value, [...new Set(values)]);
    const owner = labelled.find(({ labels }) => meant !== undefined && labelOf(labels, key) === meant);
    if (owner) return { label: `${key}: ${meant}`, workload: owner.workload };
  }
  return undefined;
}
