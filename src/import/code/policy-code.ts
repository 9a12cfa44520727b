import type {
  FailoverSpec,
  OverrideRuleSpec,
  OverrideSpec,
  PropagationSpec,
  ResourceSelectorSpec,
  SuspensionSpec,
} from '../../karmada/policy-spec';
import { dnsLabelProblems, objectNameProblem } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { canonicalText, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import { knownScope } from '../../kubernetes/scope';
import type { Failover } from '../../model/failover';
import type { Override } from '../../model/override';
import type { Placement } from '../../model/placement';
import { ResourceSelector } from '../../model/resource-selector';
import type { Suspension } from '../../model/suspension';
import { ModelError } from '../../problem/model-error';
import { joinWords } from '../../problem/words';
import { firstDifference, normalForm } from '../normal-form';
import { Chain, type LiteralValue } from '../print-typescript';
import { type CodeContext, labelConditions } from './clusters-code';
import { evaluate, firstExact, valueIfSound } from './evaluate';
import { overrideCode } from './override-code';
import { placementCode } from './placement-code';

/** Props of a construct as code. */
export type PropsCode = { readonly [prop: string]: LiteralValue };

/** Code, or why there is none. */
export type CodeOr<Code> = Code | { readonly why: string };

/** A policy as a construct of this package. */
export interface PolicyCode {
  readonly className: 'PropagationPolicy' | 'ClusterPropagationPolicy' | 'OverridePolicy' | 'ClusterOverridePolicy';
  /** Props except metadata. */
  readonly props: PropsCode;
}

/**
 * The construct of a policy. Its spec is made from the code and compared, so that the program writes what came in.
 *
 * @param object - a propagation or override policy
 */
export function policyCode(object: KubernetesObject, context: CodeContext): CodeOr<PolicyCode> {
  return ofRightTypes(() => exactPolicyCode(object, context));
}

/** Nothing is known about the types of fields in a manifest. */
function ofRightTypes<Code>(make: () => CodeOr<Code>): CodeOr<Code> {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError) return { why: 'a field is missing or has a wrong type' };
    throw error;
  }
}

function exactPolicyCode(object: KubernetesObject, context: CodeContext): CodeOr<PolicyCode> {
  const className = object.kind as PolicyCode['className'];
  const why = outerProblem(object);
  if (why !== undefined) return { why };
  const made = className.endsWith('PropagationPolicy')
    ? propagationCode(object, context)
    : overridingCode(object, context);
  if ('why' in made) return made;
  const difference = firstDifference(normalForm(object), normalForm({ ...object, spec: made.spec }));
  if (difference !== undefined) return { why: `${difference} would differ` };
  return { className, props: made.props };
}

