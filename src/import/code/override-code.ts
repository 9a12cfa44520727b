import type {
  CommandArgsOverriderSpec,
  FieldOverriderSpec,
  FieldPatchSpec,
  ImageOverriderSpec,
  LabelAnnotationOverriderSpec,
  OverrideRuleSpec,
  PlaintextOverriderSpec,
} from '../../karmada/policy-spec';
import { canonicalText, listOf } from '../../kubernetes/plain-data';
import type { Override } from '../../model/override';
import { Chain, type LiteralValue, type Step } from '../print-typescript';
import { type CodeContext, clustersCode } from './clusters-code';
import { firstExact } from './evaluate';

/**
 * The code of a rule of an override policy, such as `fleet.in('member3').image({ tag: 'edge' })`.
 *
 * @returns undefined if Karmada refuses the rule, or ignores a part of it
 */
export function overrideCode(rule: OverrideRuleSpec, context: CodeContext): LiteralValue | undefined {
  const wanted = canonicalText(rule);
  return firstExact<Override>(
    [chainOf(rule, context), Chain.on('Override', 'fromRule', rule as unknown as LiteralValue)],
    context.names,
    (override) => canonicalText(override.toRule()) === wanted,
  );
}

function chainOf(rule: OverrideRuleSpec, context: CodeContext): Chain | undefined {
  const steps = Object.entries(rule.overriders ?? {}).flatMap(
    ([kind, list]) => stepsOf(kind, listOf(list)) ?? [undefined],
  );
  if (steps.length === 0 || steps.includes(undefined)) return undefined;
  const [first, ...others] = steps as Step[];
  const { targetCluster } = rule;
  if (targetCluster === undefined || targetCluster === null)
    return chained(Chain.on('Override', first!.method, ...first!.args), others);
  const clusters = clustersCode(targetCluster, context)?.code;
  if (!(clusters instanceof Chain)) return undefined;
  if (clusters.root === 'fleet') return chained(clusters, steps as Step[]);
  return chained(Chain.on('Override', first!.method, ...first!.args), others).call('for', clusters);
}

function chained(start: Chain, steps: readonly Step[]): Chain {
  return steps.reduce((chain, { method, args }) => chain.call(method, ...args), start);
}

/** The calls that make these overriders; undefined if there are none. */
function stepsOf(kind: string, list: readonly unknown[]): Step[] | undefined {
  switch (kind) {
    case 'plaintext':
      return [{ method: 'jsonPatch', args: list.map((operation) => patchOf(operation as PlaintextOverriderSpec)) }];
    case 'imageOverrider':
      return imageSteps(list as readonly ImageOverriderSpec[]);
    case 'commandOverrider':
      return commandSteps('command', list as readonly CommandArgsOverriderSpec[]);
    case 'argsOverrider':
      return commandSteps('args', list as readonly CommandArgsOverriderSpec[]);
    case 'labelsOverrider':
      return metadataSteps('labels', list as readonly LabelAnnotationOverriderSpec[]);
    case 'annotationsOverrider':
      return metadataSteps('annotations', list as readonly LabelAnnotationOverriderSpec[]);
    case 'fieldOverrider':
      return (list as readonly FieldOverriderSpec[]).map(({ fieldPath, json, yaml }) => ({
        method: 'fieldPatch',
        args: [
          fieldPath,
          yaml ? { yaml: yaml.map(fieldPatchOf) } : { json: listOf<FieldPatchSpec>(json).map(fieldPatchOf) },
        ],
      }));
    default:
      return undefined;
  }
}

function patchOf({ operator, path, value }: PlaintextOverriderSpec): LiteralValue {
  return { operator, path, ...(value !== undefined && { value: value as LiteralValue }) };
}

function fieldPatchOf({ operator, subPath, value }: FieldPatchSpec): LiteralValue {
  return { operator, path: subPath, ...(value !== undefined && { value: value as LiteralValue }) };
}

/** Neighbours that one call makes are one call. */
function merged<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  rankOf: (item: Item) => number,
): readonly (readonly Item[])[] {
  const groups: Item[][] = [];
  for (const item of items) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last !== undefined && keyOf(last) === keyOf(item) && rankOf(last) < rankOf(item)) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

const components = ['Registry', 'Repository', 'Tag'];

function imageSteps(list: readonly ImageOverriderSpec[]): Step[] {
  const groups = merged(
    list,
    ({ predicate }) => predicate?.path ?? '',
    ({ component }) => components.indexOf(component),
  );
  return groups.map((group) => {
    const parts = group.map(({ component, operator, value }): [string, LiteralValue] => [
      component.toLowerCase(),
      operator === 'replace' ? (value ?? null) : { [operator]: operator === 'remove' ? true : (value ?? null) },
    ]);
    return { method: 'image', args: [{ ...Object.fromEntries(parts), ...imagePlace(group[0]?.predicate?.path) }] };
  });
}

function imagePlace(path: string | undefined): { readonly [key: string]: LiteralValue } {
  if (path === undefined) return {};
  const [, list, index] =
    /^\/spec\/template\/spec\/(containers|initContainers)\/(0|[1-9]\d{0,5})\/image$/.exec(path) ?? [];
  if (list === undefined) return { path };
  return list === 'containers' ? { container: Number(index) } : { initContainer: Number(index) };
}

function commandSteps(method: string, list: readonly CommandArgsOverriderSpec[]): Step[] {
  const groups = merged(
    list,
    ({ containerName }) => containerName,
    ({ operator }) => ['remove', 'add'].indexOf(operator),
  );
  return groups.map((group) => {
    const words = group.map(({ operator, value }) => [operator, value as LiteralValue]);
    return { method, args: [{ container: group[0]!.containerName, ...Object.fromEntries(words) }] };
  });
}

function metadataSteps(method: string, list: readonly LabelAnnotationOverriderSpec[]): Step[] {
  const groups = merged(
    list,
    () => '',
    ({ operator }) => ['add', 'replace', 'remove'].indexOf(operator),
  );
  return groups.map((group) => {
    const changes = group.map(({ operator, value }) => [
      operator,
      operator === 'remove' ? Object.keys(value ?? {}) : value,
    ]);
    return { method, args: [Object.fromEntries(changes) as LiteralValue] };
  });
}
