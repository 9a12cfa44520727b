import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { counted } from '../../problem/words';
import { type Address, App } from '../../view/page/app';
import { Engine } from '../../view/page/requests';
import { shown } from '../../view/page/text';
import type { ViewData } from '../../view/view-data';
import type { Checked } from './check';
import { Editor } from './editor';
import { type Example, fileNames, type InputName, type Inputs, inputNames, noInputs, type Remark } from './inputs';
import { exampleWith, linkText, packed, readLink, unpacked } from './link';
import type { CheckRequest, CheckResponse } from './worker';

interface PlaygroundProps {
  readonly examples: readonly Example[];
  readonly worker: Worker;
}

/** A plan to show, and what answers questions about it. */
interface Shown {
  readonly data: ViewData;
  readonly engine: Engine;
}

/** How long to wait for the next key, in milliseconds. */
const pause = 250;

/** An editor, what the linter says about its text, and the plan. */
export function Playground({ examples, worker }: PlaygroundProps) {
  const [file, setFile] = useState<InputName>('manifests');
  const [example, setExample] = useState<string>();
  const [checked, setChecked] = useState<Checked>();
  const [view, setView] = useState<Shown>();
  const [notice, setNotice] = useState('');
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor>(undefined);
  const link = useRef(readLink(location.hash.slice(1)));

  const writeLink = () => history.replaceState(null, '', `#${linkText(link.current)}`);
  const address = useMemo<Address>(
    () => ({
      read: () => readLink(location.hash.slice(1)).view,
      write: (fragment) => {
        link.current = { ...link.current, view: fragment };
        writeLink();
      },
    }),
    [],
  );

  const checks = useMemo(
    () =>
      new Checks(worker, (response) => {
        if ('broken' in response) {
          setNotice(`The text cannot be checked: ${response.broken}`);
          return;
        }
        const { checked: result } = response;
        setChecked(result);
        editor.current?.mark(result.remarks);
        setView((before) => {
          before?.engine.close();
          return result.data && { data: result.data, engine: new Engine(result.data, worker) };
        });
        void keepInLink(result.shareable);
      }),
    [],
  );

  const keepInLink = async (inputs: Inputs | undefined) => {
    setNotice('');
    const { view: kept } = link.current;
    const same = editor.current && exampleWith(editor.current.inputs, examples);
    setExample(same?.id);
    if (same) link.current = { example: same.id, view: kept };
    else {
      const text = inputs && (await packed(inputs));
      if (text === undefined) {
        setNotice(
          inputs
            ? 'The text is too long for a link: the address shows an earlier state.'
            : 'The address shows an earlier state, because values of Secrets are found only in YAML without errors.',
        );
        return;
      }
      link.current = { text, view: link.current.view };
    }
    writeLink();
  };

  const check = (inputs: Inputs) => {
    const title = exampleWith(inputs, examples)?.title ?? 'The plan';
    checks.ask({ check: inputs, title });
  };

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = async () => {
      const first = await firstInputs(link.current, examples).catch(() => undefined);
      const inputs = first ?? examples[0]?.inputs ?? noInputs;
      const made = new Editor(place.current as HTMLDivElement, inputs, (changed) => {
        clearTimeout(timer);
        timer = setTimeout(() => check(changed), pause);
      });
      editor.current = made;
      check(inputs);
    };
    void begin();
    // Another link in the same window.
    const onHash = () => {
      const next = readLink(location.hash.slice(1));
      if (next.text !== link.current.text || next.example !== link.current.example) location.reload();
    };
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);

  const open = (name: InputName) => {
    setFile(name);
    editor.current?.show(name);
  };
  const startFrom = (id: string) => {
    const chosen = examples.find((each) => each.id === id);
    if (!chosen || !editor.current) return;
    // What was different and opened belongs to the other text.
    link.current = { example: id, view: '' };
    writeLink();
    setView((before) => {
      before?.engine.close();
      return undefined;
    });
    editor.current.inputs = chosen.inputs;
    check(chosen.inputs);
  };
  const remarks = checked?.remarks ?? [];

  return (
    <div class="playground">
      <section class="write" aria-label="Editor">
        <h1>Playground</h1>
        <div class="tools">
          <label>
            start from{' '}
            <select value={example ?? ''} onChange={(event) => startFrom(event.currentTarget.value)}>
              {example === undefined && <option value="">your text</option>}
              {examples.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <CopyLink />
        </div>
        <Tabs file={file} remarks={remarks} onOpen={open} />
        <div id="editor" class="editor" role="tabpanel" aria-labelledby={`tab-${file}`} ref={place} />
        {notice !== '' && (
          <p class="notice" role="status">
            {shown(notice)}
          </p>
        )}
        <Remarks
          checked={checked}
          onOpen={(remark) => {
            setFile(remark.input);
            editor.current?.goTo(remark);
          }}
        />
      </section>
      <section class="view" aria-label="The plan">
        {view ? <App data={view.data} engine={view.engine} address={address} /> : <NoPlan checked={checked} />}
      </section>
    </div>
  );
}

