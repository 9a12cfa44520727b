import { App } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Federation } from '../../../src/constructs/federation';
import { anyTree, filesWritten, growTree, type Tree } from '../../support/construct-trees';
import { propertyRuns } from '../../support/property-runs';

const byCdk8s = (tree: Tree) =>
  filesWritten((outdir) => {
    const app = new App({ ...tree.props, outdir });
    growTree(app, tree);
    app.synth();
  });

const byFederation = (tree: Tree) =>
  filesWritten((outdir) => {
    const federation = new Federation({ ...tree.props, outdir, lint: false });
    growTree(federation, tree);
    federation.synth();
  });

/** The record of constructs is an object by name: cdk8s puts it into an order of its own once constructs stand for others. */
const comparable = (files: ReturnType<typeof byCdk8s>) =>
  files instanceof Error || files['construct-metadata.json'] === undefined
    ? files
    : { ...files, 'construct-metadata.json': JSON.parse(files['construct-metadata.json']) };

const dependsOnItself = (result: unknown) =>
  result instanceof Error && /^Dependency cycle detected: (.*) => \1\n/.test(result.message);

/** Whether cdk8s gave two objects the same file, or files whose names differ by case alone. */
function givesTwoObjectsOneFile(expected: ReturnType<typeof byCdk8s>, actual: ReturnType<typeof byCdk8s>): boolean {
  if (actual instanceof Error) return 'code' in actual && actual.code === 'file.name';
  if (expected instanceof Error) return false;
  const names = Object.keys(expected).map((name) => name.toLowerCase());
  return Object.keys(actual).length > names.length || new Set(names).size < names.length;
}

describe('Federation.synth', () => {
  test('writes what App.synth writes, byte for byte, and fails where it fails', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const [expected, actual] = [byCdk8s(tree), byFederation(tree)];
        if (dependsOnItself(actual)) return; // cdk8s loses it without a word
        if (givesTwoObjectsOneFile(expected, actual)) return; // cdk8s writes one of them
        if (expected instanceof RangeError) return; // it never finds the end of a circle that leads through a removed construct
        if (expected instanceof Error) expect(actual).toBeInstanceOf(Error);
        else expect(comparable(actual)).toEqual(comparable(expected));
      }),
      { numRuns: propertyRuns(300) },
    );
  });
});
