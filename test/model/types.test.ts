import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = join(__dirname, '../..');
const prelude = `
import { Clusters } from '${join(root, 'src/model/clusters')}';
import { Fleet } from '${join(root, 'src/model/fleet')}';
import { Override } from '${join(root, 'src/model/override')}';
import { Placement } from '${join(root, 'src/model/placement')}';
const fleet = Fleet.of({ member1: { region: 'eu' }, member2: {} });
export const use = [Clusters, Override, Placement, fleet];
`;

const compiles = {
  'names of the fleet': `fleet.in('member1', 'member2'); fleet.weighted({ member2: 1 }); fleet.get('member1');`,
  'a choice from the fleet': `fleet.duplicated(fleet.where({ region: 'eu' }).except('member2'));`,
  'a list of names of the fleet': `const names: ('member1' | 'member2')[] = ['member1']; fleet.aggregated(...names); fleet.in(...names);`,
  'a fleet of known names where any fleet will do': `const any: Fleet = fleet; any.in('whatever');`,
  'a fleet that was read, whose names are known at run time only': `Fleet.parse('').in('whatever').image({ tag: 'edge' });`,
  'weights by Clusters': `fleet.weighted([{ clusters: fleet.in('member1'), weight: 2 }, { clusters: Clusters.all(), weight: 1 }]);`,
  'a name that was checked': `const name: string = 'x'; if (fleet.has(name)) fleet.in(name);`,
  'weights and replicas of other groups': `Placement.weighted({ a: 1 }).named('x').orElse('y', { b: 1 }).orElse('z', Clusters.all());`,
};

const fails = {
  'a cluster to choose that is not in the fleet': [`fleet.in('member3');`, `'"member3"' is not assignable`],
  'a weight for a cluster that is not in the fleet': [
    `fleet.weighted({ member3: 1 });`,
    `'member3' does not exist in type`,
  ],
  'replicas for a cluster that is not in the fleet': [
    `fleet.exactly({ member3: 1 });`,
    `'member3' does not exist in type`,
  ],
  'a placement on a cluster that is not in the fleet': [
    `fleet.duplicated('member1', 'member3');`,
    `'"member3"' is not assignable`,
  ],
  'an exception that is not in the fleet': [`fleet.except('member3');`, `'"member3"' is not assignable`],
  'an exception further on that is not in the fleet': [
    `fleet.all().except('member3');`,
    `'"member3"' is not assignable`,
  ],
  'a look at a cluster that is not in the fleet': [`fleet.get('member3');`, `'"member3"' is not assignable`],
  'a misspelled property of a cluster': [`Fleet.of({ a: { regoin: 'eu' } });`, `'regoin' does not exist`],
  'a spread without a maximum': [
    `Placement.duplicated('a').spreadOver({ cluster: { min: 1 } });`,
    `Property 'max' is missing`,
  ],
  'a spread over regions alone': [
    `Placement.duplicated('a').spreadOver({ region: { max: 1 } });`,
    `Property 'cluster' is missing`,
  ],
  'a patch that adds nothing': [`Override.jsonPatch({ operator: 'add', path: '/a' });`, `Property 'value' is missing`],
  'a patch that removes a value': [
    `Override.jsonPatch({ operator: 'remove', path: '/a', value: 1 });`,
    `'value' does not exist`,
  ],
  'a repository that is removed': [`Override.image({ repository: { remove: true } });`, `'remove' does not exist`],
  'the change of a list that went out': [`fleet.names.push('member1');`, `Property 'push' does not exist`],
} as const;

const snippets = { ...compiles, ...Object.fromEntries(Object.entries(fails).map(([name, [code]]) => [name, code])) };
const messages = compile(snippets);

test.each(Object.keys(compiles))('compiles: %s', (name) => {
  expect(messages.get(name)).toBe('');
});

test.each(Object.entries(fails))('fails to compile: %s', (name, [, message]) => {
  expect(messages.get(name)).toContain(message);
});

/** Compiles all snippets as one strict program, since loading the library is what takes time. */
function compile(codes: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
  };
  const files = new Map(Object.keys(codes).map((name, index) => [join(root, `test/model/snippet-${index}.ts`), name]));
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists.call(host, file);
  host.getSourceFile = (file, ...others) => {
    const name = files.get(file);
    if (name === undefined) return getSourceFile.call(host, file, ...others);
    return ts.createSourceFile(file, `${prelude}${codes[name]}`, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return new Map(
    [...files].map(([file, name]) => {
      const source = program.getSourceFile(file);
      const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
      return [name, problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')).join('\n')];
    }),
  );
}
