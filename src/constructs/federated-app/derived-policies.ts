import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Override } from '../../model/override';
import type { ResourceSelectorSpec } from '../../model/propagation-spec';
import { ClusterOverridePolicy } from '../cluster-override-policy';
import { ClusterPropagationPolicy } from '../cluster-propagation-policy';
import { OverridePolicy } from '../override-policy';
import type { PropagationProps } from '../propagation';
import { PropagationPolicy } from '../propagation-policy';
import type { DerivedChildren } from './derived-children';
import { referencesOf } from './references';
import type { Template } from './template';

/** What the policies of an app are derived from; asked again each time, since objects may be added until synthesis. */
export interface PolicySources {
  readonly app: Construct;
  /** The objects that policies send. */
  templates(): readonly Template[];
  /** The objects that may be edited, whoever sends them. */
  editable(): readonly Template[];
  /** The edits of an object. */
  overridesOf(template: Template): readonly Override[];
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
    private readonly children: DerivedChildren,
    private readonly sources: PolicySources,
  ) {}

  /**
   * The policies that the objects call for now, in the order to apply them: definitions reach a cluster before what
   * depends on them, and edits are there before the first object is sent.
   */
  active(): IConstruct[] {
    const templates = this.sources.templates();
    const policies: IConstruct[] = [];
    if (templates.some(({ clusterScoped }) => clusterScoped)) policies.push(this.clusterPropagation());
    for (const template of this.sources.editable()) {
      if (this.sources.overridesOf(template).length > 0) policies.push(this.#override(template));
    }
    const namespaces = new Set(templates.flatMap((template) => (template.clusterScoped ? [] : [template.namespace])));
    for (const namespace of namespaces) policies.push(this.propagation(namespace));
    return policies;
  }

  /** The policy for the objects of a namespace. */
  propagation(namespace: string | undefined): PropagationPolicy {
    const { app } = this.sources;
    const isHome = namespace === Chart.of(app).namespace;
    return this.children.once(isHome || namespace === undefined ? 'Propagation' : `Propagation-${namespace}`, (id) => {
      const policy = new PropagationPolicy(app, id, {
        ...this.sources.propagation,
        metadata: { name: `${app.node.id}-propagation`, ...(namespace !== undefined && { namespace }) },
        dependentOverrides: this.sources.dependentOverrides.filter(
          (override): override is OverridePolicy | string =>
            typeof override === 'string' || (override instanceof OverridePolicy && override.namespace === namespace),
        ),
      });
      policy._deriveFrom({
        resources: () => this.#inNamespace(namespace).map(selectorOf),
        propagateDeps: () => refersOutside(this.#inNamespace(namespace)),
      });
      return policy;
    });
  }

  /** The policy for the objects outside all namespaces. */
  clusterPropagation(): ClusterPropagationPolicy {
    const { app, propagation } = this.sources;
    return this.children.once('ClusterPropagation', (id) => {
      // Karmada moves workloads only, refuses application failover without dependencies, and queues no such objects.
      const { failover: _failover, schedulePriority: _schedulePriority, propagateDeps: _deps, ...rest } = propagation;
      const policy = new ClusterPropagationPolicy(app, id, {
        ...rest,
        metadata: { name: `${Chart.of(app).namespace ?? 'default'}-${app.node.id}-propagation` },
        dependentOverrides: this.sources.dependentOverrides.filter(
          (override): override is ClusterOverridePolicy => override instanceof ClusterOverridePolicy,
        ),
      });
      policy._deriveFrom({
        resources: () =>
          this.sources
            .templates()
            .filter(({ clusterScoped }) => clusterScoped)
            .map(selectorOf),
        propagateDeps: () => false,
      });
      return policy;
    });
  }

  #override(template: Template): IConstruct {
    const { app } = this.sources;
    const { kind, name, namespace, clusterScoped } = template;
    const elsewhere = namespace === undefined || namespace === Chart.of(app).namespace ? [] : [namespace];
    return this.children.once(['Override', kind, name, ...elsewhere].join('-'), (id) => {
      // Names of roles may hold ":", those of policies may not; Karmada's own names put a "." there.
      const policyName = `${name}-${kind.toLowerCase()}-override`.replaceAll(':', '.');
      const metadata = { name: policyName, ...(namespace !== undefined && { namespace }) };
      const policy = clusterScoped
        ? new ClusterOverridePolicy(app, id, { metadata })
        : new OverridePolicy(app, id, { metadata });
      policy._deriveFrom({
        resources: () => [selectorOf(template)],
        rules: () => this.sources.overridesOf(template),
      });
      return policy;
    });
  }

  #inNamespace(namespace: string | undefined): readonly Template[] {
    return this.sources.templates().filter((one) => !one.clusterScoped && one.namespace === namespace);
  }
}

function selectorOf({ apiVersion, kind, name, namespace }: Template): ResourceSelectorSpec {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

/** Whether one of the objects needs another that is not among them, so that Karmada has to look for it. */
function refersOutside(templates: readonly Template[]): boolean {
  const inside = new Set(templates.map(({ kind, name }) => `${kind}/${name}`));
  return templates.some((template) =>
    referencesOf(template.manifest()).some(({ kind, name }) => !inside.has(`${kind}/${name}`)),
  );
}
