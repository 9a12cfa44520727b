import { useEffect, useState } from 'preact/hooks';
import type { Finding } from '../../problem/finding';
import type { Cell, MemberCopy, Row, TemplateDetails } from '../answer';
import type { WhatIf } from '../what-if';
import type { Engine } from './requests';
import { cellSentence, missingText, shown } from './text';

interface DetailsProps {
  readonly engine: Engine;
  readonly whatIf: WhatIf;
  readonly row: Row;
  readonly cluster: string | undefined;
  readonly findings: readonly Finding[];
  /** Whether the findings are those of other replicas, weights or clusters. */
  readonly stale: boolean;
  readonly onCluster: (cluster: string) => void;
  readonly onReplicas: (count: number | undefined) => void;
  readonly onWeight: (policy: string, index: number, weight: number | undefined, count: number) => void;
  readonly onClose: () => void;
}

/** A template opened: who claims it, where it goes and why, and what each cluster receives. */
export function Details(props: DetailsProps) {
  const { engine, whatIf, row, cluster, findings, stale, onClose } = props;
  const [details, setDetails] = useState<TemplateDetails>();
  useEffect(() => {
    let current = true;
    void engine.ask('details', { whatIf, key: row.key }).then(
      (found) => current && setDetails(found),
      // The answer about the whole plan says what is wrong.
      () => current && setDetails(undefined),
    );
    return () => {
      current = false;
    };
  }, [engine, whatIf, row.key]);
  const own = details?.key === row.key ? details : undefined;
  return (
    <aside
      class="details"
      aria-label={`Details of ${shown(row.key)}`}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header>
        <h2>
          <span class="kind">{shown(row.kind)}</span> {shown(row.name)}
        </h2>
        <button type="button" onClick={onClose} aria-label="Close the details">
          ×
        </button>
      </header>
      <p class="facts">
        {row.namespace && <>namespace {shown(row.namespace)} · </>}
        {row.replicas && <>{row.replicas} · </>}
        <b>{row.outcomeText}</b>
        {own?.place && <span class="place">{shown(own.place)}</span>}
      </p>
      {own && <Sliders {...props} details={own} />}
      {own && <Why details={own} row={row} />}
      {findings.length > 0 && <Findings findings={findings} stale={stale} />}
      {own && <Clusters details={own} row={row} cluster={cluster} onCluster={props.onCluster} />}
      {own && cluster !== undefined && <Copies engine={engine} whatIf={whatIf} keyOf={row.key} cluster={cluster} />}
    </aside>
  );
}

