import { type ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { checkKnownProperties } from '../model/known-properties';
import type { Override } from '../model/override';
import type { Placement } from '../model/placement';
import type { ClusterOverridePolicy } from './cluster-override-policy';
import type { ClusterPropagationPolicy } from './cluster-propagation-policy';
import { constructError, constructName, validationMessage } from './construct-error';
import { rememberCreation } from './creation-site';
import { appProblems, isSound } from './federated-app/app-problems';
import { checkConstruct, isFederatedApp, markFederatedApp } from './federated-app/app-scope';
import { DerivedChildren } from './federated-app/derived-children';
import { DerivedPolicies } from './federated-app/derived-policies';
import { refuseDuplicates } from './federated-app/duplicates';
import {
  checkExposure,
  type Exposure,
  type ExposureRequest,
  exposedTemplates,
  exposures,
} from './federated-app/exposure';
import { type OverrideRequest, overridesOf } from './federated-app/override-target';
import { type Autoscaling, autoscalers, checkAutoscaling, type ScalingRequest } from './federated-app/scaling';
import { checkAppId, createShorthand, type WorkloadShorthand } from './federated-app/shorthand';
import { type Template, Templates } from './federated-app/template';
import type { OverridePolicy } from './override-policy';
import { checkOverride } from './overriding';
import {
  checkPlacementGiven,
  checkPropagationOptions,
  type PropagationOptions,
  propagationOptionNames,
} from './propagation-options';
import type { PropagationPolicy } from './propagation-policy';

/** What a {@link FederatedApp} is made from. */
export interface FederatedAppProps extends WorkloadShorthand, PropagationOptions {
  /** Where the app goes, and how many replicas to each cluster. */
  readonly placement: Placement;
  /** Objects that were made elsewhere and go with the app. @default - only what is put under it */
  readonly resources?: readonly IConstruct[];
  /** Edits for some of the clusters, each on the objects that have what it edits. @default - none; see `addOverride()` */
  readonly overrides?: readonly Override[];
  /** Scaling over all clusters, by load or by the clock, of the workload. @default - none; see `addAutoscaling()` */
  readonly autoscale?: Autoscaling;
  /** Clusters beyond those of the app where its Service answers. @default - none; see `addExposure()` */
  readonly expose?: Exposure;
  /** Override policies of your own that must exist before Karmada sends anything. @default - it waits for none */
  readonly dependentOverrides?: readonly (OverridePolicy | ClusterOverridePolicy | string)[];
  /** Apps that this one sends requests to. Writes nothing; the linter looks whether they are reachable. @default - none */
  readonly calls?: readonly FederatedApp[];
  /**
   * Custom kinds that are cluster-scoped, as `Kind.group`, such as `['Tenant.example.com']`.
   *
   * @default - kinds of Kubernetes, those whose CustomResourceDefinition is in the application, and by their name
   * those like ClusterIssuer and GatewayClass are known
   */
  readonly clusterScoped?: readonly string[];
}

const propertyNames = [
  ...propagationOptionNames,
  ...Object.keys({
    placement: true,
    image: true,
    replicas: true,
    port: true,
    command: true,
    args: true,
    resources: true,
    overrides: true,
    autoscale: true,
    expose: true,
    dependentOverrides: true,
    calls: true,
    clusterScoped: true,
  } satisfies Record<Exclude<keyof FederatedAppProps, keyof PropagationOptions>, true>),
];

/**
 * An application in several clusters: a scope, and whatever is created under it is propagated with it.
 *
 * The policies follow from what is in the scope when the application is synthesized: a PropagationPolicy
 * `<id>-propagation` in each namespace of its objects, a ClusterPropagationPolicy `<namespace>-<id>-propagation` for what
 * is cluster-scoped, and an OverridePolicy `<object>-<kind>-override` for each object with overrides.
 * What its workloads refer to travels with them: as a selector where it is in the scope, by `propagateDeps` where not.
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

  readonly #props: FederatedAppProps;
  readonly #resources: readonly IConstruct[];
  readonly #overrides: OverrideRequest[] = [];
  readonly #scalings: ScalingRequest[] = [];
  readonly #exposures: ExposureRequest[] = [];
  readonly #calls: FederatedApp[] = [];
  readonly #templates: Templates;
  #sound: { readonly of: readonly Template[]; readonly templates: readonly Template[] } = { of: [], templates: [] };
  readonly #children = new DerivedChildren();
  readonly #policies: DerivedPolicies;

  /**
   * @throws ModelError `property.unknown`, `property.value`, `policy.placement`, `policy.priority`, `object.name`,
   * `app.image`, `app.replicas`, `app.port`
   */
  constructor(scope: Construct, id: string, props: FederatedAppProps) {
    super(scope, id);
    markFederatedApp(this);
    rememberCreation(this);
    checkKnownProperties(props, propertyNames, constructName(this));
    checkPlacementGiven(this, props.placement);
    checkPropagationOptions(this, props);
    this.#props = { ...props };
    this.placement = props.placement;
    this.#resources = [...(props.resources ?? [])];
    for (const resource of this.#resources) checkConstruct(this, 'resources', resource);
    for (const override of props.overrides ?? []) this.addOverride(override);
    this.addCalls(...(props.calls ?? []));
    const { deployment, service } = createShorthand(this, props, props.placement);
    this.deployment = deployment;
    this.service = service;
    checkAppId(this);
    if (props.autoscale !== undefined) this.addAutoscaling(props.autoscale);
    if (props.expose !== undefined) this.addExposure(props.expose);
    this.#templates = new Templates({
      app: this,
      passedIn: this.#resources,
      clusterScoped: [...(props.clusterScoped ?? [])],
    });
    this.#policies = this.#derivedPolicies();
    this.#children.appearIn(this, () => this.#templates.during(() => this.#derived()));
    this.node.addValidation({ validate: () => this.#problems() });
    refuseDuplicates(this.node.root);
  }

  /** Apps that this one sends requests to. */
  get calls(): readonly FederatedApp[] {
    return [...this.#calls];
  }

  /** The objects that are sent, as of now: more may come until synthesis. */
  get resources(): readonly ApiObject[] {
    return [...new Set(this.#templates.current().map(({ object }) => object))];
  }

  /** The derived policy for the objects of the chart's namespace, to patch what is not modelled: `ApiObject.of(app.propagationPolicy)`. */
  get propagationPolicy(): PropagationPolicy {
    return this.#policies.propagation(Chart.of(this).namespace);
  }

  /** The derived policy for the cluster-scoped objects; it is written only where there are any. */
  get clusterPropagationPolicy(): ClusterPropagationPolicy {
    return this.#policies.clusterPropagation();
  }

  /** Says that this app sends requests to others, for apps that call each other. */
  addCalls(...apps: readonly FederatedApp[]): void {
    for (const app of apps) {
      if (isFederatedApp(app)) continue;
      throw constructError(this, 'app.calls', {
        what: 'calls names something that is no FederatedApp',
        why: 'only of an app is it known which clusters it runs in',
        fix: 'pass the FederatedApp that answers the requests',
      });
    }
    this.#calls.push(...apps);
  }

  /**
   * Adds an edit for some of the clusters, after those there are; may be called until synthesis.
   *
   * @param targets - the objects to edit; @default - every object that has what the override edits: the containers it
   * names, the text it points at; labels, annotations and JSON patches alone are for the workloads
   */
  addOverride(override: Override, ...targets: readonly IConstruct[]): void {
    checkOverride(this, override);
    for (const target of targets) checkConstruct(this, 'addOverride', target);
    this.#overrides.push({ override, targets: [...targets] });
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
      throw constructError(this, 'app.autoscale', {
        what: `autoscale is set, but the placement is exactly ${this.placement.replicas}`,
        why: 'an autoscaler changes the replicas that the placement fixes',
        fix: 'leave autoscale out, or choose Placement.weighted',
      });
    }
    this.#scalings.push({ autoscaling, target });
  }

  /**
   * Makes a Service of the app answer in clusters where none of its pods run; may be called until synthesis.
   * Karmada then takes the Service over, so that the policy of the app leaves it out.
   *
   * @param service - the Service; @default - the only one
   * @throws ModelError `property.unknown`
   */
  addExposure(exposure: Exposure, service?: IConstruct): void {
    checkExposure(this, exposure);
    if (service !== undefined) checkConstruct(this, 'addExposure', service);
    this.#exposures.push({ exposure, service });
  }

  /** What is wrong with the others, validation says; nothing named after them could be made. */
  #soundTemplates(): readonly Template[] {
    const templates = this.#templates.current();
    if (templates !== this.#sound.of) this.#sound = { of: templates, templates: templates.filter(isSound) };
    return this.#sound.templates;
  }

  #propagated(): readonly Template[] {
    const templates = this.#soundTemplates();
    if (this.#exposures.length === 0) return templates;
    const exposed = exposedTemplates(templates, this.#exposures);
    return templates.filter((template) => !exposed.includes(template));
  }

  #derived(): IConstruct[] {
    const templates = this.#soundTemplates();
    return [
      ...this.#policies.active(),
      ...autoscalers(this, this.#children, templates, this.#scalings),
      ...exposures(this, this.#children, templates, this.#exposures, this.placement),
    ];
  }

  #derivedPolicies(): DerivedPolicies {
    const { dependentOverrides = [], ...props } = this.#props;
    const options = Object.entries(props).filter(([name]) => propagationOptionNames.includes(name));
    const { failover, propagateDeps } = props;
    return new DerivedPolicies(this.#children, {
      app: this,
      templates: () => this.#propagated(),
      editable: () => (this.#overrides.length === 0 ? [] : this.#soundTemplates()),
      overridesOf: (template) => overridesOf(template, this.#overrides),
      propagation: {
        ...Object.fromEntries(options),
        // Karmada refuses to move a workload without what it refers to.
        ...(failover?.needsPropagateDeps && propagateDeps === undefined && { propagateDeps: true }),
        placement: props.placement,
      },
      dependentOverrides,
    });
  }

  #problems(): string[] {
    const templates = this.#templates.current();
    const sound = this.#soundTemplates();
    return appProblems({
      app: this,
      placement: this.placement,
      templates,
      unsound: sound.length === templates.length ? [] : templates.filter((template) => !isSound(template)),
      overrides: this.#overrides,
      scalings: this.#scalings,
      exposures: this.#exposures,
    }).map(validationMessage);
  }
}
