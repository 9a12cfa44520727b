import type { ResourceSelectorSpec } from '../../karmada/policy-spec';
import { escapedToken, valueAtPointer } from '../../kubernetes/json-pointer';
import { fieldAt, isEqualData, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { type OverridePolicy, policyKey } from '../../planner/control-plane-state/policy';
import { selectorPriority } from '../../planner/matching/resource-selector';
import type { OverrideStep } from '../../planner/override/apply-overrides';
import { joinWords } from '../../problem/words';
import { type OverrideTrace, overriderItems, overriderPath } from '../analysis/override-traces';
import { definePlanRule, type Report } from '../engine/rule';

/** A field that two policies set, with the objects and clusters that both apply to. */
interface Meeting {
  readonly earlier: Writer;
  readonly later: Writer;
  readonly pointer: string;
  readonly templates: Set<string>;
  readonly clusters: Set<string>;
  /** Whether the later policy is more precise, so that it is meant to win. */
  readonly refines: boolean;
}

interface Writer {
  readonly step: OverrideStep;
  readonly index: number;
}

/** @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, ApplyOverridePolicies */
export const noCompetingOverrides = definePlanRule({
  id: 'no-competing-overrides',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P56'],
  summary: 'No two override policies set the same field of an object for the same cluster.',
  rationale:
    'the last policy wins: OverridePolicies are applied after ClusterOverridePolicies, precise selectors after general ones, then by name; unlike with propagation policies, the name that sorts last wins',
  check({ overrideTraces, report }) {
    const meetings = new Map<string, Meeting>();
    for (const trace of overrideTraces.traces) noteMeetings(trace, meetings);
    for (const meeting of meetings.values()) report(problemOf(meeting));
  },
});

function noteMeetings(trace: OverrideTrace, meetings: Map<string, Meeting>): void {
  const policies = new Set(trace.steps.map(({ policy }) => policy));
  if (policies.size < 2) return;
  const writers = new Map<string, Writer>();
  for (const step of trace.steps) {
    for (const { pointer, index } of writesOf(step)) {
      const writer = { step, index };
      for (const earlier of overwritten(pointer, writers)) {
        if (earlier.step.policy !== step.policy && changes(earlier, writer))
          note(trace, pointer, earlier, writer, meetings);
      }
      writers.set(pointer, writer);
    }
  }
}

/** Writers of this field and of the fields below it, which are replaced with it. */
function* overwritten(pointer: string, writers: ReadonlyMap<string, Writer>): Iterable<Writer> {
  const same = writers.get(pointer);
  if (same) yield same;
  for (const [other, writer] of writers) if (other.startsWith(`${pointer}/`)) yield writer;
}

/** Writing the same value again changes nothing. */
function changes(earlier: Writer, { step, index }: Writer): boolean {
  const isFlag = step.step === 'argsOverrider' || step.step === 'commandOverrider';
  const items = [overriderItems(earlier.step)[earlier.index], overriderItems(step)[index]];
  return isFlag ? !isEqualData(items[0], items[1]) : !isEqualData(step.before, step.after);
}

function note(
  { template, clusters }: OverrideTrace,
  pointer: string,
  earlier: Writer,
  later: Writer,
  meetings: Map<string, Meeting>,
): void {
  const key = [earlier, later]
    .map(({ step, index }) => `${policyKey(step.policy)} ${overriderPath({ ...step, index })}`)
    .join(' ');
  let meeting = meetings.get(key);
  if (!meeting) {
    const { object } = template.manifest;
    const precision = ({ spec }: OverridePolicy): number =>
      Math.max(
        1,
        ...listOf<ResourceSelectorSpec>(spec.resourceSelectors).map((selector) => selectorPriority(object, selector)),
      );
    const refines = precision(later.step.policy) > precision(earlier.step.policy);
    meeting = { earlier, later, pointer, templates: new Set(), clusters: new Set(), refines };
    meetings.set(key, meeting);
  }
  meeting.templates.add(template.key);
  for (const cluster of clusters) meeting.clusters.add(cluster);
}

function problemOf({ earlier, later, pointer, templates, clusters, refines }: Meeting): Report {
  const winner = policyKey(later.step.policy);
  const own = policyKey(earlier.step.policy);
  const where = joinWords([...clusters], 'and');
  return {
    at: earlier.step.policy.manifest,
    path: overriderPath({ ...earlier.step, index: earlier.index }),
    ...(refines && { severity: 'info' }),
    message: `sets ${pointer} of ${joinWords([...templates], 'and')} for ${where}, but ${winner} is applied later and sets it again`,
    why: whyOf(earlier.step.policy, later.step.policy, refines),
    fix: `set ${pointer} in only one of ${own} and ${winner}, or target different clusters`,
  };
}

function whyOf(earlier: OverridePolicy, later: OverridePolicy, refines: boolean): string {
  if (earlier.kind !== later.kind) return 'OverridePolicies are applied after ClusterOverridePolicies, so they win';
  if (refines) return 'policies with more precise selectors are applied later, so they win';
  return `if the selectors are equally precise, the policy whose name sorts last wins, and "${later.name}" sorts after "${earlier.name}"`;
}

/** A place that an overrider sets, whatever was there. */
interface OverrideWrite {
  /** JSON pointer; below a text that holds fields of its own, or an image, the part behind it: `/…/image/Registry`. */
  readonly pointer: string;
  /** Index of the item, within its kind of overrider. */
  readonly index: number;
}

/** Places that a step of an override sets. What adds to a list, or to a text, takes nothing away from another. */
function writesOf(step: OverrideStep): readonly OverrideWrite[] {
  const items = overriderItems(step);
  const { index } = step;
  const item = items[index];
  switch (step.step) {
    case 'plaintext':
      return items.flatMap((each, at) => plaintextWrite(each, at, step));
    case 'imageOverrider':
      return imageWrites(item, step).map((pointer) => ({ pointer, index }));
    case 'labelsOverrider':
    case 'annotationsOverrider': {
      const field = step.step === 'labelsOverrider' ? 'labels' : 'annotations';
      const keys = Object.keys(recordOf(fieldAt(item, 'value')) ?? {});
      return keys.map((key) => ({ pointer: `/metadata/${field}/${escapedToken(key)}`, index }));
    }
    case 'commandOverrider':
    case 'argsOverrider':
      return flagWrites(step.step === 'argsOverrider' ? 'args' : 'command', item).map((pointer) => ({
        pointer,
        index,
      }));
    case 'fieldOverrider':
      return [...listOf(fieldAt(item, 'json')), ...listOf(fieldAt(item, 'yaml'))].map((patch) => ({
        pointer: `${textOf(fieldAt(item, 'fieldPath'))}${textOf(fieldAt(patch, 'subPath'))}`,
        index,
      }));
    default:
      return step.step satisfies never;
  }
}

function plaintextWrite(item: unknown, index: number, { before }: OverrideStep): readonly OverrideWrite[] {
  const pointer = textOf(fieldAt(item, 'path'));
  const isAdd = fieldAt(item, 'operator') === 'add';
  const parent = valueAtPointer(before, pointer.slice(0, pointer.lastIndexOf('/')));
  return isAdd && Array.isArray(parent) ? [] : [{ pointer, index }];
}

function imageWrites(item: unknown, { before }: OverrideStep): readonly string[] {
  if (fieldAt(item, 'operator') === 'add') return [];
  const component = textOf(fieldAt(item, 'component'));
  const predicate = textOf(fieldAt(item, 'predicate', 'path'));
  if (predicate !== '') return [`${predicate}/${component}`];
  const holder = before.kind === 'Pod' ? '/spec/containers' : '/spec/template/spec/containers';
  return listOf(valueAtPointer(before, holder)).map((_, at) => `${holder}/${at}/image/${component}`);
}

/** Two policies that add one flag with different values: programs take the last one. */
function flagWrites(field: string, item: unknown): readonly string[] {
  if (fieldAt(item, 'operator') !== 'add') return [];
  const container = textOf(fieldAt(item, 'containerName'));
  return listOf(fieldAt(item, 'value')).flatMap((word) => {
    const flag = /^--?[\w.-]+/.exec(textOf(word))?.[0];
    return flag === undefined ? [] : [`${field} of container ${container}: ${flag}`];
  });
}
