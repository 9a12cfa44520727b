import { type Cluster, topologyOf } from '../karmada/cluster';
import type { Manifest } from '../kubernetes/manifest';
import { type KubernetesObject, objectKey, referenceKey, referenceTo } from '../kubernetes/object';
import { fieldAt, isEqualData, recordsOf, textOf } from '../kubernetes/plain-data';
import { nativeReplicas } from '../kubernetes/replicas';
import { answeredCalls, type CallAnswer, callAnswer } from '../lint/analysis/answered-calls';
import { Contract } from '../model/contract';
import type { Plan, PlanOptions, TemplatePlan } from '../planner';
import { checkContracts } from '../planner/contract/check-contracts';
import { ControlPlaneState } from '../planner/control-plane-state/control-plane-state';
import type { LossPlan } from '../planner/loss/loss-plan';
import { Losses } from '../planner/loss/plan-after-loss';
import type { TemplateDecision } from '../planner/plan/template-decision';
import { type Planning, planning, planOfState, replanned } from '../planner/plan-of';
import { ModelError } from '../problem/model-error';
import { joinWords } from '../problem/words';
import { cellsOf, isNowhere, outcomeCell, policyCell } from '../report/cell';
import { valueText } from '../report/diff-text';
import { explanationParts, wishText } from '../report/explanation';
import { fieldChanges } from '../report/field-change';
import { emitYaml } from '../yaml/emit';
import type { Cell, Column, MemberCopy, Move, Row, TemplateDetails, ViewAnswer } from './answer';
import type { ViewData, ViewState } from './view-data';
import { asWritten, changedManifests, isAsWritten, type WhatIf, weightEntries } from './what-if';

/** One plan of the page, with what was asked of it. */
interface Planned {
  readonly plan: Plan;
  /** What can be taken over by a plan with few changes. @default - nothing */
  readonly planning?: Planning;
  readonly state: ControlPlaneState;
  readonly options: ReturnType<typeof planOptions>;
  /** @default - no cluster is out, or those that are out are removed from the fleet */
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
    this.#first = this.#answerOf(this.#written, calls, before ? this.#compared(rows) : rows);
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

  /** A written object as YAML; empty if there is none with this key. */
  source(key: string): string {
    const found = this.#manifests.find(({ object }) => objectKey(object) === key);
    return found ? emitYaml([found.object]) : '';
  }

  #ask(whatIf: WhatIf): Asked {
    const asked = JSON.stringify(whatIf);
    const known = this.#latest.find((one) => one.asked === asked);
    if (known) return known;
    const planned = isAsWritten(whatIf)
      ? this.#written
      : this.#plannedOf(this.#changed(whatIf), this.#data, whatIf, this.#written);
    const answer = planned === this.#written ? this.#first : this.#changedAnswer(planned);
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

