import type { IConstruct } from 'constructs';
import type { KarmadaVersion } from '../karmada/release';
import type { Contract } from '../model/contract';
import type { Fleet } from '../model/fleet';

const federationSymbol = Symbol.for('cdk8s-karmada.Federation');

/** The settings of a Federation that its constructs read. */
export interface FederationSettings {
  readonly name: string;
  readonly fleet: Fleet | undefined;
  readonly karmada: KarmadaVersion;
  readonly featureGates: readonly string[];
  readonly contracts: readonly Contract[];
  /** Whether `synth()` lints every object, so that constructs need not run admission. */
  readonly lint: boolean;
}

/** Marks an app as a Federation with a global symbol, so that a second copy of this package recognizes it too. */
export function markFederation(app: FederationSettings): void {
  Object.defineProperty(app, federationSymbol, { value: true });
}

/** The Federation that a construct belongs to, or undefined in a plain cdk8s App. */
export function federationOf(construct: IConstruct): (IConstruct & FederationSettings) | undefined {
  const { root } = construct.node;
  return isFederation(root) ? root : undefined;
}

function isFederation(root: IConstruct): root is IConstruct & FederationSettings {
  return federationSymbol in root;
}
