import { ModelError } from './model-error';
import { isPropertyBag } from './record';
import { joinWords, nearMiss, quoted } from './words';

/** A value that is not of its kind, described for a message. */
interface Mismatch {
  /** Where in the checked value, such as `ports[1].name`; empty for the value itself. */
  readonly path: string;
  readonly code: string;
  /** Follows the place in the message, such as `must be text, got 5`. */
  readonly problem: string;
  readonly fix: string;
}

/** What a value must be. The answer is undefined for a value that fits, so that the usual case allocates nothing. */
export type ValueKind = (value: unknown) => Mismatch | undefined;

/** The shape of a type: a kind for each of its properties. */
export type ShapeOf<Type> = Readonly<Record<keyof Type, ValueKind>>;

/** The kind of each property. Messages list the properties in this order, so the important ones come first. */
export type Shape = Readonly<Record<string, ValueKind>>;

/**
 * Rejects a value of a wrong kind.
 *
 * @param owner - description of the value for messages, such as `FederatedApp "shop/web"`; a function if it is slow to create
 * @throws ModelError `property.type`, `property.unknown`, `property.value`, `property.copy`, `number.range`
 */
export function checkValue(value: unknown, kind: ValueKind, owner: string | (() => string)): void {
  const mismatch = kind(value);
  if (mismatch === undefined) return;
  const { path, problem, code, fix } = mismatch;
  const named = typeof owner === 'function' ? owner() : owner;
  throw new ModelError(`${placeIn(named, path)} ${problem}`, { code, fix });
}

/** `ports[1].name of Service "web"`, or for an item `command[1] of container "web"`. */
function placeIn(owner: string, path: string): string {
  if (path === '') return owner;
  return path.startsWith('[') ? owner.replace(/^\S+/, (list) => `${list}${path}`) : `${path} of ${owner}`;
}

/** A value that a test accepts. `wanted` follows "must be" in the message. */
export function kindOf(wanted: string, fix: string, accepts: (value: unknown) => boolean): ValueKind {
  return (value) => (accepts(value) ? undefined : typeMismatch(value, wanted, fix));
}

/** Any value: the caller checks it. */
export const anything: ValueKind = () => undefined;

/** Any text, including the empty one. */
export const text = kindOf('text', 'write it in quotes', (value) => typeof value === 'string');

/** A name, path or address: text of at least one character, without white space and control characters. */
export const word = kindOf('text without white space', 'write it in quotes, without spaces', isWord);

/** The name of an object, a kind, a cluster or the like: a word of at most 253 characters. */
export const name = kindOf(
  'a name: text of 1 to 253 characters without white space',
  'write it in quotes, without spaces',
  isName,
);

/** True or false. */
export const flag = kindOf(
  'true or false',
  'write true or false, without quotes',
  (value) => typeof value === 'boolean',
);

/** Limits of a whole number. `atMost` defaults to 2^31 - 1, because Karmada stores 32 bits. */
export interface WholeNumberLimits {
  readonly atLeast: number;
  readonly atMost?: number;
}

/** A whole number within limits. */
export function wholeNumber({ atLeast, atMost = 2 ** 31 - 1 }: WholeNumberLimits): ValueKind {
  return (value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= atLeast && value <= atMost) return undefined;
    return {
      path: '',
      code: 'number.range',
      problem: `must be a whole number from ${atLeast} to ${atMost}, got ${quoted(value)}`,
      fix: `write a number from ${atLeast} to ${atMost}, without quotes`,
    };
  };
}

/** One of a few texts. */
export function oneOf(words: readonly string[]): ValueKind {
  return (value) => {
    if (words.includes(value as string)) return undefined;
    const meant = typeof value === 'string' ? nearMiss(value, words) : undefined;
    return {
      path: '',
      code: 'property.value',
      problem: `must be ${joinWords(words, 'or')}, got ${quoted(value)}`,
      fix: meant === undefined ? `use one of ${joinWords(words)}` : `write "${meant}"`,
    };
  };
}

/** A list of values of one kind. */
export function listOf(item: ValueKind): ValueKind {
  return (value) => {
    if (!Array.isArray(value)) return typeMismatch(value, 'a list', 'write it in square brackets, even a single one');
    for (let index = 0; index < value.length; index++) {
      const mismatch = item(value[index]);
      if (mismatch !== undefined) return below(mismatch, `[${index}]`);
    }
    return undefined;
  };
}

/** Any list. */
export const list: ValueKind = listOf(anything);

/** An object with any keys and values of one kind. */
export function mapOf(kind: ValueKind, example: string): ValueKind {
  return (value) => {
    if (!isPropertyBag(value)) return typeMismatch(value, 'an object', `write it like ${example}`);
    for (const key of Object.keys(value)) {
      const mismatch = value[key] === undefined ? undefined : kind(value[key]);
      if (mismatch !== undefined) return below(mismatch, /^\w+$/.test(key) ? `.${key}` : `[${quoted(key)}]`);
    }
    return undefined;
  };
}

/**
 * An object with known properties. A property with the value undefined counts as absent.
 *
 * @param required - properties that must not be absent
 */
