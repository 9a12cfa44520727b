import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type KarmadaVersion, karmadaVersions } from '../../src/karmada/release';
import { differences } from './differences';

/** What every recorded case has, whatever its topic. */
export interface RecordedCase {
  readonly id: string;
  /** Releases (`v1.16.8`, `v1.19.0-rc.0`) that answered otherwise than the recorded one. */
  readonly differsIn?: readonly string[];
  /** What they answered, by release: fields that stand in place of the recorded ones, or an answer alone. @default - not recorded */
  readonly answerIn?: Readonly<Record<string, object | number | string>>;
  /** The answer of the release that is compared, if `answerIn` has it alone. */
  readonly answer?: number | string;
}

/** One file of recorded cases. */
export interface RecordedTopic<Case extends RecordedCase> {
  readonly karmada: string;
  readonly source: string;
  readonly notes?: string;
  readonly cases: readonly Case[];
}

/**
 * Compares our answer with the recorded one.
 *
 * @param recorded - the case as the file holds it
 * @param karmada - the release to answer for
 * @returns what differs, for people to read; undefined when the two agree
 */
export type Comparison<Case> = (recorded: Case, karmada: KarmadaVersion) => string | undefined;

const vectorsFolder = resolve(process.env.KARMADA_VECTORS ?? resolve(__dirname, '../vectors'));

/** The recorded topic, or undefined where the folder in `KARMADA_VECTORS` has no such file. */
export function readTopic<Case extends RecordedCase, Shared = unknown>(
  topic: string,
): (RecordedTopic<Case> & Shared) | undefined {
  const file = resolve(vectorsFolder, `${topic}.json`);
  if (!existsSync(file)) {
    if (process.env.KARMADA_VECTORS === undefined) throw new Error(`${file} is missing`);
    return undefined;
  }
  return JSON.parse(readFileSync(file, 'utf8')) as RecordedTopic<Case> & Shared;
}

/**
 * Declares the test of one topic: answers every case in `KARMADA_VECTORS` or `test/vectors` for every release, prints
 * `topic: N of N agree` and each disagreement, and fails on any. A release has to answer otherwise where `differsIn` names
 * it, as `answerIn` says where that is given, and alike where it does not.
 *
 * A file whose notes do not mention `differsIn` was not run on older releases. There {@link differences} says which of our
 * cases they answer otherwise; in another folder their answers are unknown, and only later releases are compared.
 *
 * @param applies - whether a release knows what the case is about @default - every release
 */
export function describeTopic<Case extends RecordedCase>(
  topic: string,
  compare: Comparison<Case>,
  applies: (recorded: Case, karmada: KarmadaVersion) => boolean = () => true,
): void {
  test(`${topic}: every recorded case agrees`, () => {
    const recorded = readTopic<Case>(topic);
    if (recorded === undefined) {
      console.log(`${topic}: 0 of 0 agree (no ${topic}.json in ${vectorsFolder})`);
      return;
    }
    const disagreements: string[] = [];
    const compared = comparedReleases(recorded);
    for (const recordedCase of recorded.cases) {
      const releases = compared.filter((karmada) => applies(recordedCase, karmada));
      const problems = releases.flatMap((karmada) => disagreementsOf(recordedCase, compare, karmada));
      if (problems.length > 0) disagreements.push(problems.join('\n'));
    }
    const total = recorded.cases.length;
    console.log(`${topic}: ${total - disagreements.length} of ${total} agree`);
    for (const disagreement of disagreements) console.log(disagreement);
    expect(disagreements.length, disagreements.join('\n\n')).toBe(0);
  });
}

function comparedReleases({ karmada, notes }: RecordedTopic<RecordedCase>): readonly KarmadaVersion[] {
  if (notes?.includes('differsIn') || process.env.KARMADA_VECTORS === undefined) return karmadaVersions;
  return karmadaVersions.slice(karmadaVersions.findIndex((version) => isOf(version, karmada)));
}

/** Whether a patch release such as `v1.18.2` is of a minor one. */
function isOf(version: KarmadaVersion, patch: string): boolean {
  return patch.startsWith(`v${version}.`);
}

function disagreementsOf<Case extends RecordedCase>(
  recorded: Case,
  compare: Comparison<Case>,
  karmada: KarmadaVersion,
): string[] {
  const answer = Object.entries(recorded.answerIn ?? {}).find(([release]) => isOf(karmada, release))?.[1];
  const answered = typeof answer === 'object' ? answer : answer !== undefined && { answer };
  const difference = compareSafely({ ...recorded, ...answered }, compare, karmada);
  const differs =
    answer === undefined &&
    (recorded.differsIn?.some((release) => isOf(karmada, release)) || differences[karmada].includes(recorded.id));
  if (!differs) return difference === undefined ? [] : [`  ${recorded.id} (${karmada}): ${difference}`];
  return difference === undefined ? [`  ${recorded.id} (${karmada}): answers as recorded, which it must not`] : [];
}

function compareSafely<Case>(recorded: Case, compare: Comparison<Case>, karmada: KarmadaVersion): string | undefined {
  try {
    return compare(recorded, karmada);
  } catch (error) {
    return `threw ${error instanceof Error ? error.stack : String(error)}`;
  }
}

/** A difference for people to read, or undefined when both sides have the same JSON (object keys in any order). */
export function differenceOf(expected: unknown, actual: unknown): string | undefined {
  const [want, got] = [canonicalJson(expected), canonicalJson(actual)];
  return want === got ? undefined : `expected ${want}\n    got ${got}`;
}

/** JSON with object keys sorted, so that equal data has equal text. */
export function canonicalJson(value: unknown): string {
  const sorted = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(sorted);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, field]) => [key, sorted(field)]),
    );
  };
  return JSON.stringify(sorted(value)) ?? 'undefined';
}
