import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { fileNames, type InputName, type Inputs, inputNames, type Remark } from './inputs';

const colors = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--dim)' },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--link)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--sure)' },
  { tag: [tags.meta, tags.separator, tags.squareBracket, tags.brace], color: 'var(--changed)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'var(--back)', color: 'var(--text)' },
  '&.cm-focused': { outline: '2px solid var(--link)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', lineHeight: '1.5' },
  '.cm-gutters': { backgroundColor: 'var(--soft)', color: 'var(--dim)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--link) 8%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-content': { caretColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--link) 25%, transparent)',
  },
  '.cm-tooltip': { backgroundColor: 'var(--back)', border: '1px solid var(--line)', color: 'var(--text)' },
});

/** The editor of all files; one is shown. Tab leaves it, as anything else on the page. */
export class Editor {
  readonly #view: EditorView;
  readonly #states: Record<InputName, EditorState>;
  readonly #extensions: (name: InputName) => Extension;
  #shown: InputName = 'manifests';
  #remarks: readonly Remark[] = [];

  constructor(parent: HTMLElement, inputs: Inputs, onChange: (inputs: Inputs) => void) {
    this.#extensions = (name) => [
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap]),
      yaml(),
      syntaxHighlighting(colors),
      look,
      EditorView.contentAttributes.of({ 'aria-label': fileNames[name] }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(this.inputs);
      }),
    ];
    this.#states = this.#statesOf(inputs);
    this.#view = new EditorView({ parent, state: this.#states.manifests });
  }

  /** What is written. */
  get inputs(): Inputs {
    const text = (name: InputName) => (name === this.#shown ? this.#view.state : this.#states[name]).doc.toString();
    return Object.fromEntries(inputNames.map((name) => [name, text(name)])) as unknown as Inputs;
  }

  /** Begins anew with other texts. */
  set inputs(inputs: Inputs) {
    Object.assign(this.#states, this.#statesOf(inputs));
    this.#remarks = [];
    this.#view.setState(this.#states[this.#shown]);
  }

  show(name: InputName): void {
    if (name === this.#shown) return;
    this.#states[this.#shown] = this.#view.state;
    this.#shown = name;
    this.#view.setState(this.#states[name]);
    this.#mark();
  }

  /** Marks the lines with problems. */
  mark(remarks: readonly Remark[]): void {
    this.#remarks = remarks;
    this.#mark();
  }

  /** Shows a line, and puts the cursor there. */
  goTo({ input, line = 1, column = 1 }: Remark): void {
    this.show(input);
    const { doc } = this.#view.state;
    const { from, to } = doc.line(Math.min(line, doc.lines));
    const anchor = Math.min(from + column - 1, to);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    this.#view.focus();
  }

  #mark(): void {
    const { state } = this.#view;
    const diagnostics = this.#remarks
      .filter(({ input, line }) => input === this.#shown && line !== undefined)
      .map(({ line = 1, column = 1, severity, message, code }): Diagnostic => {
        const { from, to } = state.doc.line(Math.min(line, state.doc.lines));
        return { from: Math.min(from + column - 1, to), to, severity, message: `${code}: ${message}` };
      });
    this.#view.dispatch(setDiagnostics(state, diagnostics));
  }

  #statesOf(inputs: Inputs): Record<InputName, EditorState> {
    const state = (name: InputName) => EditorState.create({ doc: inputs[name], extensions: this.#extensions(name) });
    return Object.fromEntries(inputNames.map((name) => [name, state(name)])) as Record<InputName, EditorState>;
  }
}
