import type { Manifest } from '../kubernetes/manifest';
import { type KubernetesObject, objectKey, referenceKey, referenceTo } from '../kubernetes/object';
import { fieldAt, isEqualData, recordsOf } from '../kubernetes/plain-data';
import { nativeReplicas } from '../kubernetes/replicas';
import { answeredCalls, type CallAnswer, callAnswer } from '../lint/analysis/answered-calls';
import { Contract } from '../model/contract';
import type { Plan, PlanOptions, TemplatePlan } from '../planner';
import { checkContracts } from '../planner/contract/check-contracts';
import { ControlPlaneState } from '../planner/control-plane-state/control-plane-state';
import type { LossPlan } from '../planner/loss/loss-plan';
import { Losses } from '../planner/loss/plan-after-loss';
import type { TemplateDecision } from '../planner/plan/template-decision';
import { type Planning, planning, replanned } from '../planner/plan-of';
import { joinWords } from '../problem/words';
import { valueText } from '../report/diff-text';
import { explanationParts } from '../report/explanation';
import { fieldChanges } from '../report/field-change';
import { emitYaml } from '../yaml/emit';
import type { Cell, Column, MemberCopy, Row, TemplateDetails, ViewAnswer } from './answer';
import { columnsOf, comparedRows, missingByServer, missingOf, movesOf, rowOf, sharing } from './rows';
import type { ViewData, ViewState } from './view-data';
import { asWritten, changedManifests, isAsWritten, type WhatIf, weightEntries } from './what-if';

/** One plan of the page, with what was asked of it. */
interface Planned {
  readonly plan: Plan;
  /** What can be taken over by a plan with few changes. @default - nothing */
  readonly planning?: Planning;
  readonly state: ControlPlaneState;
  readonly options: ReturnType<typeof planOptions>;
  /** @default - no cluster is out */
  readonly loss?: LossPlan;
  readonly out: ReadonlySet<string>;
}

/** An answer, and what it answers. */
interface Asked {
  readonly asked: string;
  readonly planned: Planned;
  readonly answer: ViewAnswer;
}

/** Answers the questions of the page. It never changes its data. */
export class ViewPlanner {
  readonly #data: ViewData;
  readonly #manifests: readonly Manifest[];
  readonly #contracts: readonly Contract[];
  readonly #places: ReadonlyMap<Manifest['origin'], string>;
  readonly #columns: readonly Column[];
  /** The plan as written, and the rows that others are compared with. */
  readonly #written: Planned;
  readonly #baseline: ReadonlyMap<string, Row>;
  /** The answer as written. What does not change is the same object in other answers. */
  readonly #first: ViewAnswer;
  readonly #shared = sharing();
  /** The last two: while a slider moves, details of a template are asked for the answer before. */
  #latest: readonly Asked[];

