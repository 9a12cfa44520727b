import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mainProgram } from '../../src/import/project/main-program';
import { existingPackage, toolVersions } from '../../src/import/project/package-json';
import { projectFiles } from '../../src/import/project/project-files';
import { webChart, webTest } from '../../src/import/project/web-chart';

const root = join(__dirname, '../..');

describe('the files of a project', () => {
  test('use the tools that this repository is tested with', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    for (const [name, range] of Object.entries(toolVersions)) {
      expect(range.replace(/^[~^]/, ''), name).toBe(devDependencies[name].replace(/^[~^]/, ''));
    }
  });

  test('fit the fleet', () => {
    expect(webChart(['a'])).toContain('fleet.weighted({ a: 2 })');
    expect(webChart(['a', 'b-1', 'c'])).toContain("fleet.weighted({ a: 2, 'b-1': 1 })");
    expect(webTest(['a'], { runner: 'vitest' })).not.toContain('Contract');
    expect(webTest(['a', 'b'], { runner: 'vitest' })).toContain("whenLosing('any cluster')");
  });

  test('leave out clusters that accept no Deployment', () => {
    const taint = (effect: 'NoSchedule' | 'PreferNoSchedule') => ({ taints: [{ key: 'x', effect }] });
    const clusters = {
      tainted: taint('NoSchedule'),
      old: { apiEnablements: [{ groupVersion: 'extensions/v1beta1', kinds: ['Deployment'] }] },
      open: taint('PreferNoSchedule'),
    };
    const files = (fleet: object) =>
      projectFiles({ name: 'shop', version: '0.1.0', fleet: { clusters: { ...fleet } } });
    expect(files(clusters).get('web.ts')).toContain('fleet.weighted({ open: 2 })');
    const { open, ...others } = clusters;
    expect(() => files(others)).toThrow(expect.objectContaining({ code: 'init.no-cluster' }));
  });

  test('are ECMAScript modules where package.json says so', () => {
    const files = projectFiles({
      name: 'shop',
      version: '0.1.0',
      fleet: { clusters: { a: {} } },
      existing: { isModule: true, runner: 'vitest' },
    });
    for (const file of ['main.ts', 'web.ts', 'web.test.ts']) expect(files.get(file)).toContain("'./fleet.js'");
  });

  test('have one form of main program', () => {
    const charts = [{ className: 'Web', module: './charts/web', id: "the 'web'" }];
    expect(mainProgram('shop', charts)).toBe(`import { Federation } from 'cdk8s-karmada';
import { fleet } from './fleet';
import { Web } from './charts/web';

const federation = new Federation({ fleet, name: 'shop' });
new Web(federation, "the 'web'");
federation.synth();
`);
  });
});

describe('an existing package.json', () => {
  test('is read for what it lacks', () => {
    const text = JSON.stringify({
      scripts: { test: 'jest', synth: 'cdk8s synth' },
      dependencies: { cdk8s: '^2.0.0', constructs: '^10.0.0' },
      devDependencies: { 'cdk8s-cli': '^2.0.0', jest: '^29', typescript: '5.9.x', '@types/node': '^14' },
    });
    const existing = existingPackage(text)!;
    expect(existing).toMatchObject({ isModule: false, runner: 'jest' });
    const { scripts, dependencies, devDependencies } = existing.missing('0.1.0', []);
    expect(Object.keys(scripts)).toEqual(['compile', 'build', 'lint', 'plan']);
    expect(dependencies).toEqual({ 'cdk8s-karmada': '^0.1.0' });
    expect(Object.keys(devDependencies)).toEqual(['tsx']);
    expect(existing.missing('0.1.0', ['tsx']).devDependencies).toEqual({});
  });

  test('of `npm init` has no test yet', () => {
    const text = '{ "scripts": { "test": "echo \\"Error: no test specified\\" && exit 1" } }';
    expect(existingPackage(text)?.missing('0.1.0', []).scripts).toHaveProperty('test', 'vitest run');
  });

  test('that is not a JSON object says nothing', () => {
    for (const text of ['', '[]', 'null', '{ "name": ']) expect(existingPackage(text)).toBeUndefined();
  });
});
