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

/** What the policies of an app are made from, beside what is in it. */
export interface PolicySettings {
  /** What the author said about the propagation of the app, for the policy of a namespace or the cluster policy. */
  readonly propagation: PropagationProps;
  readonly dependentOverrides: readonly (OverridePolicy | ClusterOverridePolicy | string)[];
}

/**
 * The policies that follow from what is in an app: one PropagationPolicy for each namespace, a ClusterPropagationPolicy
 * for what is outside all namespaces, an override policy for each edited object.
 */
export class DerivedPolicies {
  constructor(
    private readonly app: Construct,
    private readonly children: DerivedChildren,
    private readonly contents: AppContents,
    private readonly settings: PolicySettings,
  ) {}

  /**
   * The policies that the objects call for now, in the order to apply them: definitions reach a cluster before what
   * depends on them, and edits are there before the first object is sent.
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
      const name = `${app.node.id}-propagation`;
      const metadata = namespace === undefined ? { name } : { name, namespace };
      const dependentOverrides = settings.dependentOverrides.filter(
        (override): override is OverridePolicy | string =>
          typeof override === 'string' || (override instanceof OverridePolicy && override.namespace === namespace),
      );
      const props = { ...settings.propagation, metadata, dependentOverrides };
      return new PropagationPolicy(app, id, props, () => contents.propagatedIn(namespace));
    });
  }

  /** The policy for the objects outside all namespaces. */
  clusterPropagation(): ClusterPropagationPolicy {
    const { app, contents, settings } = this;
    return this.children.once('ClusterPropagation', (id) => {
      // Karmada moves workloads only, refuses application failover without dependencies, and queues no such objects.
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
    const { app, contents } = this;
    const { kind, name, namespace, clusterScoped } = template;
    const elsewhere = namespace === undefined || namespace === Chart.of(app).namespace ? [] : [namespace];
    return this.children.once(['Override', kind, name, ...elsewhere].join('-'), (id) => {
      // Names of roles may hold ":", those of policies may not; Karmada's own names put a "." there.
      const policyName = `${name}-${kind.toLowerCase()}-override`.replaceAll(':', '.');
      const metadata = namespace === undefined ? { name: policyName } : { name: policyName, namespace };
      const derived = { template, rules: () => contents.overridesOf(template) };
      return clusterScoped
        ? new ClusterOverridePolicy(app, id, { metadata }, derived)
        : new OverridePolicy(app, id, { metadata }, derived);
    });
  }
}