  #changedAnswer(planned: Planned): ViewAnswer {
    const calls = this.#callsOf(planned);
    return this.#answerOf(planned, calls, this.#compared(this.#rowsOf(planned, calls)));
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
    const left = data.fleet.filter(({ name }) => !gone.has(name));
    const options = { ...planOptions(data), ...(karmada && { karmada }) };
    if (how === 'unjoined' && gone.size > 0 && left.length === 0) {
      throw new ModelError('no cluster would be left', { code: 'loss.all', fix: 'leave one cluster at least' });
    }
    if (gone.size === 0) {
      const touched = (decision: TemplateDecision): boolean =>
        Object.hasOwn(whatIf.replicas, decision.key) ||
        (decision.policy !== undefined && Object.hasOwn(whatIf.weights, objectKey(decision.policy.manifest.object)));
      const few = karmada === undefined && written?.planning && replanned(written.planning, state, touched);
      const decided = few || planning(state, options);
      return { plan: decided.complete(), planning: decided, state, options, out: new Set() };
    }
    if (how === 'unjoined') {
      const fewer = { ...options, fleet: left };
      return { plan: planOfState(state, fewer), state, options: fewer, out: gone };
    }
    const loss = Losses.ofState(state, options).after({ kind: how, clusters: [...gone] });
    return { plan: loss.plan, state, options, loss, out: gone };
  }

  #answerOf(planned: Planned, calls: readonly CallAnswer[], rows: readonly Row[]): ViewAnswer {
    const { plan, loss } = planned;
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

  #rowsOf(planned: Planned, calls: readonly CallAnswer[]): readonly Row[] {
    const missing = missingByServer(calls);
    const isSame = this.#samePlan(planned);
    return planned.plan.templates.map((template, position) => {
      const known = isSame(template) ? this.#first.rows[position] : undefined;
      const own = missing.get(template.key);
      const isKnown =
        known?.key === template.key && !known.changed && isEqualData(missingOf(known, this.#columns), own);
      return isKnown ? known : this.#rowOf(template, planned, own);
    });
  }

  /** Whether a template has the same plan as it has as written. */
  #samePlan({
    plan,
    state,
    out,
    loss,
  }: Pick<Planned, 'plan' | 'state' | 'out' | 'loss'>): (template: TemplatePlan) => boolean {
    const written = this.#written;
    // The replicas of one template change what a quota leaves for the others.
    const isCoupled = state.ofKind('v1', 'ResourceQuota').length > 0;
    if (!this.#first || plan === written.plan || out.size > 0 || loss || isCoupled) return () => false;
    return (template) => {
      const before = written.plan.template(template.key);
      return before?.manifest === template.manifest && before.outcome === template.outcome;
    };
  }

  #rowOf(template: TemplatePlan, { out, loss }: Planned, own: MissingCells | undefined): Row {
    const { key, manifest } = template;
    const { kind, metadata } = manifest.object;
    const cellIn = cellsOf(template);
    const { current } = template;
    const shared = this.#shared;
    const cells = this.#columns.map(({ name }): Cell => {
      if (out.has(name)) return outCell;
      const { text, certainty, end } = cellIn(name);
      const look = certainty === 'never' ? 'none' : certainty === 'sure' ? 'sure' : 'maybe';
      const most = template.countsReplicas ? mostOf(template, name) : look === 'none' ? 0 : 1;
      const now = current?.get(name) ?? 0;
      const known = current !== undefined && template.countsReplicas && String(now) !== (end === '-' ? '0' : end);
      const absent = own && Object.hasOwn(own, name) ? own[name] : undefined;
      if (!known && !absent && look === 'none') return noCell;
      // A client looks for the server here: nothing is none.
      const shownText = absent && look === 'none' ? '0' : text;
      return shared({ text: shownText, look, most, ...(absent && { missing: absent }), ...(known && { now }) });
    });
    return {
      key,
      kind,
      namespace: textOf(metadata?.namespace),
      name: textOf(metadata?.name) || key.slice(key.lastIndexOf('/') + 1),
      policy: policyCell(template),
      outcome: (loss?.running(key) ?? template.outcome).kind,
      outcomeText: outcomeCell(template),
      replicas: wishText(template),
      cells,
      problem: isNowhere(template) || own !== undefined,
      changed: false,
    };
  }

  /** Most cells are equal to others; a message to the page has each once. */
  readonly #shared = sharing();

  /** The rows with what was before, and those that are gone. */
  #compared(rows: readonly Row[]): readonly Row[] {
    const compared = rows.map((row): Row => {
      const before = this.#baseline.get(row.key);
      if (before === row) return row;
      if (!before) return { ...row, changed: true, only: 'after' };
      let changed = false;
      const cells = row.cells.map((cell, index) => {
        const was = before.cells[index]?.text ?? '-';
        if (was === cell.text) return cell;
        changed = true;
        return { ...cell, was };
      });
      return changed ? { ...row, cells, changed } : row;
    });
    if (!this.#data.before) return compared;
    const keys = new Set(rows.map(({ key }) => key));
    const gone = [...this.#baseline.values()].filter(({ key }) => !keys.has(key));
    return [
      ...compared,
      ...gone.map(
        (row): Row => ({
          ...row,
          cells: row.cells.map(({ text }) => (text === '-' ? noCell : { ...noCell, was: text })),
          problem: false,
          changed: true,
          only: 'before',
        }),
      ),
    ];
  }

  #callsOf({ plan, state, out }: Planned): readonly CallAnswer[] {
    const { calls } = this.#data;
    const isThere = (cluster: string): boolean => !out.has(cluster);
    const isSame = this.#samePlan({ plan, state, out });
    const first = new Map((this.#first?.calls ?? []).map((call) => [`${call.client} ${call.server}`, call]));
    return answeredCalls({ plan, controlPlane: state, calls }).map((answered) => {
      const { client, server } = answered.call;
      const known = first.get(`${client.key} ${server.service.key}`);
      return known && [client, server.service, ...server.workloads].every(isSame)
        ? known
        : callAnswer(answered, isThere);
    });
  }
}

/** Returns an equal value that it was given before, if there is one. */
function sharing(): (cell: Cell) => Cell {
  const known = new Map<string, Cell>();
  return (cell) => {
    if (cell.missing) return cell;
    const key = `${cell.text}|${cell.look}|${cell.most}|${cell.now}`;
    const same = known.get(key);
    if (!same) known.set(key, cell);
    return same ?? cell;
  };
}

const noCell: Cell = { text: '-', look: 'none', most: 0 };
const outCell: Cell = { text: '×', look: 'out', most: 0 };

function mostOf(template: TemplatePlan, cluster: string): number {
  return template.final.get(cluster)?.max ?? template.replicasIn(cluster).max;
}

type MissingCells = Readonly<Record<string, NonNullable<Cell['missing']>>>;
type MissingServers = ReadonlyMap<string, MissingCells>;

/** What is missing by the cells of a row; undefined if nothing is. */
function missingOf({ cells }: Row, columns: readonly Column[]): MissingCells | undefined {
  const found = cells.flatMap(({ missing }, index) =>
    missing ? [[columns[index]?.name ?? '', missing] as const] : [],
  );
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

/** The clusters in which servers are missing, by the workloads behind a Service, or the Service without any. */
function missingByServer(calls: readonly CallAnswer[]): MissingServers {
  const result = new Map<string, Record<string, NonNullable<Cell['missing']>>>();
  for (const { client, server, workloads, missing } of calls) {
    for (const { cluster, always } of missing) {
      for (const key of workloads.length > 0 ? workloads : [server]) {
        const cells = result.get(key) ?? {};
        const known = Object.hasOwn(cells, cluster) ? cells[cluster] : undefined;
        cells[cluster] = { always: always || (known?.always ?? false), clients: [...(known?.clients ?? []), client] };
        result.set(key, cells);
      }
    }
  }
  return result;
}

/** Clusters of one region and provider stand together, in the order of the fleet. */
function columnsOf(fleet: readonly Cluster[]): readonly Column[] {
  const groups = new Map<string, Column[]>();
  for (const cluster of fleet) {
    const group = (['region', 'provider'] as const).flatMap((field) => topologyOf(cluster, field)).join(' · ');
    groups.set(group, [...(groups.get(group) ?? []), { name: cluster.name, group }]);
  }
  return [...groups.values()].flat();
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

function movesOf(rows: readonly Row[], columns: readonly Column[]): readonly Move[] {
  return rows
    .filter(({ changed }) => changed)
    .flatMap(({ key, cells, only }) =>
      cells.flatMap((cell, index): readonly Move[] => {
        const cluster = columns[index]?.name ?? '';
        if (cell.was !== undefined) return [{ template: key, cluster, before: cell.was, after: cell.text }];
        return only === 'after' && cell.text !== '-' ? [{ template: key, cluster, before: '-', after: cell.text }] : [];
      }),
    );
}