  constructor(data: ViewData) {
    this.#data = data;
    this.#columns = columnsOf(data.fleet);
    this.#contracts = data.contracts.map((spec) => Contract.of(spec));
    this.#manifests = manifestsOf(data);
    this.#places = new Map(
      data.manifests.flatMap(({ place }, index) =>
        place === undefined ? [] : [[this.#manifests[index]?.origin as Manifest['origin'], place] as const],
      ),
    );
    this.#written = this.#plannedOf(this.#manifests, data, asWritten);
    const calls = this.#callsOf(this.#written);
    const rows = this.#rowsOf(this.#written, calls);
    const before = data.before && this.#rowsOf(this.#plannedOf(manifestsOf(data.before), data.before, asWritten), []);
    this.#baseline = new Map((before ?? rows).map((row) => [row.key, row]));
    this.#first = this.#answerOf(this.#written, calls, rows);
    this.#latest = [{ asked: JSON.stringify(asWritten), planned: this.#written, answer: this.#first }];
  }

  /** What the page shows. */
  answer(whatIf: WhatIf): ViewAnswer {
    return this.#ask(whatIf).answer;
  }

  /** One template; undefined if there is none with this key. */
  details(whatIf: WhatIf, key: string): TemplateDetails | undefined {
    const { planned, answer } = this.#ask(whatIf);
    const template = planned.plan.template(key);
    const row = answer.rows.find((one) => one.key === key);
    if (!template || !row) return undefined;
    const { policy } = template;
    const reasons = new Map(
      template.exclusions.map(({ cluster, reasons: each }) => [cluster, each.map(({ why }) => why)]),
    );
    const place = this.#places.get(template.manifest.origin);
    const policyPlace = policy && this.#places.get(policy.origin);
    const replicas = replicasOf(template);
    return {
      key,
      ...(place !== undefined && { place }),
      ...(policy && { policy: objectKey(policy.object) }),
      ...(policyPlace !== undefined && { policyPlace }),
      losers: template.losers.map(({ policy: loser, why }) => ({ policy: objectKey(loser.object), why })),
      lines: explanationParts(template).filter(({ label }) => label !== 'also'),
      clusters: answer.columns.map(({ name }, index) => ({
        cluster: name,
        cell: row.cells[index] as Cell,
        excluded: reasons.get(name) ?? [],
      })),
      ...(replicas !== undefined && { replicas }),
      weights: policy ? weightsOf(policy.object) : [],
    };
  }

  /** What a cluster receives of a template. */
  copies(whatIf: WhatIf, key: string, cluster: string): readonly MemberCopy[] {
    const { plan } = this.#ask(whatIf).planned;
    const template = plan.template(key);
    if (!template || !plan.clusters.some(({ name }) => name === cluster)) return [];
    return template.objectsIn(cluster).map((copy): MemberCopy => {
      const tie = copy.tie === undefined ? '' : `if ties go to the ${copy.tie === 'ascending' ? 'first' : 'last'} name`;
      const when = tie || (copy.guaranteed ? '' : 'not certain');
      if (copy.kind === 'failed') return { when, yaml: '', changes: [], failed: copy.why };
      const changes = fieldChanges(template.manifest.object, copy.object).map((change) => ({
        path: change.path,
        before: 'before' in change ? valueText(change.before) : '',
        after: 'after' in change ? valueText(change.after) : '',
      }));
      return { when, yaml: emitYaml([copy.object]), changes };
    });
  }

  #ask(whatIf: WhatIf): Asked {
    const asked = JSON.stringify(whatIf);
    const known = this.#latest.find((one) => one.asked === asked);
    if (known) return known;
    const planned = isAsWritten(whatIf)
      ? this.#written
      : this.#plannedOf(this.#changed(whatIf), this.#data, whatIf, this.#written);
    const answer = planned === this.#written ? this.#first : this.#answerAfter(planned);
    const latest = { asked, planned, answer };
    this.#latest = [latest, ...this.#latest.slice(0, 1)];
    return latest;
  }

