/** What a person writes in the playground. */
export interface Inputs {
  readonly manifests: string;
  readonly fleet: string;
  /** The configuration of the linter: calls, rules, release, feature gates. */
  readonly settings: string;
  readonly contracts: string;
}

export type InputName = keyof Inputs;

/** The names of the files, in the order in which they are shown. */
export const fileNames: Readonly<Record<InputName, string>> = {
  manifests: 'manifests.yaml',
  fleet: 'fleet.yaml',
  settings: 'lint.yaml',
  contracts: 'contracts.yaml',
};

export const inputNames = Object.keys(fileNames) as readonly InputName[];

export const noInputs: Inputs = { manifests: '', fleet: '', settings: '', contracts: '' };

/** Something to start from. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly inputs: Inputs;
}

/** A problem of the text, or a finding of the linter. */
export interface Remark {
  readonly input: InputName;
  /** From 1. @default - the whole text */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly severity: 'error' | 'warning' | 'info';
  /** The rule, or the code of the error. */
  readonly code: string;
  readonly isRule: boolean;
  readonly message: string;
  readonly why?: string;
  readonly fix: string;
}
