import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { ModuleKind, transpileModule } from 'typescript';
import { describe, expect, test } from 'vitest';
import * as karmada from '../../src';
import { Fleet } from '../../src';
import { fleetProgram, readFleetProgram } from '../../src/import/fleet-program';
import { fleetData } from '../../src/model/fleet-data';
import { fleet as generated } from '../fixtures/generated-fleet';
import { anyFleetClusters } from '../support/arbitrary-fleet';
import { propertyRuns } from '../support/property-runs';

const anyData = anyFleetClusters.map((clusters) => fleetData(Fleet.of(clusters).clusters));

/** The clusters of the fleet that a program exports. */
function run(program: string): unknown {
  const { outputText } = transpileModule(program, { compilerOptions: { module: ModuleKind.CommonJS } });
  const exported: { fleet?: Fleet } = {};
  new Function('exports', 'require', outputText)(exported, () => karmada);
  return exported.fleet?.clusters;
}

function formatted(program: string): string {
  const biome = join(__dirname, '../../node_modules/@biomejs/biome/bin/biome');
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=fleet.ts'], {
    input: program,
    encoding: 'utf8',
    cwd: join(__dirname, '../..'),
  });
}

describe('the program of a fleet', () => {
  test('makes the fleet when it is run, and is read as it was written', () => {
    fc.assert(
      fc.property(anyData, (data) => {
        const program = fleetProgram(data, ['top']);
        expect(run(program)).toEqual(Fleet.of(data.clusters).clusters);
        expect(readFleetProgram(program)).toEqual(data);
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  test('is laid out as our formatter does', () => {
    const programs = fc.sample(anyData, { numRuns: 100, seed: 14 }).map((data) => fleetProgram(data, []));
    // Names in other scripts stay in quotes, which compilers of any age read.
    const all = programs.filter((program) => /^[\n\x20-\x7e]*$/.test(program)).join('\n');
    expect(formatted(all)).toBe(all);
  });

  test('is read after a formatter changed it, with comments', () => {
    const program = `
      import { Fleet } from "cdk8s-karmada"
      const apiEnablements = [{ groupVersion: "v1", kinds: ["Service"] }] /* all */
      export const fleet = Fleet.of({
        // the first one
        "member1": { apiEnablements, nodes: 3, labels: { 'a': "it's \\u{1F600} \\x41" }, },
        member2: {},
      })
    `.replaceAll(/^ {6}/gm, '');
    expect(readFleetProgram(program)).toEqual({
      clusters: {
        member1: { apiEnablements: [{ groupVersion: 'v1', kinds: ['Service'] }], nodes: 3, labels: { a: "it's 😀 A" } },
        member2: {},
      },
    });
  });

  test.each([
    'export const fleet = Fleet.of({ ...others });',
    'export const fleet = Fleet.of(read("clusters.yaml"));',
    'export const fleet = Fleet.of({ member1: {',
    "export const fleet = Fleet.of({ 'a",
    '',
  ])('is not guessed from %s', (program) => {
    expect(readFleetProgram(program)).toBeUndefined();
  });

  test('has a type for each name, and shares what clusters share: the types check compiles this file', () => {
    const models = [
      { grade: 0, ranges: [{ name: 'cpu', min: '0', max: '1' }] },
      { grade: 1, ranges: [{ name: 'cpu', min: '1' }] },
    ];
    const taints = [{ key: 'maintenance', effect: 'NoSchedule' as const }];
    const program = fleetProgram(
      fleetData(
        Fleet.of({
          'member-1': {
            region: 'eu',
            taints,
            resourceModels: models,
            apiEnablements: [{ groupVersion: 'v1', kinds: [] }],
          },
          '2': { resourceModels: models, resourceSummary: { allocatable: { "it's": 1, __proto__x: '2' } } },
        }).clusters,
      ),
      ['Made by test/import/fleet-program.test.ts.'],
    );
    const file = join(__dirname, '../fixtures/generated-fleet.ts');
    expect(generated.in('member-1')).toBeDefined();
    // @ts-expect-error: not a name of the fleet
    expect(() => generated.in('member-9')).toThrow('member-9');
    expect(program.replace("'cdk8s-karmada'", "'../../src'")).toBe(readFileSync(file, 'utf8'));
  });
});
