import { App, type AppProps } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { knownFeatureGates } from '../karmada/feature-gates';
import { defaultKarmadaVersion, type KarmadaVersion, karmadaVersions } from '../karmada/release';
import type { LintOptions, RuleSettings } from '../lint';
import { renderApplication } from '../manifests/folder-record';
import { writeFolder } from '../manifests/write-folder';
import { Contract } from '../model/contract';
import { Fleet } from '../model/fleet';
import { ModelError } from '../problem/model-error';
import {
  anything,
  checkValue,
  either,
  flag,
  instanceOf,
  isName,
  kindOf,
  listOf,
  mapOf,
  name,
  objectOf,
  oneOf,
  type ShapeOf,
  type ValueKind,
} from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { federationOf, markFederation } from './federation-settings';
import { lintApp, lintOptionsOf } from './synthesis/lint-check';
import { objectsIn, outputFiles, textOf } from './synthesis/output-files';
import { settingsData } from './synthesis/settings-data';
import { resolved, type SynthesizedApp, synthesizeApp } from './synthesis/synthesized-app';

/** Props of {@link Federation}, in addition to those of a cdk8s App. */
export interface FederationProps extends AppProps {
  /**
   * Name of the application. An application with a name removes stale files that an earlier run wrote into its folder, so
   * two applications that write into one folder need different names. Without a name, files of other runs are not
   * removed. The file of `YamlOutputType.FILE_PER_APP` has this name too.
   *
   * @default - 'app'; stale files of earlier runs are reported, not removed
   */
  readonly name?: string;
  /** The member clusters. @default - unknown: checks that need them are skipped */
  readonly fleet?: Fleet;
  /** Karmada release that the manifests are for. @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /** Karmada feature gates that are enabled in addition to the defaults of the release, such as `['StatefulFailoverInjection']`. @default - none */
  readonly featureGates?: readonly string[];
  /**
   * What must hold of placements, whatever the scheduler decides. `synth()` refuses a contract that is broken, and warns about
   * one that cannot be told. Needs `fleet`.
   *
   * @default - nothing
   */
  readonly contracts?: readonly Contract[];
  /**
   * Whether `synth()` lints every object before it writes any, and the severity of each rule. With `false`, only the
   * checks of the constructs themselves run, which do not cover JSON patches and the author's own objects.
   *
   * @default true
   */
  readonly lint?: boolean | RuleSettings;
}

/**
 * A cdk8s App that knows its fleet, checks the whole application, and synthesizes fast.
 * Its output equals that of `App.synth()` byte for byte, except where kubectl would read that differently.
 */
export class Federation extends App {
  /** The Federation that a construct belongs to, or undefined in a plain cdk8s App. */
  static tryOf(construct: IConstruct): Federation | undefined {
    return federationOf(construct) as Federation | undefined;
  }

  /** Name of the application. */
  readonly name: string;
  /** The member clusters, or undefined if none were given. */
  readonly fleet: Fleet | undefined;
  /** Karmada release that the manifests are for. */
  readonly karmada: KarmadaVersion;
  /** Karmada feature gates that are enabled in addition to the defaults of the release. */
  readonly featureGates: readonly string[];
  /** Whether `synth()` lints the objects before it writes them. */
  readonly lint: boolean;

  readonly #contracts: Contract[] = [];
  readonly #rules: RuleSettings;
  readonly #recordConstructMetadata: boolean;
  readonly #isNamed: boolean;
  /** Files that this instance wrote and may remove even without a name. */
  readonly #written = new Set<string>();
  #warned = '';

  /** @throws ModelError `federation.name` */
  constructor(props: FederationProps = {}) {
    super(checkedProps(props));
    this.#recordConstructMetadata =
      props.recordConstructMetadata ?? process.env['CDK8S_RECORD_CONSTRUCT_METADATA'] === 'true';
    this.name = checkedName(props.name === undefined ? 'app' : props.name);
    this.#isNamed = props.name !== undefined;
    this.fleet = props.fleet;
    this.karmada = props.karmada ?? defaultKarmadaVersion;
    this.featureGates = Object.freeze([...(props.featureGates ?? [])]);
    this.addContracts(...(props.contracts ?? []));
    this.lint = props.lint !== false;
    this.#rules = typeof props.lint === 'object' ? { ...props.lint } : {};
    markFederation(this);
  }

