import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { karmadaVersions } from '../../karmada/release';
import { namedKey, objectKey } from '../../kubernetes/object';
import type { CallAnswer } from '../../lint/analysis/answered-calls';
import { contractText } from '../../model/contract-spec';
import type { LossKind } from '../../planner';
import type { ContractAnswer } from '../../planner/contract/answer';
import { counted, joinWords } from '../../problem/words';
import type { Row, ViewAnswer } from '../answer';
import type { ViewData } from '../view-data';
import { asWritten, isAsWritten, readWhatIf, type WhatIf, whatIfText } from '../what-if';
import { Calls } from './calls';
import { changeTexts } from './code';
import { Details } from './details';
import { Grid } from './grid';
import { PrintedTable } from './printed-table';
import type { Engine } from './requests';
import { shown } from './text';

type Filter = 'all' | 'problems' | 'changes' | 'undecided';

/** What the address says about the page, apart from what is different. */
interface Opened {
  readonly key?: string;
  readonly cluster?: string;
}

/** Where the page keeps what is different and opened: texts as in the fragment of an address, without `#`. */
export interface Address {
  read(): string;
  write(fragment: string): void;
}

/** Browsers refuse to change the address as often as a slider moves. */
const addressMilliseconds = 250;
let addressTimer: ReturnType<typeof setTimeout> | undefined;

const ownAddress: Address = {
  read: () => location.hash.slice(1),
  write: (fragment) => {
    clearTimeout(addressTimer);
    addressTimer = setTimeout(() => history.replaceState(null, '', `#${fragment}`), addressMilliseconds);
  },
};

function readFrom(address: Address): { readonly whatIf: WhatIf; readonly opened: Opened } {
  const fragment = address.read();
  const text = new URLSearchParams(fragment);
  const [key, cluster] = [text.get('open'), text.get('in')];
  return { whatIf: readWhatIf(fragment), opened: { ...(key && { key }), ...(cluster && { cluster }) } };
}

function fragmentOf(whatIf: WhatIf, { key, cluster }: Opened): string {
  const text = new URLSearchParams(whatIfText(whatIf));
  if (key !== undefined) text.set('open', key);
  if (key !== undefined && cluster !== undefined) text.set('in', cluster);
  return text.toString();
}

interface AppProps {
  readonly data: ViewData;
  readonly engine: Engine;
  /** @default - the address of the document */
  readonly address?: Address;
}

