import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ApiObject, type App, type AppProps, Chart, JsonPatch, Lazy, Size, YamlOutputType } from 'cdk8s';
import { Construct, Dependable, DependencyGroup, type IConstruct } from 'constructs';
import fc from 'fast-check';
import { folderRecordName } from '../../src/manifests/folder-record';
import { anyText, isCorrected, plainData } from './yaml-texts';

/** A construct as data, so that the same tree can be created in two apps. */
export interface TreeNode {
  readonly type: 'chart' | 'group' | 'object';
  readonly id: string;
  readonly children: readonly TreeNode[];
  readonly namespace?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly name?: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly lazy: boolean;
  readonly patch?: unknown;
  /** A JSON pointer to what a patch replaces by a word. */
  readonly renamed?: string | undefined;
  /** Of an object: its class overrides `toJson()`. Of anything else: a validation adds an object to it. */
  readonly special: boolean;
}

export interface Tree {
  readonly charts: readonly TreeNode[];
  /** Pairs of constructs, by their number in the order in which they are made: the first depends on the second. */
  readonly dependencies: readonly (readonly [number, number])[];
  /** Constructs that are removed once the dependencies are declared, where they are objects; another takes the place of every second one. */
  readonly removed: readonly number[];
  /** Pairs of constructs: the second stands for the first, where that is a chart, when something depends on it. */
  readonly standIns: readonly (readonly [number, number])[];
  readonly props: AppProps;
}

/** Strings that cdk8s and we write the same way. */
const text = anyText.filter((one) => !isCorrected(one));
const word = fc.constantFrom(
  'a',
  'b',
  'c',
  'web',
  'db',
  '1',
  '20',
  'Default',
  'Resource',
  'x y',
  'Ünï',
  'CronJob',
  'long'.repeat(20),
);
const labels = fc.dictionary(fc.constantFrom('app', 'tier', 'x.io/y'), fc.oneof(text, fc.constant('web')), {
  maxKeys: 3,
  noNullPrototype: true,
});
const kind = fc.constantFrom('Deployment', 'Service', 'CronJob', 'ConfigMap');
/** Fields of an object in addition to its name; cdk8s cannot copy `__proto__`. */
const fields = fc
  .record({
    spec: plainData(text),
    data: fc.option(fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }), { nil: undefined }),
  })
  .filter((value) => !JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? 0 : one)).includes('__proto__'));

const treeNode = fc.letrec<{ node: TreeNode }>((tie) => ({
  node: fc.record({
    type: fc.constantFrom('chart', 'group', 'object', 'object'),
    id: word,
    children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('node'), { minLength: 1, maxLength: 3 })),
    namespace: fc.option(fc.constantFrom('default', 'lab'), { nil: undefined }),
    labels: fc.option(labels, { nil: undefined }),
    name: fc.option(fc.constantFrom('pipy', 'curl', 'x/y'), { nil: undefined }),
    fields: fc.tuple(kind, fields).map(([ofKind, rest]) => ({ apiVersion: 'v1', kind: ofKind, ...rest })),
    lazy: fc.boolean(),
    patch: fc.option(plainData(text, { jsonOnly: true }), { nil: undefined }),
    renamed: fc.option(fc.constantFrom('/metadata/name', '/kind'), { nil: undefined, freq: 4 }),
    special: fc.nat(9).map((one) => one === 9),
  }),
})).node;

/** Apps of charts in charts, groups, objects, and dependencies between any two of them. */
export const anyTree: fc.Arbitrary<Tree> = fc.record({
  charts: fc.array(
    treeNode.map((node): TreeNode => ({ ...node, type: 'chart' })),
    { maxLength: 4 },
  ),
  dependencies: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 5 }),
  removed: fc.array(fc.nat(20), { maxLength: 1 }),
  standIns: fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 1 }),
  props: fc.record(
    {
      yamlOutputType: fc.constantFrom(
        YamlOutputType.FILE_PER_APP,
        YamlOutputType.FILE_PER_CHART,
        YamlOutputType.FILE_PER_RESOURCE,
        YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
      ),
      outputFileExtension: fc.constantFrom('.yaml', '.k8s.yaml'),
      recordConstructMetadata: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
});

