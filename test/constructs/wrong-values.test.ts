import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import * as api from '../../src';
import { ModelError } from '../../src';
import { apiCalls, type Call, isFunction, type Path, placesIn, replaced } from '../support/api-calls';
import { propertyRuns } from '../support/property-runs';

/** Ordinary values that an author in JavaScript passes by mistake. */
const wrongValues: Readonly<Record<string, unknown>> = {
  null: null,
  'an empty text': '',
  '5': 5,
  '-1.5': -1.5,
  NaN: Number.NaN,
  true: true,
  'an empty object': {},
  'an object': { a: 1 },
  'an empty list': [],
  '[null]': [null],
  '[5]': [5],
  "[['x']]": [['x']],
  'a text': 'sh -c x',
  'two lines': 'a\nb',
  'a long text': 'x'.repeat(1e5),
  'a Map': new Map([['a', 1]]),
  'a Set': new Set(['a']),
  'a Date': new Date(0),
  'a RegExp': /x/,
  'a function': () => 1,
  'a bigint': 10n,
  'a symbol': Symbol('a'),
};

/** What a call did: `accepted`, or the code of the error of ours. Other errors fail the test. */
function outcome(call: () => unknown): string {
  try {
    const made = call();
    // What Kubernetes or Karmada refuse is reported at synthesis.
    const isSynthesized = Construct.isConstruct(made) && !(made instanceof App);
    const problems = isSynthesized ? made.node.root.node.findAll().flatMap(({ node }) => node.validate()) : [];
    return problems.length > 0 ? 'validation' : 'accepted';
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return error.code;
  }
}

/** What a value is, as an author sees it. */
function typeOf(value: unknown): string {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  if (Array.isArray(value)) return 'list';
  return Object.getPrototypeOf(value) === Object.prototype ? 'object' : value.constructor.name;
}

/** Places that take more than one type: a number or text as a quantity or port, a text or object as a condition. */
const severalTypes =
  /averageValue|tolerance|(requests|limits)\.|overall|staticAssignments\.member1\.|backend\.port|[bB]ackend\.port|where 0\.labels|labelled 0|weighted with (a list|shares) 0$|Federation 0\.lint$/;

/** Places that take any JSON value. */
const anyJson = /^(Override\.jsonPatch|Override\.fieldPatch|Override\.fromRule) .*\.value\b|fleet\.has/;

/** Places that take any text. constructs replaces line breaks in ids. */
const freeText =
  /annotations|(add|remove|value|command|args)\.\d|\.job$|jsonPath$|metadata\.labels\.a$|Fleet\.fromClusters|rules\.0\.name$|scaler\.addRule 0\.name$|FederatedApp at a place 1$|caBundle$|outdir$|reason$|Lint\.ignore 2|env\.LEVEL$|command\.0$|prefix$/i;

/** In what kubectl prints and in manifests, null is an absent field. */
const nullIsAbsent = /from(Spec|Rule|Clusters)|Fleet\.of|\.match(Labels|Expressions)$/;

/** Whether a wrong value is right after all in this place. */
function mayAccept(place: string, right: unknown, wrong: unknown): boolean {
  if (anyJson.test(place)) return true;
  if (wrong === null) return nullIsAbsent.test(place);
  if (typeOf(wrong) !== typeOf(right) && !severalTypes.test(place)) return false;
  const isFree = typeof wrong !== 'string' || wrong === '' || freeText.test(place);
  return isFree && (typeof wrong !== 'number' || wrong === 5);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((one, step) => (one as Readonly<Record<string | number, unknown>>)[step], value);
}

/** Runs a call with wrong values, and describes each answer that an author should not get. */
function badAnswer({ call, args }: Call, name: string, path: Path, what: string): string | undefined {
  const wrong = wrongValues[what];
  const place = `${name} ${path.join('.')}`;
  const started = performance.now();
  let answer: string;
  try {
    answer = outcome(() => call(...(replaced(args, path, wrong) as never[])));
  } catch (error) {
    return `${place}: ${what}: ${error}`;
  }
  if (performance.now() - started > 1000) return `${place}: ${what}: took longer than a second`;
  if (answer !== 'accepted' || mayAccept(place, at(args, path), wrong)) return undefined;
  return `${place}: ${what} is accepted`;
}

const share = propertyRuns(25);

/** All wrong values in CI; elsewhere a fifth of them, others at each place. */
function valuesFor(place: number): string[] {
  return Object.keys(wrongValues).filter((_, index) => (index + place) % 25 < share || share === 25);
}

test('every class of the API is tried', () => {
  const classes = Object.entries(api).flatMap(([name, value]) => (isFunction(value) ? [name] : []));
  const tried = new Set(Object.keys(apiCalls).map((name) => name.split(/[. ]/)[0]!));
  const others = ['FindingsError', 'ModelError', 'FleetClusters'];
  expect(classes.filter((name) => !tried.has(name) && !others.includes(name))).toEqual([]);
});

describe.each(Object.entries(apiCalls))('%s', (name, call) => {
  test('accepts what is right', () => {
    expect(outcome(() => call.call(...(call.args as never[])))).toBe('accepted');
  });

  test('answers a wrong value with an error of ours, at once', () => {
    const bad = placesIn(call.args).flatMap((path, index) =>
      valuesFor(index).flatMap((what) => badAnswer(call, name, path, what) ?? []),
    );
    expect(bad).toEqual([]);
  });
});