function Sliders({ details, whatIf, onReplicas, onWeight }: DetailsProps & { readonly details: TemplateDetails }) {
  const { key, replicas, weights, policy } = details;
  if (replicas === undefined && weights.length === 0) return null;
  const isChanged = Object.hasOwn(whatIf.replicas, key);
  const own = policy !== undefined && Object.hasOwn(whatIf.weights, policy) ? whatIf.weights[policy] : undefined;
  return (
    <section aria-label="What if">
      <h3>What if</h3>
      {replicas !== undefined && (
        <Slider
          label="replicas"
          value={replicas}
          most={Math.max(12, replicas * 2)}
          changed={isChanged}
          onChange={onReplicas}
          onReset={() => onReplicas(undefined)}
        />
      )}
      {policy !== undefined && weights.length > 0 && weights.length <= 200 && (
        <details open={weights.length <= 6}>
          <summary>weights of {shown(policy)}</summary>
          {weights.map(({ clusters, weight }, index) => (
            <Slider
              key={index}
              label={shown(clusters)}
              value={weight}
              least={1}
              most={Math.max(10, weight * 2)}
              changed={(own?.[index] ?? null) !== null}
              onChange={(next) => onWeight(policy, index, next, weights.length)}
              onReset={() => onWeight(policy, index, undefined, weights.length)}
            />
          ))}
        </details>
      )}
    </section>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  /** @default 0 */
  readonly least?: number;
  readonly most: number;
  readonly changed: boolean;
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
}

function Slider({ label, value, least = 0, most, changed, onChange, onReset }: SliderProps) {
  // It keeps its scale while it is moved.
  const [scale] = useState(most);
  const set = (text: string) => {
    const next = Number(text);
    if (text !== '' && Number.isInteger(next) && next >= least && next <= 100_000) onChange(next);
  };
  return (
    <label class={`slider${changed ? ' changed' : ''}`}>
      <span>{label}</span>
      <input
        type="range"
        min={least}
        max={Math.max(scale, value)}
        value={value}
        aria-label={label}
        onInput={(event) => set((event.target as HTMLInputElement).value)}
      />
      <input
        type="number"
        min={least}
        max={100_000}
        value={value}
        aria-label={`${label}, as a number`}
        onInput={(event) => set((event.target as HTMLInputElement).value)}
      />
      <button type="button" disabled={!changed} onClick={onReset} aria-label={`${label} as written`} title="as written">
        ↺
      </button>
    </label>
  );
}

function Why({ details, row }: { readonly details: TemplateDetails; readonly row: Row }) {
  return (
    <section aria-label="Why">
      <h3>Why</h3>
      <dl>
        <dt>claimed by</dt>
        <dd>
          {shown(details.policy ?? row.policy)}
          {details.policyPlace && <span class="place">{shown(details.policyPlace)}</span>}
        </dd>
        {details.losers.map(({ policy, why }) => (
          <>
            <dt>not by</dt>
            <dd>
              {shown(policy)}: {shown(why)}
            </dd>
          </>
        ))}
        {details.lines.map(({ label, text }) => (
          <>
            <dt>{label}</dt>
            <dd>{shown(text)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function Findings({ findings, stale }: { readonly findings: readonly Finding[]; readonly stale: boolean }) {
  return (
    <section aria-label="Findings" class={stale ? 'stale' : ''}>
      <h3>Findings{stale && <em> (of the manifests as written, not of the change)</em>}</h3>
      {findings.map((finding) => (
        <article key={`${finding.rule} ${finding.message}`} class={`finding ${finding.severity}`}>
          <b>{finding.severity}</b> <code>{finding.rule}</code>
          <p>{shown(finding.message)}</p>
          <p class="why">{shown(finding.why)}</p>
          <p>
            <b>fix</b> {shown(finding.fix)}
          </p>
        </article>
      ))}
    </section>
  );
}

/** Clusters with the same answer share a line. */
function Clusters({
  details,
  row,
  cluster,
  onCluster,
}: {
  readonly details: TemplateDetails;
  readonly row: Row;
  readonly cluster: string | undefined;
  readonly onCluster: (cluster: string) => void;
}) {
  const lines = new Map<string, { readonly cell: Cell; readonly why: string; readonly names: string[] }>();
  for (const { cluster: name, cell, excluded } of details.clusters) {
    const why = `${excluded.join('; ')}${missingText(cell)}`.replace(/^; /, '');
    const key = JSON.stringify([cell.text, cell.look, why]);
    const line = lines.get(key) ?? { cell, why, names: [] };
    line.names.push(name);
    lines.set(key, line);
  }
  return (
    <section aria-label="Clusters">
      <h3>Clusters</h3>
      <ul class="lines">
        {[...lines.values()].map(({ cell, why, names }) => (
          <li key={names[0]}>
            <span class={`chip ${cell.look}${cell.missing ? ' missing' : ''}`}>{cell.text}</span>
            <span>
              {names.slice(0, 12).map((name) => (
                <button
                  type="button"
                  class="link"
                  key={name}
                  aria-pressed={name === cluster}
                  aria-label={cellSentence(row, cell, name)}
                  onClick={() => onCluster(name)}
                >
                  {shown(name)}
                </button>
              ))}
              {names.length > 12 && <> and {names.length - 12} more</>}
              {why && <span class="why">{shown(why)}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Copies({
  engine,
  whatIf,
  keyOf,
  cluster,
}: {
  readonly engine: Engine;
  readonly whatIf: WhatIf;
  readonly keyOf: string;
  readonly cluster: string;
}) {
  const [copies, setCopies] = useState<readonly MemberCopy[]>();
  useEffect(() => {
    let current = true;
    void engine.ask('copies', { whatIf, key: keyOf, cluster }).then(
      (found) => current && setCopies(found),
      () => current && setCopies(undefined),
    );
    return () => {
      current = false;
    };
  }, [engine, whatIf, keyOf, cluster]);
  return (
    <section aria-label={`What ${shown(cluster)} receives`}>
      <h3>{shown(cluster)} receives</h3>
      {copies?.length === 0 && <p>nothing</p>}
      {copies?.map(({ when, yaml, changes, failed }) => (
        <article key={when}>
          {when && <p class="why">{when}</p>}
          {failed !== undefined && <p class="failed">Karmada fails to make it: {shown(failed)}</p>}
          {changes.length > 0 && (
            <table class="changes">
              <caption>what differs from the template</caption>
              <tbody>
                {changes.map(({ path, before, after }) => (
                  <tr key={path}>
                    <th scope="row">{shown(path)}</th>
                    <td>
                      {before && <del>{before}</del>} {after && <ins>{after}</ins>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {yaml && (
            <details>
              <summary>the object</summary>
              <pre tabIndex={0}>{shownLines(yaml)}</pre>
            </details>
          )}
        </article>
      ))}
    </section>
  );
}

/** Every line as the page may show it. */
function shownLines(text: string): string {
  return text.split('\n').map(shown).join('\n');
}