  /** What must hold of placements. */
  get contracts(): readonly Contract[] {
    return [...this.#contracts];
  }

  /**
   * Adds contracts, for apps that did not exist when the Federation was created.
   *
   * @throws ModelError `federation.contract`
   */
  addContracts(...contracts: readonly Contract[]): this {
    for (const contract of contracts) {
      if (!(contract instanceof Contract)) {
        throw new ModelError(`a contract of the Federation must be a Contract, got ${quoted(contract)}`, {
          code: 'federation.contract',
          fix: 'write Contract.on(app).keeps(2).whenLosing("any cluster"), to its end',
        });
      }
      this.#contracts.push(contract);
    }
    return this;
  }

  /**
   * Writes the manifests into `outdir`, all or nothing, and removes its own stale files: see `name`.
   *
   * @throws Error, ModelError if validation, linting or the resolution of an object fails; no file is changed then
   */
  override synth(): void {
    const options = {
      yamlOutputType: this.yamlOutputType,
      outputFileExtension: this.outputFileExtension,
      appFile: this.name,
      recordConstructMetadata: this.#recordConstructMetadata,
    };
    const { files, settings } = this.#synthesize((app) => ({
      files: outputFiles(app, options),
      settings: settingsData(this, app),
    }));
    const { removed, kept } = writeFolder(this.outdir, files, this.name, {
      mayRemove: (path) => this.#isNamed || this.#written.has(path),
      settings,
    });
    for (const { path } of files) this.#written.add(path);
    if (removed.length > 0) {
      console.error(`removed from ${this.outdir}, because ${this.name} no longer makes it: ${removed.join(', ')}`);
    }
    if (kept.length > 0) {
      console.error(
        `left in ${this.outdir}, although this application does not make it: ${kept.join(', ')}\n  fix: remove it, or give the Federation a name, so that it removes stale files`,
      );
    }
  }

  /** All manifests as one text, after the same checks as in `synth()`. Writes no files. */
  override synthYaml(): string {
    return this.#synthesize(({ charts }) => textOf(objectsIn(charts)).join(''));
  }

  /**
   * The options of the linter in `synth()`, also for `lint(federation)`.
   *
   * @internal
   */
  get lintOptions(): LintOptions {
    return lintOptionsOf(this, this.#rules);
  }

  #synthesize<Result>(use: (app: SynthesizedApp) => Result): Result {
    return synthesizeApp(this, (app) => {
      if (!this.lint) return use(this.#contracts.length > 0 ? resolved(app) : app);
      const inMemory = resolved(app);
      this.#warn(lintApp(inMemory, this.lintOptions));
      return use(inMemory);
    });
  }

  /** Prints equal warnings of repeated syntheses once. */
  #warn(text: string): void {
    if (text !== '' && text !== this.#warned) console.error(text);
    this.#warned = text;
  }
}

const propsKind = objectOf({
  fleet: instanceOf(Fleet, "Fleet.of({ member1: { region: 'eu' } })"),
  name: anything,
  karmada: oneOf(karmadaVersions),
  featureGates: listOf(anything),
  lint: either(flag, mapOf(oneOf(['error', 'warning', 'info', 'off']), "{ 'no-divided-state': 'off' }, true or false")),
  contracts: listOf(anything),
  outdir: kindOf('the path of a folder', 'write it like "dist"', isPath),
  outputFileExtension: either(
    kindOf('', '', (value) => value === ''),
    name,
  ),
  yamlOutputType: anything,
  recordConstructMetadata: flag,
  resolvers: listOf(anything),
} satisfies ShapeOf<FederationProps>);

/** A path may have spaces, but neither line breaks nor more characters than systems take. */
function isPath(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 4096 && !/[\r\n]/.test(value);
}

/** A gate such as `Failover`, or `PropagateDeps=false`. */
function featureGateOf(karmada: KarmadaVersion): ValueKind {
  const known = oneOf(knownFeatureGates(karmada));
  return (value) => known(typeof value === 'string' ? value.replace(/=(true|false)$/, '') : value);
}

function checkedProps(props: FederationProps): FederationProps {
  checkValue(props, propsKind, 'Federation');
  const { karmada = defaultKarmadaVersion, featureGates = [] } = props;
  checkValue(featureGates, listOf(featureGateOf(karmada)), `featureGates of a Federation for Karmada ${karmada}`);
  return props;
}

/** The name is written into the record of a folder, and is the name of a file. */
function checkedName(name: string): string {
  if (isName(name) && /^[\w.-]+$/.test(name) && name !== renderApplication) return name;
  throw new ModelError(
    `the name of a Federation is letters, digits, "-", "_" and ".", and not "render", got ${quoted(name)}`,
    {
      code: 'federation.name',
      fix: 'choose a name such as "shop"',
    },
  );
}
