import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../src/kubernetes/manifest';
import { foldCauses } from '../../src/lint/engine/fold';
import type { RawFinding } from '../../src/lint/engine/raw-finding';

const manifest = (name: string): Manifest => ({
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
  origin: { type: 'memory', index: 0 },
});

const somewhere = manifest('somewhere');

function stated(code: string, more: Partial<RawFinding> = {}): RawFinding {
  return {
    code,
    layer: 'federation',
    severity: 'warning',
    at: somewhere,
    message: code,
    why: 'because',
    fix: 'mend',
    ...more,
  };
}

function folded(statements: readonly RawFinding[], ranking: readonly string[] = []): readonly (readonly string[])[] {
  return foldCauses(statements, ranking).map(({ main, related }) => [
    main.message,
    ...related.map(({ message }) => message),
  ]);
}

describe('statements of one cause', () => {
  const cause = 'replicas of Deployment/default/pipy';

  test('the rule that ranks first speaks, the others stand behind it in the order of the ranking', () => {
    const statements = [
      stated('tie', { cause }),
      stated('too-few', { cause }),
      stated('other', {}),
      stated('client', { cause }),
    ];
    expect(folded(statements, ['client', 'too-few', 'tie'])).toEqual([['client', 'too-few', 'tie'], ['other']]);
  });

  test('a warning never hides behind an info, whatever the ranking says', () => {
    const statements = [stated('first', { cause, severity: 'info' }), stated('second', { cause })];
    expect(folded(statements, ['first', 'second'])).toEqual([['second', 'first']]);
  });

  test('a statement with two causes joins what follows from it to what it follows from', () => {
    const selector = 'selector of PropagationPolicy/default/pipy';
    const statements = [
      stated('client', { cause: 'policy of Service/default/pipy' }),
      stated('unselected', { cause: [selector, 'policy of Service/default/pipy'] }),
      stated('selector', { cause: selector }),
    ];
    expect(folded(statements, ['selector', 'unselected', 'client'])).toEqual([['selector', 'unselected', 'client']]);
  });

  test('statements without a cause are mistakes of their own', () => {
    expect(folded([stated('a'), stated('a')])).toEqual([['a'], ['a']]);
  });
});

describe('a refused field', () => {
  const refusal = stated('refused', {
    layer: 'admission',
    severity: 'error',
    path: 'spec.placement.spreadConstraints',
  });

  test('takes what is said of the same field, one above and one below it', () => {
    const about = (path: string) => stated(path, { path });
    expect(
      folded([
        about('spec.placement'),
        about('spec.placement.spreadConstraints[0].maxGroups'),
        refusal,
        about('spec.placement.spreadConstraintsOfAnother'),
        about('spec.priority'),
      ]),
    ).toEqual([
      ['refused', 'spec.placement', 'spec.placement.spreadConstraints[0].maxGroups'],
      ['spec.placement.spreadConstraintsOfAnother'],
      ['spec.priority'],
    ]);
  });

  test('takes nothing that is said of another object', () => {
    const other = stated('other', { at: manifest('other'), path: 'spec.placement' });
    expect(folded([refusal, other])).toEqual([['refused'], ['other']]);
  });

  test('is the same object where the control plane completes a copy of it', () => {
    const copy = { ...somewhere, object: { ...somewhere.object } };
    expect(folded([refusal, stated('copy', { at: copy, path: 'spec.placement' })])).toEqual([['refused', 'copy']]);
  });
});

describe('a statement of several causes', () => {
  test('makes them one, whoever comes first', () => {
    const selector = stated('selector', { cause: 'a selector' });
    const object = stated('object', { cause: ['a selector', 'an object'] });
    const client = stated('client', { cause: 'an object' });
    const expected = [['selector', 'client', 'object']];
    expect(folded([selector, object, client], ['selector', 'client', 'object'])).toEqual(expected);
    expect(folded([client, selector, object], ['selector', 'client', 'object'])).toEqual(expected);
  });

  test('brings what shares its cause behind a refusal of the same field', () => {
    const refusal = stated('valid-admission', { layer: 'admission', path: 'spec.resourceSelectors[0].namespace' });
    const selector = stated('selector', { path: 'spec.resourceSelectors[0].namespace', cause: 'a selector' });
    const object = stated('object', { at: manifest('other'), cause: 'a selector' });
    expect(folded([object, selector, refusal], ['selector', 'object'])).toEqual([
      ['valid-admission', 'selector', 'object'],
    ]);
  });
});

describe('a silenced statement', () => {
  const cause = 'replicas of Deployment/default/pipy';
  const client = (at: Manifest, silenced: boolean) =>
    stated('client', { cause, at, silenced, message: at.object.kind });

  test('takes those behind it along when it would have spoken', () => {
    expect(folded([client(somewhere, true), stated('too-few', { cause })], ['client'])).toEqual([]);
  });

  test('leaves the word to the same rule about another place', () => {
    const second = stated('client', { cause, message: 'second', at: manifest('second') });
    expect(folded([client(somewhere, true), second, stated('too-few', { cause })], ['client'])).toEqual([
      ['second', 'too-few'],
    ]);
  });

  test('that stands behind another leaves it as it is', () => {
    expect(folded([stated('client', { cause }), stated('too-few', { cause, silenced: true })], ['client'])).toEqual([
      ['client'],
    ]);
  });
});

test('ten thousand refusals of one object are folded at once', () => {
  const refusals = Array.from({ length: 10_000 }, (_, index) =>
    stated('refused', { layer: 'admission', path: `spec.placement.spreadConstraints[${index}].spreadByField` }),
  );
  const started = performance.now();
  expect(folded(refusals)).toHaveLength(10_000);
  expect(performance.now() - started).toBeLessThan(1000);
});
