import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup } from '../../kubernetes/object';
import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { joinWords, nearMiss } from '../../problem/words';
import { missingSender } from '../analysis/missing-object';
import { isMadeByKubernetes } from '../analysis/preexisting';
import { defineRule, type LintContext } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/workloadrebalancer/workloadrebalancer_controller.go */
export const noStaleRebalancer = defineRule({
  id: 'no-stale-rebalancer',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P60'],
  summary: 'Every workload that a WorkloadRebalancer lists exists and is propagated by a policy.',
  rationale: 'a workload without a binding fails with ReferencedBindingNotFound, and Karmada does not retry',
  check(context) {
    for (const at of context.controlPlane.ofKind('apps.karmada.io/v1alpha1', 'WorkloadRebalancer')) {
      for (const [index, workload] of listOf(fieldAt(at.object.spec, 'workloads')).entries()) {
        if (recordOf(workload)) reportWorkload(at, workload, `spec.workloads[${index}]`, context);
      }
      reportOneShot(at, context);
    }
  },
});

function reportWorkload(
  at: Manifest,
  workload: unknown,
  path: string,
  { isSent, controlPlane, report }: LintContext,
): void {
  const field = (name: string): string => textOf(fieldAt(workload, name));
  const reference = {
    apiVersion: field('apiVersion'),
    kind: field('kind'),
    namespace: field('namespace'),
    name: field('name'),
  };
  const found = controlPlane.find(reference);
  const key = [reference.kind, reference.namespace, reference.name].filter(Boolean).join('/');
  if (found) {
    if (isSent(found)) return;
    report({
      at,
      path,
      missing: missingSender(found.object),
      message: `lists ${key}, which no policy propagates, so it has no binding`,
      fix: `select ${key} in a PropagationPolicy, or remove it from the list`,
    });
    return;
  }
  if (isMadeByKubernetes(reference)) return;
  const candidates = controlPlane.templates.filter(({ object }) => object.kind === reference.kind);
  const there = candidates.filter(({ object }) => textOf(object.metadata?.namespace) === reference.namespace);
  const names = there.map(({ object }) => textOf(object.metadata?.name));
  const namesake = candidates.find(({ object }) => object.metadata?.name === reference.name);
  const known = controlPlane.templates.some(({ object }) => textOf(object.metadata?.namespace) === reference.namespace);
  report({
    at,
    path: namesake ? `${path}.${misplaced(namesake, reference)}` : path,
    // Without any workload in the manifests, it probably refers to workloads from elsewhere.
    ...(!known && !namesake && { severity: 'info' }),
    missing: { kinds: [reference.kind], name: reference.name },
    message: `lists ${key}, which is not in the manifests`,
    fix: namesake ? fixFor(namesake, reference) : named(reference.name, names),
  });
}

type Reference = { readonly apiVersion: string; readonly namespace: string };

function misplaced({ object }: Manifest, { namespace }: Reference): string {
  return textOf(object.metadata?.namespace) === namespace ? 'apiVersion' : 'namespace';
}

function fixFor(namesake: Manifest, reference: Reference): string {
  const { apiVersion, metadata } = namesake.object;
  return misplaced(namesake, reference) === 'apiVersion'
    ? `write apiVersion: ${apiVersion}${apiGroup(apiVersion) === apiGroup(reference.apiVersion) ? '' : `, instead of ${reference.apiVersion}`}`
    : `write namespace: ${metadata?.namespace}`;
}

function named(name: string, names: readonly string[]): string {
  const meant = nearMiss(name, names);
  if (meant !== undefined) return `write name: ${meant}`;
  return names.length > 0
    ? `list one of ${joinWords(names)}, or remove it from the list`
    : 'remove it from the list, or add it to the manifests';
}

/** Applying the same name again has no effect, unless the rebalancer is deleted after its TTL. */
function reportOneShot(at: Manifest, { report }: LintContext): void {
  if (fieldAt(at.object.spec, 'ttlSecondsAfterFinished') !== undefined) return;
  const name = textOf(at.object.metadata?.name);
  report({
    at,
    severity: 'info',
    message: `rebalances only once: applying it again under the name "${name}" has no effect`,
    why: 'Karmada marks bindings with the creation time of the rebalancer, and applying it again does not change that time',
    fix: 'set ttlSecondsAfterFinished so that it is deleted when it has finished, and use a new name each time',
  });
}
