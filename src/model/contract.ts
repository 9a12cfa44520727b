import { frozen } from '../kubernetes/freeze';
import { checkOneOf, checkRecord } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';
import { text as anyText, checkValue, isName, isWord } from '../problem/value-kinds';
import { joinWords, quoted } from '../problem/words';
import { type ClusterConditions, Clusters } from './clusters';
import {
  type ContractGroup,
  type ContractSpec,
  type ContractTarget,
  contractGroups,
  contractText,
  type LossMode,
  lossModes,
} from './contract-spec';
import { type ContractEntry, contractEntries } from './contract-text';

/**
 * The templates that a contract is about: a construct with everything below it, an object, or the name of templates:
 * `pipy`, `Deployment/pipy`, `Deployment/default/pipy`, `namespace/default`, with `*` for any text.
 */
export type ContractSubject =
  | string
  | { readonly node: { readonly path: string } }
  | { readonly kind: string; readonly metadata?: { readonly name?: string; readonly namespace?: string } };

/**
 * What must hold of a placement, whatever the scheduler decides. Checked, not enforced: by `synth`, `lint`, `plan`, `diff`,
 * in tests, and on a live control plane by `status --contracts`. Immutable.
 *
 * @example
 * ```ts
 * Contract.on(orders).keeps(2).whenLosing('any cluster')
 * Contract.on(orders).only(Clusters.where({ labels: { residency: 'eu' } }))
 * ```
 */
export class Contract {
  /**
   * Begins a contract about templates.
   *
   * @param subject - a construct with everything below it, an object, or a name of templates
   * @throws ModelError `contract.subject`
   */
  static on(subject: ContractSubject): ContractStart {
    return new ContractStart(targetOf(subject, 'Contract.on'));
  }

  /**
   * Reads a contracts file (docs/formats.md).
   *
   * @param text - the text of the file
   * @throws ModelError with the line of the mistake
   */
  static parse(text: string): Contract[] {
    checkValue(text, anyText, 'the contracts');
    return contractEntries(text).map((entry) => Contract.of(contractFrom(entry).spec, entry.line));
  }

  /** @internal */
  static of(spec: ContractSpec, line?: number): Contract {
    return new Contract(spec, line);
  }

  /** The contract as data. */
  readonly spec: ContractSpec;

  readonly #line: number | undefined;

  private constructor(spec: ContractSpec, line: number | undefined) {
    this.spec = frozen(spec);
    this.#line = line;
    Object.freeze(this);
  }

  /** The line of the file that states it. @default - it is not from a file */
  get line(): number | undefined {
    return this.#line;
  }

  /** The contract in words: `Deployment/pipy keeps 2 replicas when any cluster is lost`. */
  toString(): string {
    return contractText(this.spec);
  }
}

/** A contract that has its subject. */
export class ContractStart {
  readonly #on: ContractTarget;

  /** @internal */
  constructor(on: ContractTarget) {
    this.#on = on;
  }

