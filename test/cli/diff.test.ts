import { describe, expect, test } from 'vitest';
import { emitYaml } from '../../src/yaml/emit';
import { folderWith, runIn } from '../support/cli';
import { demo } from '../support/report-plans';

const files = {
  'fleet.yaml': 'clusters: {k3d-cluster-1: {}, k3d-cluster-2: {}, k3d-cluster-3: {}}\n',
  'old.yaml': emitYaml(demo(2)),
  'new.yaml': emitYaml(demo(3)),
};
const cwd = folderWith(files);
const diff = (...args: string[]) =>
  runIn(cwd, ['diff', ...args, '--fleet', 'fleet.yaml'], { stdin: files['new.yaml'] });

describe('diff', () => {
  test('says what changes, and ends with 0 or, where asked, with 1', async () => {
    const { exitCode, out, err } = await diff('old.yaml', 'new.yaml');
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toContain('~ Deployment/default/pipy: k3d-cluster-1 0 or 1 → 1, k3d-cluster-3 0 or 1 → 1\n');
    expect((await diff('old.yaml', 'new.yaml', '--exit-code')).exitCode).toBe(1);
    expect(await diff('old.yaml', 'old.yaml', '--exit-code')).toEqual({
      exitCode: 0,
      out: 'nothing changes\n',
      err: '',
    });
    expect((await diff('old.yaml', '-')).out).toBe(out);
  });

  test('prints Markdown and JSON', async () => {
    expect((await diff('old.yaml', 'new.yaml', '--markdown')).out).toMatch(/^### What changes where\n/);
    const json = JSON.parse((await diff('old.yaml', 'new.yaml', '--json')).out);
    expect(Object.keys(json)).toEqual(['version', 'command', 'placements', 'members', 'summary']);
    expect(json.summary).toEqual({ placements: 1, clusters: 2, objects: 2, nowhere: 0 });
  });

  test('fails when one side cannot be read, for what is missing would look removed', async () => {
    const { exitCode, out, err } = await diff('old.yaml', 'nowhere.yaml');
    expect([exitCode, out, err.split('\n')[0]]).toEqual([2, '', 'error    nowhere.yaml  no such file or folder']);
  });

  test.each([
    [['old.yaml'], "missing required argument 'new'"],
    [['-', '-'], '"-" can stand for one input only'],
    [['old.yaml', 'new.yaml', '--json', '--markdown'], '--json and --markdown exclude each other'],
  ])('fails when %j are the arguments', async (args, message) => {
    const { exitCode, err } = await diff(...args);
    expect([exitCode, err.split('\n')[0]]).toEqual([2, `error: ${message}`]);
  });
});