/** One check at a time, and then the latest. */
class Checks {
  readonly #worker: Worker;
  readonly #onResponse: (response: CheckResponse) => void;
  #busy = false;
  #next: CheckRequest | undefined;

  constructor(worker: Worker, onResponse: (response: CheckResponse) => void) {
    this.#worker = worker;
    this.#onResponse = onResponse;
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data !== 'object' || data === null || !('checked' in data || 'broken' in data)) return;
      this.#busy = false;
      // The answer to a text that has changed since is not shown.
      if (this.#next) this.#ask();
      else this.#onResponse(data as CheckResponse);
    });
  }

  ask(request: CheckRequest): void {
    this.#next = request;
    if (!this.#busy) this.#ask();
  }

  #ask(): void {
    this.#busy = true;
    this.#worker.postMessage(this.#next);
    this.#next = undefined;
  }
}

async function firstInputs(
  { example, text }: ReturnType<typeof readLink>,
  examples: readonly Example[],
): Promise<Inputs | undefined> {
  if (text !== undefined) return unpacked(text);
  return examples.find(({ id }) => id === example)?.inputs;
}

function Tabs({
  file,
  remarks,
  onOpen,
}: {
  readonly file: InputName;
  readonly remarks: readonly Remark[];
  readonly onOpen: (name: InputName) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? inputNames.length - 1 : 0;
    if (step === 0) return;
    const next = (inputNames.indexOf(file) + step) % inputNames.length;
    onOpen(inputNames[next] as InputName);
    const tab = list.current?.children[next];
    if (tab instanceof HTMLElement) tab.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Files" ref={list} onKeyDown={onKeyDown}>
      {inputNames.map((name) => {
        const count = remarks.filter(({ input }) => input === name).length;
        return (
          <button
            type="button"
            role="tab"
            key={name}
            id={`tab-${name}`}
            aria-controls="editor"
            aria-selected={name === file}
            tabIndex={name === file ? 0 : -1}
            onClick={() => onOpen(name)}
          >
            {fileNames[name]}
            {count > 0 && <span class="count">{count}</span>}
          </button>
        );
      })}
    </div>
  );
}

function Remarks({
  checked,
  onOpen,
}: {
  readonly checked: Checked | undefined;
  readonly onOpen: (remark: Remark) => void;
}) {
  if (!checked) return <p class="notice">The text is checked …</p>;
  const { remarks, objects } = checked;
  return (
    <section class="remarks" aria-label="Findings">
      <h2 aria-live="polite">
        {remarks.length === 0
          ? `No findings in ${counted(objects, 'object')}`
          : `${counted(remarks.length, 'finding')} in ${counted(objects, 'object')}`}
      </h2>
      {remarks.map((remark, index) => {
        const { input, line, severity, code, isRule, message, why, fix } = remark;
        return (
          <article class={`finding ${severity}`} key={index}>
            <p>
              <button type="button" class="link" onClick={() => onOpen(remark)}>
                {fileNames[input]}
                {line !== undefined && `:${line}`}
              </button>{' '}
              <b>{severity}</b> <a href={isRule ? `docs/rules/${code}.html` : 'docs/errors.html'}>{code}</a>
            </p>
            <p>{shown(message)}</p>
            {why !== undefined && <p class="why">{shown(why)}</p>}
            <p class="fix">{shown(fix)}</p>
          </article>
        );
      })}
    </section>
  );
}

function NoPlan({ checked }: { readonly checked: Checked | undefined }) {
  const isEmpty = checked?.objects === 0;
  const text = !checked
    ? 'The plan is computed …'
    : isEmpty
      ? 'No plan: manifests.yaml has no objects.'
      : 'No plan: write the clusters into fleet.yaml.';
  return <p class="wait">{text}</p>;
}

function CopyLink() {
  const [state, setState] = useState('copy a link');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      setState('copied');
    } catch {
      setState('the link is the address of this page');
    }
    setTimeout(() => setState('copy a link'), 2500);
  };
  return (
    <button type="button" onClick={copy}>
      {state}
    </button>
  );
}
