import { defaultKarmadaVersion } from '../karmada/release';
import { compareText } from '../kubernetes/plain-data';
import { ControlPlaneState } from './control-plane-state/control-plane-state';
import { Interpreter } from './interpret/interpreter';
import type { Plan } from './plan';
import { CompletePlan } from './plan/complete-plan';
import { CurrentBindings } from './plan/current-bindings';
import { CustomKinds } from './plan/custom-kinds';
import { dependencyLinks } from './plan/dependency-links';
import { leftoversOf } from './plan/leftovers';
import { clustersOf, type PlanOptions } from './plan/options';
import { manifestsOf, type PlanInput } from './plan/plan-input';
import { Planner } from './plan/planner';
import { Scheduler } from './plan/scheduler';
import { templateKeys } from './plan/template-keys';
import { SettledTemplatePlan } from './plan/template-plan';
import { TemplateScheduling } from './plan/template-scheduling';
import { WorkloadGroups } from './plan/workload-groups';

/**
 * Says where every template goes, exactly as Karmada would, and never guesses: what the UID of a template or the running
 * system decides is told as such.
 *
 * @param what - a cdk8s app, manifests, or plain objects: templates and policies together
 * @throws ModelError `plan.fleet` when the fleet has no cluster, or two of one name; `plan.input` for anything but
 *   objects and constructs
 * @example
 * ```ts
 * planOf(app, { fleet }).template('Deployment/default/pipy')?.outcome
 * ```
 */
export function planOf(what: PlanInput, options: PlanOptions): Plan {
  const naming = options.defaultNamespace === undefined ? {} : { defaultNamespace: options.defaultNamespace };
  return planOfFederation(ControlPlaneState.of(manifestsOf(what), naming), options);
}

/** The same for whoever has the federation already; the namespace of objects that name none is that of the federation. */
export function planOfFederation(federation: ControlPlaneState, options: Omit<PlanOptions, 'defaultNamespace'>): Plan {
  const clusters = clustersOf(options.fleet);
  const karmada = options.karmada ?? defaultKarmadaVersion;
  const { defaultNamespace } = federation;
  const interpreter = new Interpreter(federation);
  const bindings = new CurrentBindings(options.bindings);
  const scheduler = new Scheduler({
    // Results are listed by name, so the scheduler gets the clusters in that order and need not sort.
    clusters: [...clusters].sort((a, b) => compareText(a.name, b.name)),
    karmada,
    enableEmptyWorkloadPropagation: options.enableEmptyWorkloadPropagation ?? false,
  });
  const { templates } = federation;
  const gate = options.featureGates?.WorkloadAffinity ?? false;
  const planner = new Planner({
    federation,
    interpreter,
    bindings,
    scheduling: new TemplateScheduling(scheduler),
    customKinds: new CustomKinds(),
    workloadGroups: new WorkloadGroups(templates, bindings, karmada, gate),
    deployed: options.deployed && ControlPlaneState.ofObjects(options.deployed, { defaultNamespace }),
    options,
  });
  const drafts = planner.drafts(templates, templateKeys(templates.map(({ object }) => object)));
  const links = dependencyLinks(drafts, federation, interpreter);
  const context = {
    federation,
    interpreter,
    karmada,
    scheduler,
    clusters: new Map(clusters.map((cluster) => [cluster.name, cluster])),
    names: clusters.map(({ name }) => name),
  };
  const plans = drafts.map((draft) => {
    const { manifest, key } = draft;
    const requiredBy = links.requiredBy.get(manifest) ?? [];
    const referrers = links.referrers.get(manifest) ?? [];
    return new SettledTemplatePlan(
      draft,
      { requiredBy, referrers, dependencies: links.dependencies.get(key) ?? [], unstated: links.unstated.get(key) },
      context,
    );
  });
  return new CompletePlan(karmada, clusters, plans, leftoversOf(bindings, templates, federation));
}
