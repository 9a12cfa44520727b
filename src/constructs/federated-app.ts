import { type ApiObject, Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { checkKnownProperties } from '../model/known-properties';
import type { Override } from '../model/override';
import type { Placement } from '../model/placement';
import type { ClusterOverridePolicy } from './cluster-override-policy';
import type { ClusterPropagationPolicy } from './cluster-propagation-policy';
import { constructError, constructName, validationMessage } from './construct-error';
import { appProblems, identityProblems } from './federated-app/app-problems';
import { markFederatedApp, ownChildren } from './federated-app/app-scope';
import { DerivedPolicies } from './federated-app/derived-policies';
import { refuseDuplicates } from './federated-app/duplicates';
import { type OverrideRequest, overriddenTemplates } from './federated-app/override-target';
import { createShorthand, type WorkloadShorthand } from './federated-app/shorthand';
import { type Template, templatesOf } from './federated-app/template';
import { objectNameProblem } from './object-name';
import type { OverridePolicy } from './override-policy';
import {
  checkPlacementGiven,
  checkPropagationOptions,
  type PropagationOptions,
  propagationOptionNames,
} from './propagation';
import type { PropagationPolicy } from './propagation-policy';

/** What a {@link FederatedApp} is made from. */
export interface FederatedAppProps extends WorkloadShorthand, PropagationOptions {
  /** Where the app goes, and how many replicas to each cluster. */
  readonly placement: Placement;
  /** Objects that were made elsewhere and go with the app. @default - only what is put under it */
  readonly resources?: readonly IConstruct[];
  /** Edits for some of the clusters, each on the objects that have what it edits. @default - none; see `addOverride()` */
  readonly overrides?: readonly Override[];
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
 * new FederatedApp(chart, 'web', { placement: Placement.weighted({ member1: 2, member2: 1 }), image: 'nginx', replicas: 3, port: 80 })
 */
export class FederatedApp extends Construct {
  /** Where the app goes. */
  readonly placement: Placement;
  /** The Deployment that the shorthand made, or undefined without an image. */
  readonly deployment: ApiObject | undefined;
  /** The Service that the shorthand made, or undefined without a port. */
  readonly service: ApiObject | undefined;

  readonly #props: FederatedAppProps;
  readonly #overrides: OverrideRequest[];
  readonly #calls: FederatedApp[];
  readonly #policies: DerivedPolicies;

  /**
   * @throws ModelError `property.unknown`, `property.value`, `policy.placement`, `policy.priority`, `object.name`,
   * `app.image`, `app.replicas`, `app.port`
   */
  constructor(scope: Construct, id: string, props: FederatedAppProps) {
    super(scope, id);
    markFederatedApp(this);
    checkKnownProperties(props, propertyNames, constructName(this));
    checkPlacementGiven(this, props.placement);
    checkPropagationOptions(this, props);
    this.#props = { ...props };
    this.placement = props.placement;
    this.#overrides = (props.overrides ?? []).map((override) => ({ override, targets: [] }));
    this.#calls = [...(props.calls ?? [])];
    const { deployment, service } = createShorthand(this, props, this.#replicas());
    this.deployment = deployment;
    this.service = service;
    this.#checkId();
    this.#policies = this.#derivedPolicies();
    this.#deriveWhenVisited();
    this.node.addValidation({ validate: () => this.#problems() });
    refuseDuplicates(this.node.root);
  }

  /** Apps that this one sends requests to. */
  get calls(): readonly FederatedApp[] {
    return [...this.#calls];
  }

  /** The objects that are sent, as of now: more may come until synthesis. */
  get resources(): readonly ApiObject[] {
    return [...new Set(this.#templates().map(({ object }) => object))];
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
    this.#calls.push(...apps);
  }

  /**
   * Adds an edit for some of the clusters, after those there are; may be called until synthesis.
   *
   * @param targets - the objects to edit; @default - every object that has what the override edits: the containers it
   * names, the text it points at; labels, annotations and JSON patches alone are for the workloads
   */
  addOverride(override: Override, ...targets: readonly IConstruct[]): void {
    this.#overrides.push({ override, targets: [...targets] });
  }

  #checkId(): void {
    const { id } = this.node;
    const problem = objectNameProblem('policy.karmada.io/v1alpha1', 'PropagationPolicy', `${id}-propagation`);
    if (problem === undefined) return;
    throw constructError(this, 'object.name', {
      what: `the id "${id}" ${problem}`,
      why: 'it names the policies, and Kubernetes refuses that name',
      fix: 'choose another construct id',
    });
  }

  #templates(): Template[] {
    const { resources = [], clusterScoped = [] } = this.#props;
    return templatesOf({ app: this, passedIn: resources, clusterScoped });
  }

  #replicas(): number | undefined {
    const { replicas, placement, image } = this.#props;
    const fixed = placement?.replicas;
    if (replicas !== undefined && fixed !== undefined && replicas !== fixed) {
      throw constructError(this, 'app.replicas', {
        what: `replicas is ${replicas}, but the placement is exactly ${fixed}`,
        why: 'Karmada divides whatever the workload asks for, so no cluster would run the number given for it',
        fix: `leave replicas out, or choose Placement.weighted`,
      });
    }
    return replicas ?? (image === undefined ? undefined : fixed);
  }

  #derivedPolicies(): DerivedPolicies {
    const { dependentOverrides = [], ...props } = this.#props;
    const options = Object.entries(props).filter(([name]) => propagationOptionNames.includes(name));
    const { failover, propagateDeps } = props;
    return new DerivedPolicies({
      app: this,
      // What is wrong with the others, validation says; a policy named after them could not be made.
      templates: () => this.#templates().filter((template) => identityProblems(template).length === 0),
      overridden: (templates) => overriddenTemplates(templates, this.#overrides),
      propagation: {
        ...Object.fromEntries(options),
        // Karmada refuses to move a workload without what it refers to.
        ...(failover?.needsPropagateDeps && propagateDeps === undefined && { propagateDeps: true }),
        placement: props.placement,
      },
      dependentOverrides,
    });
  }

  /**
   * Makes the policies appear whenever somebody looks at the children of this construct.
   *
   * How many there are is known only when all objects are there, and nothing tells a construct that. But every way to
   * synthesize (`App.synth`, `App.synthYaml`, `Testing.synth`, `Federation.synth`) first walks the tree by
   * `node.children`, to validate and to order dependencies: the policies are there in time for all of it.
   */
  #deriveWhenVisited(): void {
    let deriving = false;
    Object.defineProperty(this.node, 'children', {
      get: (): IConstruct[] => {
        const own = ownChildren(this);
        if (deriving) return own;
        deriving = true;
        try {
          const policies = this.#policies.active();
          return [...ownChildren(this).filter((child) => !this.#policies.has(child)), ...policies];
        } finally {
          deriving = false;
        }
      },
    });
  }

  #problems(): string[] {
    return appProblems({
      app: this,
      placement: this.placement,
      templates: this.#templates(),
      overrides: this.#overrides,
    }).map(validationMessage);
  }
}