  #changed(whatIf: WhatIf): readonly Manifest[] {
    const { plan, state } = this.#written;
    const templates = new Map(plan.templates.map(({ key, manifest: { origin } }) => [origin, key]));
    const policies = new Map(
      state.propagationPolicies.map(({ manifest }) => [manifest.origin, objectKey(manifest.object)]),
    );
    return changedManifests(this.#manifests, whatIf, ({ origin }) => {
      const [template, policy] = [templates.get(origin), policies.get(origin)];
      return { ...(template !== undefined && { template }), ...(policy !== undefined && { policy }) };
    });
  }

  #answerAfter(planned: Planned): ViewAnswer {
    const calls = this.#callsOf(planned, this.#first);
    return this.#answerOf(planned, calls, this.#rowsOf(planned, calls, this.#first));
  }

  #plannedOf(manifests: readonly Manifest[], { refusals }: ViewState, whatIf: WhatIf, written?: Planned): Planned {
    const { out, how, karmada } = whatIf;
    const data = this.#data;
    const refusalOf = (object: KubernetesObject): string | undefined => {
      const key = referenceKey(referenceTo(object));
      return Object.hasOwn(refusals, key) ? refusals[key]?.[karmada ?? data.karmada] : undefined;
    };
    const { defaultNamespace } = data;
    const state = ControlPlaneState.of(manifests, {
      refusalOf,
      ...(defaultNamespace !== undefined && { defaultNamespace }),
    });
    const known = new Set(data.fleet.map(({ name }) => name));
    const gone = new Set(out.filter((name) => known.has(name)));
    const options = { ...planOptions(data), ...(karmada && { karmada }) };
    if (gone.size > 0) {
      const loss = Losses.ofState(state, options).after({ kind: how, clusters: [...gone] });
      const fleet = how === 'unjoined' ? data.fleet.filter(({ name }) => !gone.has(name)) : data.fleet;
      return { plan: loss.plan, state, options: { ...options, fleet }, loss, out: gone };
    }
    const touched = (decision: TemplateDecision): boolean =>
      Object.hasOwn(whatIf.replicas, decision.key) ||
      (decision.policy !== undefined && Object.hasOwn(whatIf.weights, objectKey(decision.policy.manifest.object)));
    const few = karmada === undefined && written?.planning && replanned(written.planning, state, touched);
    const decided = few || planning(state, options);
    return { plan: decided.complete(), planning: decided, state, options, out: gone };
  }

  #answerOf(planned: Planned, calls: readonly CallAnswer[], found: readonly Row[]): ViewAnswer {
    const { plan, loss } = planned;
    const rows = comparedRows(found, this.#baseline);
    const losses = () => Losses.ofState(planned.state, planned.options);
    return {
      columns: this.#columns,
      rows,
      calls,
      contracts: this.#contracts.length === 0 ? [] : checkContracts(this.#contracts, { plan, losses }),
      moves: movesOf(rows, this.#columns),
      notes: plan.notes,
      timeline: (loss?.timeline ?? []).map(({ since, seconds, text, templates }) => ({
        when: `${seconds === undefined ? '' : `${seconds} s `}after the ${since}`,
        text: templates ? `${joinWords(templates, 'and', 4)}: ${text}` : text,
      })),
    };
  }

  /** @param known - the answer as written, of which rows are taken over */
  #rowsOf(planned: Planned, calls: readonly CallAnswer[], known?: ViewAnswer): readonly Row[] {
    const missing = missingByServer(calls);
    const isSame = this.#samePlan(planned);
    const { out, loss } = planned;
    const context = { out, ...(loss && { loss }), shared: this.#shared };
    return planned.plan.templates.map((template, position) => {
      const own = missing.get(template.key);
      const row = known?.rows[position];
      const stays = row && !row.changed && isSame(template) && isEqualData(missingOf(row, this.#columns), own);
      return stays ? row : rowOf(template, this.#columns, context, own);
    });
  }

  /** Whether a template has the same plan as it has as written. */
  #samePlan({ state, out }: Planned): (template: TemplatePlan) => boolean {
    const written = this.#written.plan;
    // The replicas of one template change what a quota leaves for the others.
    const isCoupled = state.ofKind('v1', 'ResourceQuota').length > 0;
    if (out.size > 0 || isCoupled) return () => false;
    return (template) => {
      const before = written.template(template.key);
      return before?.manifest === template.manifest && before.outcome === template.outcome;
    };
  }

  /** @param known - the answer as written, of which calls are taken over */
  #callsOf(planned: Planned, known?: ViewAnswer): readonly CallAnswer[] {
    const { plan, state, out } = planned;
    const isSame = this.#samePlan(planned);
    const before = new Map(known?.calls.map((call) => [`${call.client} ${call.server}`, call]));
    return answeredCalls({ plan, controlPlane: state, calls: this.#data.calls }).map((answered) => {
      const { client, server } = answered.call;
      const call = before.get(`${client.key} ${server.service.key}`);
      return call && [client, server.service, ...server.workloads].every(isSame)
        ? call
        : callAnswer(answered, (cluster) => !out.has(cluster));
    });
  }
}

function manifestsOf({ manifests }: ViewState): readonly Manifest[] {
  return manifests.map(({ object }, index) => ({ object, origin: { type: 'memory', index } }));
}

function planOptions(data: ViewData): Omit<PlanOptions, 'defaultNamespace'> {
  const { fleet, karmada, featureGates, capacities, schedulerEstimators, capacityTime } = data;
  const { bindings, clusterTaintPolicies, deployed } = data;
  return {
    fleet,
    karmada,
    ...(featureGates && { featureGates }),
    ...(capacities && { capacities }),
    ...(schedulerEstimators !== undefined && { schedulerEstimators }),
    ...(capacityTime !== undefined && { capacityTime }),
    ...(bindings && { bindings }),
    ...(clusterTaintPolicies && { clusterTaintPolicies }),
    ...(deployed && { deployed }),
  };
}

/** The replicas that a field of the template states. */
function replicasOf({ countsReplicas, manifest: { object } }: TemplatePlan): number | undefined {
  if (!countsReplicas || object.kind === 'Pod') return undefined;
  const stated = nativeReplicas(object) ?? fieldAt(object.spec, 'replicas');
  return typeof stated === 'number' ? stated : undefined;
}

function weightsOf(policy: KubernetesObject): TemplateDetails['weights'] {
  return recordsOf(weightEntries(policy)).map((entry) => {
    const target = entry['targetCluster'];
    const names = fieldAt(target, 'clusterNames');
    const isNamed = Array.isArray(names) && Object.keys(target as object).length === 1;
    return {
      clusters: isNamed ? names.map(String).join(', ') : JSON.stringify(target ?? {}),
      ...(isNamed && { names: names.map(String) }),
      weight: typeof entry['weight'] === 'number' ? entry['weight'] : 0,
    };
  });
}
