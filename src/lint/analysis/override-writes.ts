import { fieldAt, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { OverrideStep } from '../../planner/override/apply-overrides';
import { overriderItems } from './override-traces';

/** A place that an overrider sets, whatever was there. */
export interface OverrideWrite {
  /** JSON pointer; below a text that holds fields of its own, or an image, the part behind it: `/…/image/Registry`. */
  readonly pointer: string;
  /** Index of the item, within its kind of overrider. */
  readonly index: number;
}

/** Places that a step of an override sets. What adds to a list, or to a text, takes nothing away from another. */
export function writesOf(step: OverrideStep): readonly OverrideWrite[] {
  const items = overriderItems(step);
  const { index } = step;
  const item = items[index];
  switch (step.step) {
    case 'plaintext':
      return items.flatMap((each, at) => plaintextWrite(each, at, step));
    case 'imageOverrider':
      return imageWrites(item, step).map((pointer) => ({ pointer, index }));
    case 'labelsOverrider':
    case 'annotationsOverrider': {
      const field = step.step === 'labelsOverrider' ? 'labels' : 'annotations';
      const keys = Object.keys(recordOf(fieldAt(item, 'value')) ?? {});
      return keys.map((key) => ({ pointer: `/metadata/${field}/${escaped(key)}`, index }));
    }
    case 'commandOverrider':
    case 'argsOverrider':
      return flagWrites(step.step === 'argsOverrider' ? 'args' : 'command', item).map((pointer) => ({
        pointer,
        index,
      }));
    case 'fieldOverrider':
      return [...listOf(fieldAt(item, 'json')), ...listOf(fieldAt(item, 'yaml'))].map((patch) => ({
        pointer: `${textOf(fieldAt(item, 'fieldPath'))}${textOf(fieldAt(patch, 'subPath'))}`,
        index,
      }));
    default:
      return step.step satisfies never;
  }
}

function plaintextWrite(item: unknown, index: number, { before }: OverrideStep): readonly OverrideWrite[] {
  const pointer = textOf(fieldAt(item, 'path'));
  const isAdd = fieldAt(item, 'operator') === 'add';
  const parent = valueAt(before, pointer.slice(0, pointer.lastIndexOf('/')));
  return isAdd && Array.isArray(parent) ? [] : [{ pointer, index }];
}

function imageWrites(item: unknown, { before }: OverrideStep): readonly string[] {
  if (fieldAt(item, 'operator') === 'add') return [];
  const component = textOf(fieldAt(item, 'component'));
  const predicate = textOf(fieldAt(item, 'predicate', 'path'));
  if (predicate !== '') return [`${predicate}/${component}`];
  const holder = before.kind === 'Pod' ? '/spec/containers' : '/spec/template/spec/containers';
  return listOf(valueAt(before, holder)).map((_, at) => `${holder}/${at}/image/${component}`);
}

/** Two policies that add one flag with different values: programs take the last one. */
function flagWrites(field: string, item: unknown): readonly string[] {
  if (fieldAt(item, 'operator') !== 'add') return [];
  const container = textOf(fieldAt(item, 'containerName'));
  return listOf(fieldAt(item, 'value')).flatMap((word) => {
    const flag = /^--?[\w.-]+/.exec(textOf(word))?.[0];
    return flag === undefined ? [] : [`${field} of container ${container}: ${flag}`];
  });
}

/** The value at a JSON pointer; undefined where it leads nowhere. */
export function valueAt(value: unknown, pointer: string): unknown {
  let current = value;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replace(/~1/g, '/').replace(/~0/g, '~');
    current = Array.isArray(current) ? current[Number(key)] : fieldAt(current, key);
  }
  return current;
}

function escaped(key: string): string {
  return key.replace(/~/g, '~0').replace(/\//g, '~1');
}