const metadataFields = ['name', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences'];

/** What the construct cannot say outside of the spec. */
function outerProblem(object: KubernetesObject): string | undefined {
  const { apiVersion, kind, metadata, spec, ...others } = object;
  const more = Object.keys(others).filter((field) => others[field] !== null && others[field] !== undefined);
  if (more.length > 0) return `a construct has no ${joinWords(more)}`;
  const unknown = Object.keys(metadata ?? {}).filter(
    (field) => !metadataFields.includes(field) && metadata?.[field] !== null,
  );
  if (unknown.length > 0) return `a construct has no metadata.${joinWords(unknown)}`;
  const name = metadata?.name ?? '';
  const problem = objectNameProblem({ apiVersion, kind }, name);
  if (problem !== undefined) return `its name ${problem}`;
  const namespace = metadata?.namespace ?? undefined;
  if (namespace !== undefined && kind.startsWith('Cluster')) return 'it is cluster-scoped and has a namespace';
  if (namespace !== undefined && dnsLabelProblems(namespace).length > 0) return 'its namespace is not a valid name';
  for (const map of [metadata?.labels, metadata?.annotations]) {
    if (Object.values(map ?? {}).some((value) => typeof value !== 'string')) return 'a label or annotation is not text';
  }
  return recordOf(spec) === undefined ? 'it has no spec' : undefined;
}

interface MadeSpec {
  readonly props: PropsCode;
  readonly spec: unknown;
}

/** Fields that are props of the same name and value. */
const plainFields = [
  'priority',
  'preemption',
  'propagateDeps',
  'conflictResolution',
  'activationPreference',
  'preserveResourcesOnDeletion',
  'schedulerName',
  'schedulePriority',
  'dependentOverrides',
  'association',
] as const;

const convertedFields = ['placement', 'failover', 'suspension', 'resourceSelectors'];

/** The options of a propagation policy, which a FederatedApp takes too, and the part of the spec that they make. */
export function propagationOptionsCode(object: KubernetesObject, context: CodeContext): CodeOr<MadeSpec> {
  return ofRightTypes(() => exactOptionsCode(object, context));
}

function exactOptionsCode(object: KubernetesObject, context: CodeContext): CodeOr<MadeSpec> {
  const spec = withoutNulls(object.spec) as PropagationSpec;
  const known: readonly string[] = [...plainFields, ...convertedFields];
  const unknown = Object.keys(spec).filter((field) => !known.includes(field));
  if (unknown.length > 0) return { why: `spec.${joinWords(unknown)} is not a field of the kind` };
  const same = (placement: unknown) =>
    firstDifference(normalForm(object), normalForm({ ...object, spec: { ...spec, placement } })) === undefined;
  const placement = placementCode(spec.placement ?? {}, context, same);
  if (placement === undefined)
    return { why: refusalOf(Chain.on('Placement', 'fromSpec', (spec.placement ?? {}) as LiteralValue), context) };
  const failover = spec.failover === undefined ? undefined : failoverCode(spec.failover, context);
  if (spec.failover !== undefined && failover === undefined) {
    return { why: refusalOf(Chain.on('Failover', 'fromSpec', spec.failover as LiteralValue), context) };
  }
  const suspension = spec.suspension === undefined ? undefined : suspensionCode(spec.suspension, context);
  if (spec.suspension !== undefined && suspension === undefined) {
    return { why: refusalOf(Chain.on('Suspension', 'fromSpec', spec.suspension as LiteralValue), context) };
  }
  const plain = Object.fromEntries(
    plainFields.flatMap((field) => (spec[field] === undefined ? [] : [[field, spec[field]]])),
  );
  const mistyped = Object.entries(plain).find(([field, value]) => !isTyped(field, value));
  if (mistyped) return { why: `Karmada does not take the value of spec.${mistyped[0]}` };
  const { names } = context;
  return {
    props: { placement, ...plain, ...(failover && { failover }), ...(suspension && { suspension }) },
    spec: {
      ...plain,
      placement: (evaluate(placement, names) as Placement).toSpec(),
      ...(failover && { failover: (evaluate(failover, names) as Failover).toSpec() }),
      ...(suspension && { suspension: (evaluate(suspension, names) as Suspension).toSpec() }),
    },
  };
}

function isTyped(field: string, value: unknown): boolean {
  switch (field) {
    case 'priority':
      return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
    case 'propagateDeps':
    case 'preserveResourcesOnDeletion':
    case 'association':
      return typeof value === 'boolean';
    case 'preemption':
      return value === 'Always' || value === 'Never';
    case 'conflictResolution':
      return value === 'Abort' || value === 'Overwrite';
    case 'activationPreference':
      return value === 'Lazy';
    case 'schedulerName':
      return typeof value === 'string' && value !== '';
    case 'schedulePriority': {
      const { priorityClassName, priorityClassSource, ...others } = recordOf(value) ?? {};
      return (
        textOf(priorityClassName) !== '' &&
        priorityClassSource === 'KubePriorityClass' &&
        Object.keys(others).length === 0
      );
    }
    case 'dependentOverrides':
      return listOf(value).length > 0 && listOf(value).every((name) => typeof name === 'string' && name !== '');
    default:
      return false;
  }
}

function propagationCode(object: KubernetesObject, context: CodeContext): CodeOr<MadeSpec> {
  const options = propagationOptionsCode(object, context);
  if ('why' in options) return options;
  const spec = object.spec as PropagationSpec;
  const selectors = selectorsCode(object, spec.resourceSelectors, context);
  if ('why' in selectors) return selectors;
  if (selectors.specs.length === 0) return { why: 'it selects nothing' };
  if (spec.preemption === 'Always' && selectors.specs.some(({ name }) => !name)) {
    return { why: 'it preempts by a selector without a name' };
  }
  if (spec.failover?.application && spec.propagateDeps !== true) return { why: 'its failover needs propagateDeps' };
  const distinct = [...new Map(selectors.specs.map((selector) => [JSON.stringify(selector), selector])).values()];
  if (distinct.length < selectors.specs.length) return { why: 'it selects an object twice' };
  const { placement, ...others } = options.props;
  return {
    props: { placement: placement!, resources: selectors.codes, ...others },
    spec: { ...(options.spec as object), resourceSelectors: distinct },
  };
}

function overridingCode(object: KubernetesObject, context: CodeContext): CodeOr<MadeSpec> {
  const spec = withoutNulls(object.spec) as OverrideSpec;
  const { resourceSelectors, overrideRules, targetCluster, overriders, ...unknown } = spec;
  if (Object.keys(unknown).length > 0)
    return { why: `spec.${joinWords(Object.keys(unknown))} is not a field of the kind` };
  if (resourceSelectors?.length === 0) return { why: 'its list of selectors is empty' };
  const selectors = selectorsCode(object, resourceSelectors, context);
  if ('why' in selectors) return selectors;
  const before =
    targetCluster === undefined && overriders === undefined
      ? undefined
      : { ...(targetCluster && { targetCluster }), overriders: overriders ?? {} };
  const rules = listOf<OverrideRuleSpec>(overrideRules).map((rule) => overrideCode(rule, context));
  const deprecated = before && overrideCode(before, context);
  const refused = [...listOf<OverrideRuleSpec>(overrideRules), before].find((rule, index) =>
    rule === before ? before && deprecated === undefined : rules[index] === undefined,
  );
  if (refused) return { why: refusalOf(Chain.on('Override', 'fromRule', refused as unknown as LiteralValue), context) };
  if (rules.length === 0 && before === undefined) return { why: 'it has no rule' };
  if (rules.length > 0 && before !== undefined) return { why: 'it has overriders and overrideRules' };
  const { names } = context;
  const ruleOf = (code: LiteralValue) => (evaluate(code, names) as Override).toRule();
  return {
    props: {
      ...(selectors.codes.length > 0 && { resources: selectors.codes }),
      ...(deprecated === undefined ? { overrideRules: rules as LiteralValue[] } : { overriders: deprecated }),
    },
    spec: {
      ...(selectors.specs.length > 0 && { resourceSelectors: selectors.specs }),
      ...(deprecated === undefined ? { overrideRules: (rules as LiteralValue[]).map(ruleOf) } : ruleOf(deprecated)),
    },
  };
}

interface SelectorsCode {
  readonly codes: readonly LiteralValue[];
  readonly specs: readonly ResourceSelectorSpec[];
}

function selectorsCode(
  { kind, metadata }: KubernetesObject,
  selectors: readonly ResourceSelectorSpec[] | undefined,
  context: CodeContext,
): CodeOr<SelectorsCode> {
  const isCluster = kind.startsWith('Cluster');
  const own = textOf(metadata?.namespace);
  const codes: LiteralValue[] = [];
  const specs: ResourceSelectorSpec[] = [];
  for (const [index, written] of listOf<ResourceSelectorSpec>(selectors).entries()) {
    const at = `spec.resourceSelectors[${index}]`;
    const spec = withoutNulls(written) as ResourceSelectorSpec;
    const { namespace, ...rest } = spec;
    const within: ResourceSelectorSpec = !isCluster && (!namespace || namespace === own) ? rest : spec;
    const scope = knownScope(within);
    if (scope === 'cluster' && (!isCluster || within.namespace))
      return { why: `${at} can never match: the kind is cluster-scoped` };
    if (!isCluster && within.namespace) return { why: `${at} names another namespace` };
    const code = selectorCode(within, context);
    if (code === undefined) return { why: `${at} is not a selector that Karmada understands` };
    codes.push(code);
    specs.push(within);
  }
  return { codes, specs };
}

function selectorCode(spec: ResourceSelectorSpec, context: CodeContext): LiteralValue | undefined {
  const { name, labelSelector, ...kind } = spec;
  const wanted = canonicalText(spec);
  if (name && labelSelector === undefined) {
    const made = valueIfSound(Chain.on('ResourceSelector', 'fromSpec', spec as unknown as LiteralValue), context.names);
    const isExact = made instanceof ResourceSelector && canonicalText(made.toSpec()) === wanted;
    return isExact ? (spec as unknown as LiteralValue) : undefined;
  }
  const conditions = labelSelector && labelConditions(labelSelector);
  const chain =
    labelSelector === undefined
      ? Chain.on('ResourceSelector', 'all', kind)
      : conditions && Chain.on('ResourceSelector', 'labelled', conditions, kind);
  return firstExact<ResourceSelector>(
    [chain, Chain.on('ResourceSelector', 'fromSpec', spec as unknown as LiteralValue)],
    context.names,
    (made) => canonicalText(made.toSpec()) === wanted,
  );
}

function failoverCode(spec: FailoverSpec, context: CodeContext): LiteralValue | undefined {
  const wanted = canonicalText(spec);
  return firstExact<Failover>(
    [Chain.on('Failover', 'of', failoverProps(spec)), Chain.on('Failover', 'fromSpec', spec as LiteralValue)],
    context.names,
    (made) => canonicalText(made.toSpec()) === wanted,
  );
}

function failoverProps({ application, cluster }: FailoverSpec): LiteralValue {
  const state = (rules: unknown) =>
    Object.fromEntries(
      listOf<{ aliasLabelName: string; jsonPath: string }>(rules).map(({ aliasLabelName, jsonPath }) => [
        aliasLabelName,
        jsonPath,
      ]),
    );
  const common = ({ purgeMode, statePreservation }: NonNullable<FailoverSpec['cluster']>) => ({
    ...(purgeMode !== undefined && { purgeMode }),
    ...(statePreservation && { statePreservation: state(statePreservation.rules) }),
  });
  const seconds = (number: number | undefined, prop: string) =>
    number === undefined ? {} : { [prop]: Chain.on('Duration', 'seconds', number) };
  return {
    ...(application && {
      application: {
        ...seconds(application.decisionConditions?.tolerationSeconds, 'unhealthyFor'),
        ...common(application),
        ...seconds(application.gracePeriodSeconds, 'gracePeriod'),
      },
    }),
    ...(cluster && { cluster: common(cluster) }),
  };
}

/** Why the model does not take a value. */
function refusalOf(code: LiteralValue, { names }: CodeContext): string {
  try {
    evaluate(code, names);
  } catch (error) {
    if (error instanceof ModelError) return error.problem;
    throw error;
  }
  return 'it would differ';
}

function suspensionCode(spec: SuspensionSpec, context: CodeContext): LiteralValue | undefined {
  const wanted = canonicalText(spec);
  const clusters = listOf<string>(spec.dispatchingOnClusters?.clusterNames);
  return firstExact<Suspension>(
    [
      clusters.length > 0 ? Chain.on('Suspension', 'on', ...clusters) : Chain.on('Suspension', 'everywhere'),
      Chain.on('Suspension', 'fromSpec', spec as LiteralValue),
    ],
    context.names,
    (made) => canonicalText(made.toSpec()) === wanted,
  );
}

function withoutNulls(value: unknown): object {
  return Object.fromEntries(
    Object.entries(recordOf(value) ?? {}).filter(([, item]) => item !== null && item !== undefined),
  );
}
