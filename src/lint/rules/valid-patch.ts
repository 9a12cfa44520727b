import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { policyKey } from '../../planner/control-plane-state/policy';
import type { OverrideStep } from '../../planner/override/apply-overrides';
import { joinWords } from '../../problem/words';
import { type OverrideTrace, overriderItems, overriderPath, scopeCause } from '../analysis/override-traces';
import { definePlanRule, type Report } from '../engine/rule';

/** An overrider that fails, with the templates and clusters that it affects. */
interface Failing {
  readonly step: Pick<OverrideStep, 'policy' | 'rule' | 'step' | 'index'>;
  readonly why: string;
  readonly templates: Set<string>;
  readonly clusters: Set<string>;
  readonly kinds: Set<string>;
}

/** @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, applyPolicyOverriders */
export const validPatch = definePlanRule({
  id: 'valid-patch',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P57'],
  summary: 'Every patch of an override policy can be applied to every object that it matches.',
  rationale: 'if one step cannot be applied, Karmada does not send the object to that cluster and retries indefinitely',
  check({ overrideTraces, report }) {
    const failures = new Map<string, Failing>();
    for (const trace of overrideTraces.traces) {
      const failed = failureOf(trace);
      if (failed) note(failed.step, failed.why, trace, failures);
    }
    for (const failing of failures.values()) report(problemOf(failing));
  },
});

function note(step: Failing['step'], why: string, trace: OverrideTrace, failures: Map<string, Failing>): void {
  const key = `${policyKey(step.policy)} ${overriderPath(step)} ${why}`;
  const known = failures.get(key);
  const failing = known ?? { step, why, templates: new Set(), clusters: new Set(), kinds: new Set() };
  if (!known) failures.set(key, failing);
  failing.templates.add(trace.template.key);
  failing.kinds.add(trace.template.manifest.object.kind);
  for (const cluster of trace.clusters) failing.clusters.add(cluster);
}

function failureOf({ result, steps }: OverrideTrace): { step: Failing['step']; why: string } | undefined {
  if (result.kind === 'overridden') return brokenSecret(steps);
  // The reason begins with the policy and the overrider, which the finding already shows as its place.
  const why = result.why.slice(result.why.indexOf(': ') + 2);
  return { step: { ...result, index: result.step === 'plaintext' ? indexIn(result, why) : result.index }, why };
}

/** All plaintext operations form one patch; the reason names the operation that fails. */
function indexIn(step: Pick<OverrideStep, 'policy' | 'rule' | 'step'>, why: string): number {
  const index = overriderItems(step).findIndex((item) =>
    why.startsWith(`cannot ${textOf(fieldAt(item, 'operator'))} "${textOf(fieldAt(item, 'path'))}"`),
  );
  return Math.max(index, 0);
}

/** The patch can be applied, but the member rejects the Secret because `data` must be base64. */
function brokenSecret(steps: readonly OverrideStep[]): { step: Failing['step']; why: string } | undefined {
  for (const step of steps) {
    const { apiVersion, kind } = step.after;
    if (apiVersion !== 'v1' || kind !== 'Secret' || step.before === step.after) continue;
    const before = recordOf(step.before['data']) ?? {};
    for (const [key, value] of Object.entries(recordOf(step.after['data']) ?? {})) {
      if (value === fieldAt(before, key) || isBase64(value)) continue;
      const index = overriderItems(step).findIndex((item) => textOf(fieldAt(item, 'path')).startsWith(`/data/${key}`));
      return {
        step: { ...step, index: Math.max(index, 0) },
        why: `data.${key} of the Secret is not base64 after the patch`,
      };
    }
  }
  return undefined;
}

function isBase64(value: unknown): boolean {
  return typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/\n\r]*={0,2}$/.test(value);
}

function problemOf({ step, why, templates, clusters, kinds }: Failing): Report {
  const { policy } = step;
  const item = overriderItems(step)[step.index];
  const field = textOf(fieldAt(item, 'fieldPath'));
  const unscoped = listOf(policy.spec.resourceSelectors).length === 0;
  return {
    at: policy.manifest,
    path: overriderPath(step),
    message: `${field === '' || why.includes(field) ? '' : `${field}: `}${why}; ${joinWords([...templates], 'and')} cannot be sent to ${joinWords([...clusters], 'and')}`,
    fix: unscoped
      ? `list the objects that the patch is for in spec.resourceSelectors: without selectors it also applies to ${joinWords([...kinds], 'and')} objects`
      : fixOf(step.step, item, why, kinds),
    ...(unscoped && { cause: scopeCause(policy) }),
  };
}

function fixOf(step: OverrideStep['step'], item: unknown, why: string, kinds: ReadonlySet<string>): string {
  if (kinds.has('Secret') && step === 'fieldOverrider') {
    return 'replace the whole value with a plaintext overrider, in base64: the data of a Secret is base64, so its content cannot be patched';
  }
  if (kinds.has('Secret') && why.includes('not base64')) return 'write the value in base64';
  if (kinds.has('Secret') && textOf(fieldAt(item, 'path')).startsWith('/stringData')) {
    return 'patch data with a base64 value: the API server stores stringData there';
  }
  if (step === 'fieldOverrider') return 'set fieldPath to a string field, and subPath to a path in its content';
  if (step === 'imageOverrider')
    return 'set predicate.path to an image field, for example /spec/template/spec/initContainers/0/image';
  if (step !== 'plaintext') return 'correct the overrider or the object';
  const path = textOf(fieldAt(item, 'path'));
  const parent = path.slice(0, path.lastIndexOf('/'));
  const key = path.slice(path.lastIndexOf('/') + 1);
  switch (fieldAt(item, 'operator')) {
    case 'add':
      return `add ${parent} first, with an object as value, for example { "${key}": … }, or set ${parent} in the template`;
    case 'replace':
      return `use the operator add, or set ${path} in the template`;
    default:
      return 'remove this operation: the field does not exist';
  }
}
