import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { ClusterOverridePolicy } from '../cluster-override-policy';
import { ClusterPropagationPolicy } from '../cluster-propagation-policy';
import { OverridePolicy } from '../override-policy';
import type { PropagationProps } from '../propagation';
import { PropagationPolicy } from '../propagation-policy';
import type { AppContents } from './app-contents';
import type { DerivedChildren } from './derived-children';
import type { Template } from './template';

/** The settings of an app for its policies. */
export interface PolicySettings {
  /** The placement and propagation options of the app. */
  readonly propagation: PropagationProps;
  /** Name of the policies for namespaced objects. @default - the id of the app and `-propagation` */
  readonly policyName?: string;
  /** Names of the override policies, by `Kind/name` of the object. @default - derived from kind and name */
  readonly overrideNames?: Readonly<Record<string, string>>;
  readonly dependentOverrides: readonly (OverridePolicy | ClusterOverridePolicy | string)[];
}

/**
 * The policies of an app: one PropagationPolicy for each namespace of its objects, a ClusterPropagationPolicy for
 * cluster-scoped objects, an override policy for each edited object.
 */
export class DerivedPolicies {
  constructor(
    private readonly app: Construct,
    private readonly children: DerivedChildren,
    private readonly contents: AppContents,
    private readonly settings: PolicySettings,
  ) {}

  /**
   * The policies that the objects need at present, in the order to apply them: definitions reach a cluster before objects
   * that depend on them, and overrides exist before the first object is propagated.
   */
  active(): IConstruct[] {
    const templates = this.contents.propagated;
    const policies: IConstruct[] = [];
    if (templates.some(({ clusterScoped }) => clusterScoped)) policies.push(this.clusterPropagation());
    const namespaces = new Set<string | undefined>();
    for (const template of templates) if (!template.clusterScoped) namespaces.add(template.namespace);
    for (const template of this.contents.editable) {
      if (this.contents.overridesOf(template).length > 0) policies.push(this.#override(template));
    }
    for (const namespace of namespaces) policies.push(this.propagation(namespace));
    return policies;
  }

  /** The policy for the objects of a namespace. */
  propagation(namespace: string | undefined): PropagationPolicy {
    const { app, contents, settings } = this;
    const isHome = namespace === Chart.of(app).namespace;
    return this.children.once(isHome || namespace === undefined ? 'Propagation' : `Propagation-${namespace}`, (id) => {
      const name = settings.policyName ?? `${app.node.id}-propagation`;
      const metadata = namespace === undefined ? { name } : { name, namespace };
      const dependentOverrides = settings.dependentOverrides.filter(
        (override): override is OverridePolicy | string =>
          typeof override === 'string' || (override instanceof OverridePolicy && override.namespace === namespace),
      );
      const props = { ...settings.propagation, metadata, dependentOverrides };
      return new PropagationPolicy(app, id, props, () => contents.propagatedIn(namespace));
    });
  }

  /** The policy for cluster-scoped objects. */
  clusterPropagation(): ClusterPropagationPolicy {
    const { app, contents, settings } = this;
    return this.children.once('ClusterPropagation', (id) => {
      // Failover, scheduling priority and dependencies do not apply to cluster-scoped objects.
      const {
        failover: _failover,
        schedulePriority: _schedulePriority,
        propagateDeps: _deps,
        ...rest
      } = settings.propagation;
      const props = {
        ...rest,
        metadata: { name: `${Chart.of(app).namespace ?? 'default'}-${app.node.id}-propagation` },
        dependentOverrides: settings.dependentOverrides.filter(
          (override): override is ClusterOverridePolicy => override instanceof ClusterOverridePolicy,
        ),
      };
      return new ClusterPropagationPolicy(app, id, props, () => contents.propagatedClusterScoped);
    });
  }

  #override(template: Template): IConstruct {
    const { app, contents, settings } = this;
    const { kind, name, namespace, clusterScoped } = template;
    const elsewhere = namespace === undefined || namespace === Chart.of(app).namespace ? [] : [namespace];
    return this.children.once(['Override', kind, name, ...elsewhere].join('-'), (id) => {
      // Names of roles may contain ":", those of policies may not; Karmada's own names replace it by ".".
      const derivedName = `${name}-${kind.toLowerCase()}-override`.replaceAll(':', '.');
      const policyName = settings.overrideNames?.[`${kind}/${name}`] ?? derivedName;
      const metadata = namespace === undefined ? { name: policyName } : { name: policyName, namespace };
      const derived = { template, rules: () => contents.overridesOf(template) };
      return clusterScoped
        ? new ClusterOverridePolicy(app, id, { metadata }, derived)
        : new OverridePolicy(app, id, { metadata }, derived);
    });
  }
}
