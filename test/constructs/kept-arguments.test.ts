import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainCopy } from '../../src/kubernetes/plain-copy';
import { apiCalls, placesIn } from '../support/api-calls';
import { propertyRuns } from '../support/property-runs';

/** Everything that a value or a construct says of itself at synthesis. */
function written(made: unknown): unknown {
  if (made instanceof App) return JSON.stringify(Reflect.get(made, 'lintOptions'));
  if (Construct.isConstruct(made)) return Chart.of(made).toJson();
  if (typeof made !== 'object' || made === null) return made;
  const value = made as { toSpec?(): unknown; toRule?(): unknown };
  return JSON.stringify(value.toSpec?.() ?? value.toRule?.() ?? value);
}

/** Changes every list and object at a place and below it. */
function spoil(value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach(spoil);
    value.push('added later');
  } else if (Object.getPrototypeOf(value ?? 0) === Object.prototype) {
    const fields = value as Record<string, unknown>;
    Object.values(fields).forEach(spoil);
    for (const key of Object.keys(fields)) if (typeof fields[key] !== 'object') fields[key] = 'changed later';
    fields['added'] = 'later';
  }
}

describe.each(Object.entries(apiCalls))('%s', (_, { call, args }) => {
  test('keeps a copy of what it is given', () => {
    const places = [[], ...placesIn(args)];
    fc.assert(
      fc.property(fc.constantFrom(...places), (path) => {
        const given = plainCopy(args);
        const made = call(...(given as never[]));
        spoil(path.reduce<unknown>((one, step) => (one as Readonly<Record<string | number, unknown>>)[step], given));
        expect(written(made)).toEqual(written(call(...(args as never[]))));
      }),
      { numRuns: propertyRuns(15) },
    );
  });
});
