import { type ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { plainCopy } from '../kubernetes/plain-copy';
import type { Override } from '../model/override';
import type { Placement } from '../model/placement';
import { anything, isWord, kindOf, listOf, mapOf, name, type ShapeOf } from '../problem/value-kinds';
import type { ClusterOverridePolicy } from './cluster-override-policy';
import type { ClusterPropagationPolicy } from './cluster-propagation-policy';
import { constructError, validationMessage } from './construct-error';
import { rememberCreation } from './creation-site';
import { AppContents } from './federated-app/app-contents';
import { appProblems } from './federated-app/app-problems';
import { checkConstruct, isFederatedApp, markFederatedApps } from './federated-app/app-scope';
import { containerKinds } from './federated-app/container';
import { DerivedChildren } from './federated-app/derived-children';
import { DerivedPolicies, type PolicySettings } from './federated-app/derived-policies';
import { refuseDuplicates } from './federated-app/duplicates';
import { checkExposure, type Exposure, exposures } from './federated-app/exposure';
import { type Autoscaling, autoscalers, checkAutoscaling } from './federated-app/scaling';
import { refuseSharedObjects } from './federated-app/shared-objects';
import { checkAppId, createShorthand, portsKind, type WorkloadShorthand } from './federated-app/shorthand';
import type { OverridePolicy } from './override-policy';
import { checkOverride } from './overriding';
import { overrideName } from './propagation';
import {
  checkPlacementGiven,
  checkPropagationOptions,
  givenOptions,
  type PropagationOptions,
  propagationOptions,
} from './propagation-options';
import type { PropagationPolicy } from './propagation-policy';
import { checkChart, checkProps, placeOf, propsOf } from './props';

/** Props of {@link FederatedApp}. */
export interface FederatedAppProps extends WorkloadShorthand, PropagationOptions {
  /** Where the app goes, and how many replicas to each cluster. */
  readonly placement: Placement;
  /** Objects outside the app that are propagated with it, and with no other app of equal priority. @default - only what is created under it */
  readonly resources?: readonly IConstruct[];
  /** Edits for some of the clusters, each applied to the objects that have the edited parts. @default - none; see `addOverride()` */
  readonly overrides?: readonly Override[];
  /** Scaling of the workload over all clusters, by load or on a schedule. @default - none; see `addAutoscaling()` */
  readonly autoscale?: Autoscaling;
  /** Further clusters where its Service is available. @default - none; see `addExposure()` */
  readonly expose?: Exposure;
  /** Name of its PropagationPolicy, such as that of one that exists. @default - the construct id and `-propagation` */
  readonly policyName?: string;
  /**
   * Names of its override policies, by `Kind/name` of the object that each edits: `{ 'Deployment/web': 'web-images' }`.
   *
   * @default - `<object>-<kind>-override`
   */
  readonly overrideNames?: Readonly<Record<string, string>>;
  /** Override policies that must exist before Karmada propagates anything. @default - only the derived ones */
  readonly dependentOverrides?: readonly (OverridePolicy | ClusterOverridePolicy | string)[];
  /** Apps that this one sends requests to. The linter checks that they are reachable; nothing is written. @default - none */
  readonly calls?: readonly FederatedApp[];
  /**
   * Custom kinds that are cluster-scoped, as `Kind.group`, such as `['Tenant.example.com']`.
   *
   * @default - known for kinds of Kubernetes, kinds whose CustomResourceDefinition is in the application, and kinds with
   * names such as ClusterIssuer and GatewayClass
   */
  readonly clusterScoped?: readonly string[];
}

/** A registry, a repository, a tag and a digest of the greatest lengths that registries take. */
const longestImage = 1024;

const propsKind = propsOf({
  placement: anything,
  image: kindOf(
    'an image',
    'write it like "registry.example.com/web:1.0"',
    (value) => isWord(value) && value.length <= longestImage,
  ),
  replicas: anything,
  port: anything,
  resources: listOf(anything),
  overrides: listOf(anything),
  autoscale: anything,
  expose: anything,
  calls: listOf(anything),
  ports: portsKind,
  ...containerKinds,
  ...propagationOptions,
  policyName: name,
  overrideNames: mapOf(name, "{ 'Deployment/web': 'web-images' }"),
  dependentOverrides: listOf(overrideName),
  clusterScoped: listOf(
    kindOf(
      'a kind and its group',
      'write it like "Tenant.example.com"',
      (value) => isWord(value) && /^[A-Z].*\./.test(value),
    ),
  ),
} satisfies ShapeOf<FederatedAppProps>);

/**
 * An application in several clusters: a scope whose objects are propagated together.
 *
 * Its policies are derived from the objects in the scope at synthesis: a PropagationPolicy `<id>-propagation` in each
 * namespace, a ClusterPropagationPolicy `<namespace>-<id>-propagation` for cluster-scoped objects, and an OverridePolicy
 * `<object>-<kind>-override` for each object with overrides.
 * Objects that its workloads refer to are propagated too: by a selector if they are in the scope, or else by `propagateDeps`.
 *
 * @example
 * ```ts
 * new FederatedApp(chart, 'web', { placement: Placement.weighted({ member1: 2, member2: 1 }), image: 'nginx', replicas: 3, port: 80 })
 * ```
 */
export class FederatedApp extends Construct {
  /** Where the app goes. */
  readonly placement: Placement;
  /** The Deployment that the shorthand made, or undefined without an image. */
  readonly deployment: ApiObject | undefined;
  /** The Service that the shorthand made, or undefined without a port. */
  readonly service: ApiObject | undefined;

  readonly #contents: AppContents;
  readonly #children: DerivedChildren;
  readonly #policies: DerivedPolicies;
  readonly #overrideNames: Readonly<Record<string, string>> | undefined;
  #calls: readonly FederatedApp[] = none;

  static {
    markFederatedApps(FederatedApp.prototype);
  }

  /**
   * @throws ModelError `property.unknown`, `property.value`, `policy.placement`, `policy.priority`, `object.name`,
   * `app.image`, `app.replicas`, `app.port`, `app.env`, `app.resources`, `app.probe`
   */
  constructor(scope: Construct, id: string, props: FederatedAppProps) {
    super(...placeOf(scope, id, new.target));
    rememberCreation(this);
    checkProps(this, props, propsKind);
    checkChart(this);
    checkPlacementGiven(this, props.placement);
    checkPropagationOptions(this, props);
    this.placement = props.placement;
    for (const resource of props.resources ?? []) checkConstruct(this, 'resources', resource);
    this.#contents = new AppContents(this, copyOf(props.resources), copyOf(props.clusterScoped));
    for (const override of props.overrides ?? []) this.addOverride(override);
    if (props.calls !== undefined) this.addCalls(...props.calls);
    const { deployment, service } = createShorthand(this, props, props.placement);
    this.deployment = deployment;
    this.service = service;
    checkAppId(this);
    if (props.autoscale !== undefined) this.addAutoscaling(props.autoscale);
    if (props.expose !== undefined) this.addExposure(props.expose);
    this.#children = new DerivedChildren(this, () => this.#contents.during(() => this.#derived()));
    const settings = policySettings(props);
    this.#overrideNames = settings.overrideNames;
    this.#policies = new DerivedPolicies(this, this.#children, this.#contents, settings);
    this.node.addValidation({ validate: () => this.#problems() });
    refuseDuplicates(this.node.root);
    refuseSharedObjects(this, copyOf(props.resources) ?? none, props.priority ?? 0);
  }

  /** Apps that this one sends requests to. */
  get calls(): readonly FederatedApp[] {
    return [...this.#calls];
  }

  /** The objects that are propagated, at present: more may be added until synthesis. */
  get resources(): readonly ApiObject[] {
    return [...new Set(this.#contents.templates.map(({ object }) => object))];
  }

  /** The derived policy for the chart's namespace, for example to patch it: `ApiObject.of(app.propagationPolicy)`. */
  get propagationPolicy(): PropagationPolicy {
    return this.#policies.propagation(Chart.of(this).namespace);
  }

  /** The derived policy for the cluster-scoped objects; written only if there are any. */
  get clusterPropagationPolicy(): ClusterPropagationPolicy {
    return this.#policies.clusterPropagation();
  }

  /** Declares further apps that this one sends requests to, such as apps that call each other. */
  addCalls(...apps: readonly FederatedApp[]): void {
    for (const app of apps) {
      if (isFederatedApp(app)) continue;
      throw constructError(this, {
        code: 'app.calls',
        message: 'calls names something that is not a FederatedApp',
        why: 'the linter can only check calls between apps',
        fix: 'pass the FederatedApp that answers the requests',
      });
    }
    this.#calls = [...this.#calls, ...apps];
  }

  /**
   * Adds an edit for some of the clusters, after the existing ones; may be called until synthesis.
   *
   * @param targets - the objects to edit. A construct with a default child, such as a Deployment of cdk8s-plus, is that
   * object; any other construct is all objects below it. @default - every object that has the edited parts: the containers that it
   * names, the text that its path leads to. Overrides with only labels, annotations or JSON patches edit the workloads
   */
  addOverride(override: Override, ...targets: readonly IConstruct[]): void {
    checkOverride(this, override);
    for (const target of targets) checkConstruct(this, 'addOverride', target);
    this.#contents.overrides = [...this.#contents.overrides, { override, targets }];
  }

  /**
   * Scales a workload of the app over all clusters together; may be called until synthesis.
   *
   * @param target - the workload; @default - the only one that has replicas
   * @throws ModelError `property.unknown`, `app.autoscale`
   */
  addAutoscaling(autoscaling: Autoscaling, target?: IConstruct): void {
    checkAutoscaling(this, autoscaling);
    if (target !== undefined) checkConstruct(this, 'addAutoscaling', target);
    if (this.placement.replicas !== undefined) {
      throw constructError(this, {
        code: 'app.autoscale',
        message: `autoscale is set, but the placement is exactly ${this.placement.replicas}`,
        why: 'an autoscaler changes the replicas that the placement fixes',
        fix: 'leave autoscale out, or choose Placement.weighted',
      });
    }
    this.#contents.scalings = [...this.#contents.scalings, { autoscaling: plainCopy(autoscaling), target }];
  }

  /**
   * Makes a Service of the app available in clusters where none of its pods run; may be called until synthesis.
   * Karmada then propagates the Service itself, so the policy of the app does not select it.
   *
   * @param service - the Service; @default - the only one
   * @throws ModelError `property.unknown`
   */
  addExposure(exposure: Exposure, service?: IConstruct): void {
    checkExposure(this, exposure);
    if (service !== undefined) checkConstruct(this, 'addExposure', service);
    this.#contents.exposures = [...this.#contents.exposures, { exposure: plainCopy(exposure), service }];
  }

  #derived(): IConstruct[] {
    const { sound, scalings, exposures: exposed } = this.#contents;
    const policies = this.#policies.active();
    if (scalings.length === 0 && exposed.length === 0) return policies;
    return [
      ...policies,
      ...autoscalers(this, this.#children, sound, scalings),
      ...exposures(this, this.#children, sound, exposed, this.placement),
    ];
  }

  #problems(): string[] {
    return appProblems(this.#contents, this.placement, this.#overrideNames).map(validationMessage);
  }
}

const none: readonly never[] = [];

/** A copy, since the author may change the list later. */
function copyOf<Item>(given: readonly Item[] | undefined): readonly Item[] | undefined {
  return given === undefined || given.length === 0 ? undefined : [...given];
}

/** The settings of the app for its policies of every scope. */
function policySettings(props: FederatedAppProps): PolicySettings {
  const { placement, failover, propagateDeps, dependentOverrides, policyName, overrideNames } = props;
  return {
    ...(policyName !== undefined && { policyName }),
    ...(overrideNames !== undefined && { overrideNames: { ...overrideNames } }),
    propagation: {
      placement,
      ...givenOptions(props),
      // Karmada refuses application failover without propagateDeps.
      ...(failover?.needsPropagateDeps && propagateDeps === undefined && { propagateDeps: true }),
    },
    dependentOverrides: copyOf(dependentOverrides) ?? none,
  };
}