export function objectOf(shape: Shape, required: readonly string[] = []): ValueKind {
  return (value) => {
    if (!isPropertyBag(value)) return notAnObject(value, Object.keys(shape));
    for (const key of Object.keys(value)) {
      const given = value[key];
      if (given === undefined) continue;
      if (!Object.hasOwn(shape, key)) return unknownProperty(key, Object.keys(shape));
      const mismatch = shape[key]!(given);
      if (mismatch !== undefined) return below(mismatch, `.${key}`);
    }
    for (const key of required) {
      if (value[key] !== undefined) continue;
      // The kind of the property says what to give.
      const missing = shape[key]!(undefined);
      return missing
        ? below({ ...missing, problem: 'is missing' }, `.${key}`)
        : { path: key, code: 'property.type', problem: 'is missing', fix: `give ${key}` };
    }
    return undefined;
  };
}

/** An object with known properties of any kind. A property with the value undefined counts as absent. */
export function objectOfOnly(known: readonly string[]): ValueKind {
  return (value) => {
    if (!isPropertyBag(value)) return notAnObject(value, known);
    const unknown = Object.keys(value).find((key) => !known.includes(key) && value[key] !== undefined);
    return unknown === undefined ? undefined : unknownProperty(unknown, known);
  };
}

/** An object with known properties among others, which may be anything. */
export function objectWith(shape: Shape): ValueKind {
  return (value) => {
    if (!isPropertyBag(value)) return typeMismatch(value, 'an object', 'give an object');
    for (const key of Object.keys(shape)) {
      const given = value[key];
      const mismatch = given === undefined ? undefined : shape[key]!(given);
      if (mismatch !== undefined) return below(mismatch, `.${key}`);
    }
    return undefined;
  };
}

/** A class with factories; its constructor may be private. */
interface ValueClass {
  readonly name: string;
  readonly prototype: object;
}

/** A value of a class of this package. */
export function instanceOf(type: ValueClass, example: string): ValueKind {
  return (value) => {
    if (isInstance(value, type)) return undefined;
    return copyMismatch(value, type) ?? typeMismatch(value, `a value of ${type.name}`, `write it like ${example}`);
  };
}

/**
 * Rejects a value that another copy of this package made: its class is another one, although it looks the same.
 *
 * @throws ModelError `property.copy`
 */
export function checkCopy(value: unknown, type: ValueClass, owner: string | (() => string)): void {
  if (!isInstance(value, type)) checkValue(value, (given) => copyMismatch(given, type), owner);
}

function isInstance(value: unknown, { prototype }: ValueClass): boolean {
  return typeof value === 'object' && value !== null && Object.prototype.isPrototypeOf.call(prototype, value);
}

function copyMismatch(value: unknown, { name }: ValueClass): Mismatch | undefined {
  let prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : null;
  while (typeof prototype === 'object' && prototype !== null && prototype.constructor?.name !== name) {
    prototype = Object.getPrototypeOf(prototype);
  }
  if (prototype === null) return undefined;
  return {
    path: '',
    code: 'property.copy',
    problem: `is a value of ${name} of another copy of cdk8s-karmada`,
    fix: 'install one copy: run `npm dedupe`; `npm ls cdk8s-karmada` shows who needs which',
  };
}

/** A value of the first kind that accepts it. The last one describes what is wanted. */
export function either(...kinds: readonly [ValueKind, ...ValueKind[]]): ValueKind {
  return (value) => {
    let mismatch: Mismatch | undefined;
    for (const kind of kinds) {
      mismatch = kind(value);
      if (mismatch === undefined) return undefined;
    }
    return mismatch;
  };
}

/** Whether a value is a word of at most 253 characters. */
export function isName(value: unknown): value is string {
  return isWord(value) && value.length <= 253;
}

/** Whether a value is text of at least one character, without white space and control characters. */
export function isWord(value: unknown): value is string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
  return typeof value === 'string' && value !== '' && !/[\s\u0000-\u001f\u007f]/.test(value);
}

function typeMismatch(value: unknown, wanted: string, fix: string): Mismatch {
  return { path: '', code: 'property.type', problem: `must be ${wanted}, got ${quoted(value)}`, fix };
}

function notAnObject(value: unknown, known: readonly string[]): Mismatch {
  return typeMismatch(
    value,
    'an object',
    known.length > 0 ? `give an object with ${joinWords(known, 'or')}` : 'give an object',
  );
}

function unknownProperty(property: string, known: readonly string[]): Mismatch {
  const meant = nearMiss(property, known);
  const named = quoted(property);
  return {
    path: '',
    code: 'property.unknown',
    problem: `has no property ${named}`,
    fix: meant === undefined ? `use one of ${joinWords(known)}` : `write "${meant}" in place of ${named}`,
  };
}

function below(mismatch: Mismatch, step: string): Mismatch {
  const path = mismatch.path === '' || mismatch.path.startsWith('[') ? mismatch.path : `.${mismatch.path}`;
  return { ...mismatch, path: `${step}${path}`.replace(/^\./, '') };
}