/** Creates the constructs of a tree; duplicate ids get a number. */
export function growTree(app: App, { charts, dependencies, removed, standIns }: Tree): void {
  const made: IConstruct[] = [];
  const grow = (scope: Construct, node: TreeNode): void => {
    const id = scope.node.tryFindChild(node.id) ? `${node.id}${made.length}` : node.id;
    const construct = makeConstruct(scope, id, node);
    made.push(construct);
    for (const child of node.children) grow(construct, child);
  };
  for (const chart of charts) grow(app, chart);
  for (const [one, other] of standIns) {
    const [construct, root] = [made[one % made.length], made[other % made.length]];
    // An object that stands for another one is tested by hand: in circles cdk8s counts some edges and forgets others.
    if (construct && root && Chart.isChart(construct) && !construct.node.scopes.includes(root)) {
      Dependable.implement(construct, { dependencyRoots: [root] });
    }
  }
  for (const [source, target] of dependencies) {
    const [one, other] = [made[source % made.length], made[target % made.length]];
    if (one === undefined || other === undefined || one === other) continue; // cdk8s loses what depends on itself
    one.node.addDependency(target % 2 === 0 ? other : new DependencyGroup(other));
  }
  for (const position of removed) {
    const construct = made[position % made.length];
    if (!ApiObject.isApiObject(construct) || construct.node.children.length > 0) continue;
    const { scope, id } = construct.node;
    if (scope?.node.tryRemoveChild(id) && position % 2 === 0) addObject(scope, id);
  }
}

/** Adds an object, if one is allowed there. */
function addObject(scope: IConstruct, id: string): void {
  const isInChart = scope.node.scopes.some((one) => Chart.isChart(one));
  if (isInChart) new ApiObject(scope as Construct, id, { apiVersion: 'v1', kind: 'ConfigMap' });
}

/** A class that makes its own object. */
class Own extends ApiObject {
  override toJson(): unknown {
    return { ...super.toJson(), at: new Date(0), again: [this.metadata.toJson()] };
  }
}

function makeConstruct(scope: Construct, id: string, node: TreeNode): Construct {
  const { type, namespace, labels, name, fields, lazy, patch, renamed, special } = node;
  if (type !== 'object') {
    const construct =
      type === 'group'
        ? new Construct(scope, id)
        : new Chart(scope, id, {
            ...(namespace && { namespace }),
            ...(labels && { labels }),
            disableResourceNameHashes: lazy,
          });
    if (special) construct.node.addValidation({ validate: () => addOnce(construct) });
    return construct;
  }
  const object = new (special ? Own : ApiObject)(scope, id, {
    ...(fields as { apiVersion: string; kind: string }),
    metadata: {
      ...(name && { name: `${name}-${id}` }),
      ...(labels && { labels }),
      annotations: lazy
        ? { size: Lazy.any({ produce: () => String(Size.gibibytes(1).toMebibytes()) }) as unknown as string }
        : {},
    },
    ...(lazy && {
      late: Lazy.any({ produce: () => ({ z: [null, undefined, Lazy.any({ produce: () => 1 })], a: fields['spec'] }) }),
    }),
    ...(namespace && { token: { resolve: () => ({ namespace }) }, nothing: null }),
  });
  if (patch !== undefined) object.addJsonPatch(JsonPatch.add('/patched', patch));
  if (renamed !== undefined) object.addJsonPatch(JsonPatch.replace(renamed, 'renamed'));
  return object;
}

function addOnce(construct: Construct): string[] {
  if (construct.node.tryFindChild('late') === undefined) addObject(construct, 'late');
  return [];
}

/** Runs a function that writes to a folder; returns the files by path, or the error. */
export function filesWritten(write: (outdir: string) => void): Readonly<Record<string, string>> | Error {
  const outdir = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    write(outdir);
    return readFolder(outdir);
  } catch (error) {
    return error as Error;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Every file below a folder but our record, by path. */
export function readFolder(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === folderRecordName) continue;
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path).replaceAll('\\', '/')] = readFileSync(path, 'utf8');
  }
  return files;
}
