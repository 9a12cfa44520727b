import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { defaultKarmadaVersion, type KarmadaVersion } from '../../../src/karmada/release';
import { type LintReport, lint } from '../../../src/lint';
import { readManifests } from '../../../src/manifests';
import { Fleet } from '../../../src/model/fleet';
import type { Finding } from '../../../src/problem/finding';

/** What `expect.json` of a federation says; everything is null where the federation is right. */
interface Expectation {
  readonly pitfall: string | null;
  readonly severity?: string | null;
  readonly objects?: readonly string[];
  readonly mustMention: readonly string[];
}

const folder = resolve(process.env.LINT_CASES ?? resolve(__dirname, '../../lint-cases'));
const federations = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'expect.json')));

test('every planted mistake is found, on an object that it is about, as severe as it is', () => {
  const planted = federations.filter((name) => existsSync(join(folder, name, 'bad')));
  const missed = planted.filter((name) => newFindings(name).filter(isPrecise(expectationOf(name))).length === 0);
  console.log(`mistakes: ${planted.length - missed.length} of ${planted.length} found`);
  const told = missed.map(
    (name) => `${name}\n  expected ${JSON.stringify(expectationOf(name))}\n${listed(newFindings(name))}`,
  );
  for (const text of told) console.log(text);
  expect(missed, told.join('\n')).toEqual([]);
});

test('no right federation has an error or a warning', () => {
  const right = federations.filter((name) => existsSync(join(folder, name, 'good')));
  const noisy = right.filter((name) => loudFindings(name).length > 0);
  console.log(`right ones: ${right.length - noisy.length} of ${right.length} silent`);
  const told = noisy.map((name) => `${name}\n${listed(loudFindings(name))}`);
  for (const text of told) console.log(text);
  expect(noisy, told.join('\n')).toEqual([]);
});

function expectationOf(name: string): Expectation {
  return JSON.parse(readFileSync(join(folder, name, 'expect.json'), 'utf8')) as Expectation;
}

/** The release that the federations were written for. */
const recorded: KarmadaVersion = '1.18';

function lintFolder(name: string, half: 'bad' | 'good', karmada = recorded): LintReport {
  const { manifests } = readManifests([join(folder, name, half)]);
  const fleet = Fleet.parse(readFileSync(join(folder, name, 'fleet.yaml'), 'utf8'));
  return lint(manifests, { fleet, karmada });
}

/** Findings of the broken half that the right half has not; places differ between the two, so they do not count. */
function newFindings(name: string): readonly Finding[] {
  const good = existsSync(join(folder, name, 'good')) ? lintFolder(name, 'good').findings.map(sense) : [];
  return lintFolder(name, 'bad').findings.filter((finding) => !good.includes(sense(finding)));
}

function sense({ rule, severity, message, object, path }: Finding): string {
  return JSON.stringify([rule, severity, message, object, path]);
}

function isPrecise({ severity, objects, mustMention }: Expectation): (finding: Finding) => boolean {
  return ({ object, message, why, fix, ...finding }) => {
    if (severity && finding.severity !== severity) return false;
    const key = [object.kind, object.namespace, object.name].filter(Boolean).join('/');
    const text = [message, why, fix].join('\n');
    return (objects?.includes(key) ?? false) && mustMention.some((word) => text.includes(word));
  };
}

/** Errors and warnings about a right federation, in the release it was written for and in the newest. */
function loudFindings(name: string): readonly Finding[] {
  return [recorded, defaultKarmadaVersion]
    .flatMap((karmada) => lintFolder(name, 'good', karmada).findings)
    .filter(({ severity }) => severity !== 'info');
}

function listed(findings: readonly Finding[]): string {
  return findings
    .map(
      ({ rule, severity, object, path, message }) =>
        `  ${severity} ${rule} ${object.kind}/${object.name} ${path ?? ''}: ${message}`,
    )
    .join('\n');
}