  /**
   * Every workload of the subject keeps at least this number of replicas after a loss.
   *
   * @throws ModelError `contract.replicas`
   */
  keeps(replicas: number): KeepingContract {
    return new KeepingContract(this.#on, checkedReplicas(replicas, 'keeps', 1));
  }

  /**
   * Every workload of the subject keeps at least this share of its replicas, rounded up to whole replicas.
   *
   * @param share - above 0 and at most 1
   * @throws ModelError `contract.share`
   */
  keepsShare(share: number): KeepingContract {
    if (typeof share === 'number' && share > 0 && share <= 1) return new KeepingContract(this.#on, { share });
    throw new ModelError(`keepsShare must be above 0 and at most 1, got ${quoted(share)}`, {
      code: 'contract.share',
      fix: 'write 0.6 for 60 %, or use keeps() for a number of replicas',
    });
  }

  /**
   * The subject, and everything that is propagated with it, goes to these clusters only.
   *
   * @throws ModelError `contract.clusters`
   */
  only(clusters: Clusters): Contract {
    if (clusters instanceof Clusters) return Contract.of({ on: this.#on, kind: 'only', clusters: clusters.toSpec() });
    throw new ModelError(`only must be Clusters, got ${quoted(clusters)}`, {
      code: 'contract.clusters',
      fix: 'pass Clusters.where({ region: "eu" }) or Clusters.in("member1")',
    });
  }

  /** No cluster (or region, provider, zone) has replicas of both. @param options - @default by cluster */
  apartFrom(other: ContractSubject, options: ContractGrouping = {}): Contract {
    return this.#about('apartFrom', other, options);
  }

  /**
   * Wherever the subject may run, the other one runs for certain, in the same cluster (or region, provider, zone).
   * Holds in one direction: a client with its server.
   */
  togetherWith(other: ContractSubject, options: ContractGrouping = {}): Contract {
    return this.#about('togetherWith', other, options);
  }

  /** No cluster (or region, provider, zone) has more replicas than this. @throws ModelError `contract.replicas` */
  atMost(replicas: number, options: ContractGrouping = {}): Contract {
    return this.#bounded('atMost', replicas, options);
  }

  /**
   * The replicas of the candidate clusters (or regions, providers, zones) differ by at most this number.
   *
   * @throws ModelError `contract.replicas`
   */
  maxSkew(replicas: number, options: ContractGrouping = {}): Contract {
    return this.#bounded('maxSkew', replicas, options);
  }

  #about(kind: 'apartFrom' | 'togetherWith', other: ContractSubject, options: ContractGrouping): Contract {
    return Contract.of({ on: this.#on, kind, other: targetOf(other, kind), by: groupIn(options, kind) });
  }

  #bounded(kind: 'atMost' | 'maxSkew', replicas: number, options: ContractGrouping): Contract {
    return Contract.of({
      on: this.#on,
      kind,
      replicas: checkedReplicas(replicas, kind, 0),
      by: groupIn(options, kind),
    });
  }
}

/** Which clusters are counted together. */
export interface ContractGrouping {
  /** @default 'cluster' */
  readonly by?: ContractGroup;
}

/** A contract about replicas that still needs its loss. */
export class KeepingContract {
  readonly #on: ContractTarget;
  readonly #replicas: number | { readonly share: number };

  /** @internal */
  constructor(on: ContractTarget, replicas: number | { readonly share: number }) {
    this.#on = on;
    this.#replicas = replicas;
  }

  /**
   * @param loss - any single cluster, region, provider or zone; or certain clusters, lost at once, by name or as `region=eu`
   * @param mode - @default 'lost'
   * @throws ModelError `contract.loss`
   */
  whenLosing(loss: `any ${ContractGroup}` | readonly string[], options: { readonly mode?: LossMode } = {}): Contract {
    const { mode = 'lost' } = checkRecord(options, ['mode'], 'options of whenLosing');
    const group = contractGroups.find((each) => loss === `any ${each}`);
    checkOneOf(mode, lossModes, 'mode of whenLosing');
    if (group === undefined && !isNames(loss)) {
      throw new ModelError(`whenLosing must name a loss, got ${quoted(loss)}`, {
        code: 'contract.loss',
        fix: 'write "any cluster", "any region", "any provider", "any zone", or clusters such as ["member1"] or ["region=eu"]',
      });
    }
    const losing = group ?? (loss as readonly string[]);
    return Contract.of({ on: this.#on, kind: 'keeps', replicas: this.#replicas, losing, mode });
  }
}

const claims = ['keep', 'only', 'apartFrom', 'togetherWith', 'atMost', 'maxSkew'] as const;
const properties = ['on', ...claims, 'losing', 'mode', 'by'];

/** @throws ModelError with the place of the entry */
function contractFrom({ value, place }: ContractEntry): Contract {
  const entry = checkRecord(value, properties, `${place}contract`);
  const start = inPlace(place, () => Contract.on(subjectText(entry['on'], 'Contract.on')));
  const found = claims.filter((claim) => entry[claim] !== undefined);
  const claim = found.length === 1 ? found[0] : undefined;
  const fits: Readonly<Record<string, readonly string[]>> = { keep: ['losing', 'mode'], only: [] };
  const extra = ['losing', 'mode', 'by'].find(
    (property) => entry[property] !== undefined && !(fits[claim ?? ''] ?? ['by']).includes(property),
  );
  if (claim === undefined || extra !== undefined) {
    const given = joinWords(Object.keys(entry));
    const problem =
      claim === undefined
        ? `it needs one of ${joinWords(claims, 'or')}, got ${given}`
        : `"${extra}" has no effect with "${claim}"`;
    throw new ModelError(`${place}contract: ${problem}`, {
      code: 'contract.shape',
      fix: 'write `{ on: Deployment/shop/web, keep: 2, losing: cluster }`, one claim in each entry (docs/formats.md)',
    });
  }
  return inPlace(place, () => {
    const by = (entry['by'] ?? 'cluster') as ContractGroup;
    switch (claim) {
      case 'keep': {
        const mode = (entry['mode'] ?? 'lost') as LossMode;
        const losing = entry['losing'] ?? 'cluster';
        const loss =
          typeof losing === 'string' && contractGroups.some((group) => group === losing) ? `any ${losing}` : losing;
        const keeping = keepingOf(start, entry['keep']);
        const named = typeof loss === 'string' && !loss.startsWith('any ') ? [loss] : loss;
        return keeping.whenLosing(named as `any ${ContractGroup}` | readonly string[], { mode });
      }
      case 'only':
        return start.only(clustersOf(entry['only']));
      case 'apartFrom':
      case 'togetherWith':
        return start[claim](subjectText(entry[claim], claim), { by });
      default:
        return start[claim](entry[claim] as number, { by });
    }
  });
}

/** A file names templates by text; objects and constructs are for code. */
function subjectText(value: unknown, owner: string): string {
  if (typeof value === 'string') return value;
  throw new ModelError(`${owner} must name templates, got ${quoted(value)}`, {
    code: 'contract.subject',
    fix: 'write a name such as "Deployment/default/pipy" or "namespace/default"',
  });
}

function keepingOf(start: ContractStart, keep: unknown): KeepingContract {
  const [, percent] = (typeof keep === 'string' && /^(\d+(?:\.\d+)?)%$/.exec(keep)) || [];
  return percent === undefined ? start.keeps(keep as number) : start.keepsShare(Number(percent) / 100);
}

function clustersOf(only: unknown): Clusters {
  return isNames(only) ? Clusters.in(...only) : Clusters.where(only as ClusterConditions);
}

/** Adds the place to an error of a value. */
function inPlace<Result>(place: string, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new ModelError(`${place}contract: ${error.problem}`, { code: error.code, fix: error.fix, cause: error });
  }
}

function targetOf(subject: unknown, owner: string): ContractTarget {
  if (typeof subject === 'string' && isSubjectName(subject.trim())) return { name: subject.trim() };
  if (isRecord(subject)) {
    const { node, kind, metadata } = subject;
    if (isRecord(node) && typeof node['path'] === 'string') return { construct: node['path'] };
    const { name, namespace } = isRecord(metadata) ? metadata : {};
    if (isName(kind) && isName(name) && (namespace === undefined || isName(namespace))) {
      return { name: [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/') };
    }
  }
  throw new ModelError(`${owner} must name templates, got ${quoted(subject)}`, {
    code: 'contract.subject',
    fix: 'pass a construct, an object, or a name such as "Deployment/default/pipy" or "namespace/default"',
  });
}

/** `KIND/NAMESPACE/NAME` with names of the greatest lengths. */
function isSubjectName(value: string): boolean {
  return isWord(value) && value.length <= 3 * 253 + 2;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isName);
}

function checkedReplicas(replicas: unknown, claim: string, least: number): number {
  if (Number.isSafeInteger(replicas) && (replicas as number) >= least) return replicas as number;
  throw new ModelError(`${claim} must be a whole number of at least ${least}, got ${quoted(replicas)}`, {
    code: 'contract.replicas',
    fix: 'write a number of replicas',
  });
}

function groupIn(options: unknown, claim: string): ContractGroup {
  const { by = 'cluster' } = checkRecord(options, ['by'], `options of ${claim}`);
  checkOneOf(by, contractGroups, `by of ${claim}`);
  return by;
}
