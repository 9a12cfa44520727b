import { App } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Federation } from '../../../src/constructs/federation';
import { anyTree, filesWritten, growTree, type Tree } from '../../support/construct-trees';

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

describe('Federation.synth', () => {
  test('writes what App.synth writes, byte for byte, and fails where it fails', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const [expected, actual] = [byCdk8s(tree), byFederation(tree)];
        if (expected instanceof Error) expect(actual).toBeInstanceOf(Error);
        else expect(actual).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
