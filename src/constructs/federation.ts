import { App, type AppProps } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { defaultKarmadaVersion, type KarmadaVersion } from '../karmada/release';
import type { LintOptions, RuleSettings } from '../lint';
import { renderApplication } from '../manifests/folder-record';
import { writeFolder } from '../manifests/write-folder';
import type { Fleet } from '../model/fleet';
import { ModelError } from '../problem/model-error';
import { federationOf, markFederation } from './federation-settings';
import { lintApp, lintOptionsOf } from './synthesis/lint-check';
import { objectsIn, outputFiles, textOf } from './synthesis/output-files';
import { resolved, type SynthesizedApp, synthesizeApp } from './synthesis/synthesized-app';

/** What a {@link Federation} is made from, beside what a cdk8s App is. */
export interface FederationProps extends AppProps {
  /**
   * Name of the application. An application with a name removes the files in its folder that it wrote before and no longer
   * makes, so two applications that write into one folder need different names. Without a name nothing is removed that
   * another run wrote. The name is also that of the one file of `YamlOutputType.FILE_PER_APP`.
   *
   * @default - 'app', and stale files of earlier runs are reported, not removed
   */
  readonly name?: string;
  /** The member clusters. @default - unknown: what depends on them is not checked */
  readonly fleet?: Fleet;
  /** Karmada release that will read the manifests. @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /** Karmada feature gates switched on beyond those of the release, such as `['StatefulFailoverInjection']`. @default - none */
  readonly featureGates?: readonly string[];
  /**
   * Whether `synth()` looks at every object before it writes any, and how severe the findings of each rule are. Without it,
   * nothing is refused but what the constructs themselves find wrong: JSON patches and the author's own objects are not looked at.
   *
   * @default true
   */
  readonly lint?: boolean | RuleSettings;
}

/**
 * A cdk8s App that knows its fleet, checks the whole application, and synthesizes fast.
 * What it writes is what `App.synth()` writes, byte for byte, except where kubectl would read that differently.
 */
export class Federation extends App {
  /** The Federation that a construct belongs to, or undefined in a plain cdk8s App. */
  static tryOf(construct: IConstruct): Federation | undefined {
    return federationOf(construct) as Federation | undefined;
  }

  /** Name of the application. */
  readonly name: string;
  /** The member clusters, or undefined where none were given. */
  readonly fleet: Fleet | undefined;
  /** Karmada release that will read the manifests. */
  readonly karmada: KarmadaVersion;
  /** Karmada feature gates switched on beyond those of the release. */
  readonly featureGates: readonly string[];
  /** Whether `synth()` checks the objects before it writes them. */
  readonly lint: boolean;

  readonly #rules: RuleSettings;
  readonly #recordConstructMetadata: boolean;
  readonly #isNamed: boolean;
  /** Files that this very application wrote, which it may remove without a name. */
  readonly #written = new Set<string>();
  #warned = '';

  /** @throws ModelError `federation.name` */
  constructor(props: FederationProps = {}) {
    super(props);
    this.#recordConstructMetadata =
      props.recordConstructMetadata ?? process.env['CDK8S_RECORD_CONSTRUCT_METADATA'] === 'true';
    this.name = checkedName(props.name ?? 'app');
    this.#isNamed = props.name !== undefined;
    this.fleet = props.fleet;
    this.karmada = props.karmada ?? defaultKarmadaVersion;
    this.featureGates = Object.freeze([...(props.featureGates ?? [])]);
    this.lint = props.lint !== false;
    this.#rules = typeof props.lint === 'object' ? props.lint : {};
    markFederation(this);
  }

  /**
   * Writes the manifests into `outdir`, all or nothing. Removes those that it wrote before and no longer makes, where it can
   * tell that they are its own: see `name`.
   *
   * @throws Error, ModelError for what the validations, the checks and the resolution of objects find; then no file has changed
   */
  override synth(): void {
    const options = {
      yamlOutputType: this.yamlOutputType,
      outputFileExtension: this.outputFileExtension,
      appFile: this.name,
      recordConstructMetadata: this.#recordConstructMetadata,
    };
    const files = this.#synthesize((app) => outputFiles(app, options));
    const { removed, kept } = writeFolder(this.outdir, files, this.name, {
      mayRemove: (path) => this.#isNamed || this.#written.has(path),
    });
    for (const { path } of files) this.#written.add(path);
    if (removed.length > 0) {
      console.error(`removed from ${this.outdir}, since ${this.name} no longer makes it: ${removed.join(', ')}`);
    }
    if (kept.length > 0) {
      console.error(
        `left in ${this.outdir}, though this application does not make it: ${kept.join(', ')}\n  fix: remove it, or give the Federation a name, with which stale files are removed`,
      );
    }
  }

  /** All manifests as one text, checked as `synth()` checks them. Writes nothing. */
  override synthYaml(): string {
    return this.#synthesize(({ charts }) => textOf(objectsIn(charts)).join(''));
  }

  /**
   * What `synth()` tells the linter, for whoever asks it about this application: `lint(federation)`.
   *
   * @internal
   */
  get lintOptions(): LintOptions {
    return lintOptionsOf(this, this.#rules);
  }

  #synthesize<Result>(use: (app: SynthesizedApp) => Result): Result {
    return synthesizeApp(this, (app) => {
      if (!this.lint) return use(app);
      const inMemory = resolved(app);
      this.#warn(lintApp(inMemory, this.lintOptions));
      return use(inMemory);
    });
  }

  /** Says it once, however often the application is synthesized. */
  #warn(text: string): void {
    if (text !== '' && text !== this.#warned) console.error(text);
    this.#warned = text;
  }
}

/** The name stands in the record of a folder, and is the name of a file. */
function checkedName(name: string): string {
  if (/^[\w.-]+$/.test(name) && name !== renderApplication) return name;
  throw new ModelError(
    `the name of a Federation is letters, digits, "-", "_" and ".", and not "render", got "${name}"`,
    {
      code: 'federation.name',
      fix: 'choose a name such as "shop"',
    },
  );
}