/** The page. With another engine it shows the plan of other data, and keeps what is different and opened. */
export function App({ data, engine, address = ownAddress }: AppProps) {
  const start = useMemo(() => readFrom(address), []);
  const [whatIf, setWhatIf] = useState(start.whatIf);
  const [opened, setOpened] = useState(start.opened);
  const [answered, setAnswered] = useState<{ readonly whatIf: WhatIf; readonly answer: ViewAnswer }>();
  const [failure, setFailure] = useState<string>();
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const searchField = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const asking = useRef<{ readonly engine: Engine; next?: WhatIf; busy: boolean }>({ engine, busy: false });

  // One question at a time, and then the latest: a slider asks more often than anybody can look.
  useEffect(() => {
    if (asking.current.engine !== engine) asking.current = { engine, busy: false };
    const queue = asking.current;
    const isCurrent = () => asking.current === queue;
    queue.next = whatIf;
    const askNext = () => {
      const { next } = queue;
      if (queue.busy || !next) return;
      delete queue.next;
      queue.busy = true;
      engine
        .ask('answer', { whatIf: next })
        .then(
          (answer) => {
            if (!isCurrent()) return;
            setAnswered({ whatIf: next, answer });
            setFailure(undefined);
          },
          (error: Error) => isCurrent() && setFailure(error.message),
        )
        .finally(() => {
          queue.busy = false;
          askNext();
        });
    };
    askNext();
  }, [whatIf, engine]);

  useEffect(() => {
    address.write(fragmentOf(whatIf, opened));
  }, [whatIf, opened]);

  useEffect(() => {
    const onHash = () => {
      const next = readFrom(address);
      setWhatIf(next.whatIf);
      setOpened(next.opened);
    };
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return;
      event.preventDefault();
      searchField.current?.focus();
    };
    addEventListener('hashchange', onHash);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('hashchange', onHash);
      removeEventListener('keydown', onKey);
    };
  }, []);

  if (!answered) {
    if (failure === undefined) return <p class="wait">The plan is computed …</p>;
    return (
      <>
        <Failure text={failure} />
        <button type="button" disabled={isAsWritten(whatIf)} onClick={() => setWhatIf(asWritten)}>
          as written
        </button>
      </>
    );
  }
  const { answer } = answered;
  const { columns } = answer;
  const rows = filtered(answer.rows, search, filter);
  const row = answer.rows.find(({ key }) => key === opened.key);
  const open = (key: string | undefined, cluster?: string) =>
    setOpened({ ...(key !== undefined && { key }), ...(cluster !== undefined && { cluster }) });
  // The focus goes back to where the details were opened.
  const close = () => {
    open(undefined);
    main.current?.querySelector<HTMLElement>('[data-place][tabindex="0"]')?.focus();
  };
  const findings = row ? data.findings.filter(({ object }) => isAbout(object, row)) : [];
  const isChanged = !isAsWritten(whatIf);
  const out = new Set(whatIf.out);

  return (
    <>
      <header class="top">
        <h1>{shown(data.title)}</h1>
        <p aria-live="polite">
          {rows.length < answer.rows.length && `${rows.length} of `}
          {counted(answer.rows.length, 'template')} over {counted(columns.length, 'cluster')}, Karmada v
          {whatIf.karmada ?? data.karmada}
          {data.before && ', compared with the state before'}
        </p>
        <div class="tools">
          <input
            ref={searchField}
            type="search"
            placeholder="search templates, kinds, policies ( / )"
            aria-label="search"
            value={search}
            onInput={(event) => setSearch((event.target as HTMLInputElement).value)}
          />
          <select
            aria-label="show"
            value={filter}
            onChange={(event) => setFilter((event.target as HTMLSelectElement).value as Filter)}
          >
            <option value="all">all templates</option>
            <option value="problems">problems</option>
            <option value="undecided">not certain</option>
            <option value="changes">changes</option>
          </select>
          <Legend />
        </div>
      </header>
      {failure !== undefined && <Failure text={failure} />}
      <Alerts
        data={data}
        answer={answer}
        stale={isChanged}
        onOpen={open}
        onShow={(contract) => {
          const { losing } = contract.counterexample ?? {};
          if (losing) setWhatIf({ ...whatIf, out: losing, how: lossOf(contract.contract, data) });
          if (contract.template !== undefined) open(contract.template, losing?.[0]);
        }}
      />
      <section class="what-if" aria-label="What if">
        <b>What if</b>
        <label>
          a cluster that I click{' '}
          <select
            value={whatIf.how}
            onChange={(event) => setWhatIf({ ...whatIf, how: (event.target as HTMLSelectElement).value as LossKind })}
          >
            <option value="lost">does not answer, nothing moves (default of Karmada)</option>
            <option value="evicted">does not answer, with failover</option>
            <option value="unjoined">is removed from the fleet</option>
          </select>
        </label>
        <label>
          Karmada{' '}
          <select
            value={whatIf.karmada ?? data.karmada}
            onChange={(event) => setWhatIf(withRelease(whatIf, (event.target as HTMLSelectElement).value, data))}
          >
            {karmadaVersions.map((version) => (
              <option key={version} value={version}>
                v{version}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={!isChanged} onClick={() => setWhatIf(asWritten)}>
          as written
        </button>
        <span role="status">
          {isChanged || data.before
            ? `${counted(answer.moves.length, 'placement')} differ${answer.moves.length === 1 ? 's' : ''}`
            : ''}
          {out.size > 0 && `, ${joinWords([...out].map(shown), 'and', 4)} out`}
        </span>
      </section>
      <main ref={main} class={row ? 'with-details' : ''}>
        <div class="left">
          {rows.length === 0 ? (
            <p class="wait">{answer.rows.length === 0 ? 'There are no templates.' : 'No template matches.'}</p>
          ) : (
            <Grid
              columns={columns}
              rows={rows}
              out={out}
              openKey={opened.key}
              openCluster={opened.cluster}
              onOpen={({ key }, cluster) => open(key, cluster)}
              onClose={close}
              onToggle={(cluster) => setWhatIf({ ...whatIf, out: toggled(whatIf.out, cluster) })}
            />
          )}
          <Below data={data} whatIf={whatIf} answer={answer} onOpen={open} />
        </div>
        {row && (
          <Details
            engine={engine}
            whatIf={answered.whatIf}
            row={row}
            cluster={opened.cluster}
            findings={findings}
            stale={isChanged}
            onCluster={(cluster) => open(row.key, cluster)}
            onReplicas={(count) => setWhatIf({ ...whatIf, replicas: withEntry(whatIf.replicas, row.key, count) })}
            onWeight={(policy, index, weight, count) => setWhatIf(withWeight(whatIf, policy, index, weight, count))}
            onClose={close}
          />
        )}
      </main>
      <PrintedTable answer={answer} rows={rows} />
    </>
  );
}

function Failure({ text }: { readonly text: string }) {
  return (
    <p class="alert bad" role="alert">
      There is no plan: {shown(text)}
    </p>
  );
}

function Legend() {
  return (
    <ul class="legend" aria-label="legend">
      <li>
        <span class="chip sure">2</span> certain
      </li>
      <li>
        <span class="chip maybe">0 or 1</span> not certain
      </li>
      <li>
        <span class="chip maybe missing">0 or 1</span> a client here may find no server
      </li>
    </ul>
  );
}

const mostAlerts = 50;
const verdicts = { holds: 'holds', broken: 'broken', cannotTell: 'undecided' } as const;

/** How the clusters of a counterexample are lost. */
function lossOf(contract: string, { contracts }: ViewData): LossKind {
  const spec = contracts.find((each) => contractText(each) === contract);
  return spec?.kind === 'keeps' ? spec.mode : 'lost';
}

/** What needs a look, in words, before any table. */
function Alerts({
  data,
  answer,
  stale,
  onOpen,
  onShow,
}: {
  readonly data: ViewData;
  readonly answer: ViewAnswer;
  readonly stale: boolean;
  readonly onOpen: (key: string, cluster?: string) => void;
  readonly onShow: (contract: ContractAnswer) => void;
}) {
  const calls = answer.calls.filter(({ missing }) => missing.length > 0);
  const nowhere = answer.rows.filter((row) => row.nowhere);
  const broken = answer.contracts.filter(({ verdict }) => verdict !== 'holds');
  if (calls.length + nowhere.length + broken.length === 0) return null;
  const alertOf = (call: CallAnswer) => (
    <CallAlert
      key={`${call.client} ${call.server}`}
      call={call}
      fix={stale ? undefined : fixOf(call, data)}
      onOpen={onOpen}
    />
  );
  return (
    <section class="alerts" aria-label="Needs a look">
      {calls.slice(0, 1).map(alertOf)}
      {calls.length > 1 && (
        <details>
          <summary>{counted(calls.length - 1, 'more call')} without a server</summary>
          {calls.slice(1, mostAlerts).map(alertOf)}
          {calls.length > mostAlerts && <p>and {calls.length - mostAlerts} more</p>}
        </details>
      )}
      {nowhere.length > 0 && (
        <p class="alert">
          <b>Runs nowhere:</b>{' '}
          {nowhere.slice(0, 8).map(({ key }) => (
            <button type="button" class="link" key={key} onClick={() => onOpen(key)}>
              {shown(key)}
            </button>
          ))}
          {nowhere.length > 8 && <> and {nowhere.length - 8} more</>}
        </p>
      )}
      {broken.slice(0, 5).map((contract) => (
        <p
          class={`alert${contract.verdict === 'broken' ? ' bad' : ''}`}
          key={`${contract.contract} ${contract.template}`}
        >
          <b>{contract.verdict === 'broken' ? 'Contract broken:' : 'Contract undecided:'}</b> {shown(contract.contract)}
          : {shown(contract.why)}{' '}
          {contract.template !== undefined && (
            <button type="button" onClick={() => onShow(contract)}>
              show the case
            </button>
          )}
          {contract.fix && <span class="fix">{shown(contract.fix)}</span>}
        </p>
      ))}
      {broken.length > 5 && <p class="alert">and {counted(broken.length - 5, 'more contract')}, below the table</p>}
    </section>
  );
}

function CallAlert({
  call,
  fix,
  onOpen,
}: {
  readonly call: CallAnswer;
  readonly fix: string | undefined;
  readonly onOpen: (key: string, cluster?: string) => void;
}) {
  const { client, server, workloads, missing } = call;
  const always = missing.some((one) => one.always);
  const clusters = missing.map(({ cluster }) => shown(cluster));
  const first = missing[0]?.cluster;
  const target = workloads[0] ?? server;
  return (
    <p class="alert bad">
      <b>{always ? 'A client finds no server:' : 'A client may find no server:'}</b>{' '}
      <button type="button" class="link" onClick={() => onOpen(client, first)}>
        {shown(client)}
      </button>{' '}
      runs in {joinWords(clusters, 'and')} and calls{' '}
      <button type="button" class="link" onClick={() => onOpen(target, first)}>
        {shown(target)}
      </button>
      , which {always ? 'has' : 'may have'} no pod there. Karmada does not carry requests to another cluster.
      {fix && <span class="fix">{shown(fix)}</span>}
    </p>
  );
}

function fixOf({ client }: CallAnswer, { findings }: ViewData): string | undefined {
  return findings.find(({ rule, object }) => rule === 'no-client-without-server' && namedKey(object) === client)?.fix;
}

/** Below the table: what moves, the change to copy, the calls, and facts about all templates. */
function Below({
  data,
  whatIf,
  answer,
  onOpen,
}: {
  readonly data: ViewData;
  readonly whatIf: WhatIf;
  readonly answer: ViewAnswer;
  readonly onOpen: (key: string, cluster?: string) => void;
}) {
  const texts = changeTexts(
    whatIf,
    data,
    (key) => data.manifests.find(({ object }) => objectKey(object) === key)?.object,
  );
  return (
    <div class="below">
      {answer.moves.length > 0 && (
        <section aria-label="What moves">
          <h2>What moves</h2>
          <ul class="moves">
            {answer.moves.slice(0, 200).map(({ template, cluster, before, after }) => (
              <li key={`${template} ${cluster}`}>
                <button type="button" class="link" onClick={() => onOpen(template, cluster)}>
                  {shown(template)}
                </button>{' '}
                in {shown(cluster)}: <del>{before}</del> <ins>{after}</ins>
              </li>
            ))}
            {answer.moves.length > 200 && <li>and {answer.moves.length - 200} more</li>}
          </ul>
        </section>
      )}
      {answer.timeline.length > 0 && (
        <section aria-label="What happens when">
          <h2>What happens when</h2>
          <dl>
            {answer.timeline.map(({ when, text }) => (
              <>
                <dt>{when}</dt>
                <dd>{shown(text)}</dd>
              </>
            ))}
          </dl>
        </section>
      )}
      {texts.length > 0 && (
        <section aria-label="The change to copy">
          <h2>The change to copy</h2>
          {texts.map(({ key, yaml, typescript }) => (
            <div class="texts" key={key}>
              <h3>{shown(key)}</h3>
              <Code title="TypeScript" text={typescript} />
              <Code title="YAML" text={yaml} />
            </div>
          ))}
        </section>
      )}
      {answer.contracts.length > 0 && (
        <section aria-label="Contracts">
          <h2>Contracts</h2>
          <ul>
            {answer.contracts.map(({ contract, verdict, template, why }) => (
              <li key={`${contract} ${template}`} class={verdict === 'broken' ? 'bad' : ''}>
                {verdicts[verdict]}: {shown(contract)}
                {why && `: ${shown(why)}`}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="Calls">
        <h2>Calls</h2>
        <Calls calls={answer.calls} onOpen={onOpen} />
      </section>
      {answer.notes.length > 0 && (
        <section aria-label="Notes">
          <h2>Notes</h2>
          <ul>
            {answer.notes.map((note) => (
              <li key={note}>{shown(note)}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Code({ title, text }: { readonly title: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLPreElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without the clipboard, the text is selected.
      getSelection()?.selectAllChildren(box.current as Node);
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <figure>
      <figcaption>
        {title}{' '}
        <button type="button" onClick={copy}>
          {copied ? 'copied' : 'copy'}
        </button>
      </figcaption>
      <pre ref={box} tabIndex={0}>
        {text.split('\n').map(shown).join('\n')}
      </pre>
    </figure>
  );
}

function isAbout(object: { kind: string; name: string; namespace?: string }, row: Row): boolean {
  return object.kind === row.kind && object.name === row.name && (object.namespace ?? row.namespace) === row.namespace;
}

function filtered(rows: readonly Row[], search: string, filter: Filter): readonly Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (filter === 'problems' && !row.problem) return false;
    if (filter === 'changes' && !row.changed) return false;
    if (filter === 'undecided' && row.outcome === 'certain') return false;
    const text = `${row.key} ${row.policy} ${row.outcomeText}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function toggled(list: readonly string[], name: string): readonly string[] {
  return list.includes(name) ? list.filter((one) => one !== name) : [...list, name];
}

function withRelease({ karmada: _, ...rest }: WhatIf, version: string, data: ViewData): WhatIf {
  const release = karmadaVersions.find((known) => known === version);
  return release === undefined || release === data.karmada ? rest : { ...rest, karmada: release };
}

function withEntry<Value>(
  map: Readonly<Record<string, Value>>,
  key: string,
  value: Value | undefined,
): Readonly<Record<string, Value>> {
  const { [key]: _, ...others } = map;
  return value === undefined ? others : { ...others, [key]: value };
}

function withWeight(whatIf: WhatIf, policy: string, index: number, weight: number | undefined, count: number): WhatIf {
  const known = Object.hasOwn(whatIf.weights, policy) ? whatIf.weights[policy] : undefined;
  const list = Array.from({ length: count }, (_, at) => (at === index ? (weight ?? null) : (known?.[at] ?? null)));
  const changed = list.some((one) => one !== null);
  return { ...whatIf, weights: withEntry(whatIf.weights, policy, changed ? list : undefined) };
}
