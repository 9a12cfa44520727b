import { App, type AppProps } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Fleet } from '../model/fleet';
import { defaultKarmadaVersion, type KarmadaVersion } from '../model/karmada-version';

const federationSymbol = Symbol.for('cdk8s-karmada.Federation');

/** What a {@link Federation} knows beside what a cdk8s App does. */
export interface FederationProps extends AppProps {
  /** Name of the application: reports use it, and so does the one file of `YamlOutputType.FILE_PER_APP`. @default 'app' */
  readonly name?: string;
  /** The member clusters. @default - unknown: what depends on them is not checked */
  readonly fleet?: Fleet;
  /** Karmada release that will read the manifests. @default '1.18' */
  readonly karmada?: KarmadaVersion;
  /** Karmada feature gates switched on beyond those of the release, by name, such as `['StatefulFailoverInjection']`. @default - those that the release has on */
  readonly featureGates?: readonly string[];
  /** Whether `synth()` checks the objects before it writes them. @default true */
  readonly lint?: boolean;
}

/**
 * A cdk8s App that knows its fleet, checks the whole application, and synthesizes fast.
 * What it writes is what `App.synth()` writes, byte for byte, except where kubectl would read that differently.
 */
export class Federation extends App {
  /** The Federation that a construct belongs to, or undefined in a plain cdk8s App. */
  static tryOf(construct: IConstruct): Federation | undefined {
    const root: unknown = construct.node.root;
    return isFederation(root) ? root : undefined;
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

  constructor(props: FederationProps = {}) {
    super(props);
    this.name = props.name ?? 'app';
    this.fleet = props.fleet;
    this.karmada = props.karmada ?? defaultKarmadaVersion;
    this.featureGates = Object.freeze([...(props.featureGates ?? [])]);
    this.lint = props.lint ?? true;
    Object.defineProperty(this, federationSymbol, { value: true });
  }
}

/** By symbol rather than `instanceof`, so that a second copy of this package still recognizes it. */
function isFederation(root: unknown): root is Federation {
  return typeof root === 'object' && root !== null && federationSymbol in root;
}
