import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { podTemplateOf } from '../../kubernetes/pod-template';
import { joinWords } from '../../problem/words';
import type { Said } from '../analysis/idle-overriders';
import type { OverriderItem } from '../analysis/override-traces';
import { definePlanRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/overridemanager/commandargsoverride.go, overrideCommandArgs */
export const noPartialArgsRemoval = definePlanRule({
  id: 'no-partial-args-removal',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P58'],
  summary: 'An override that removes arguments removes complete options and nothing else.',
  rationale:
    'remove deletes every element that equals one of the values, at any position; a flag and its value are two elements',
  check({ overrideTraces, report }) {
    for (const entry of overrideTraces.items) {
      const { step } = entry.step;
      if ((step !== 'argsOverrider' && step !== 'commandOverrider') || fieldAt(entry.item, 'operator') !== 'remove')
        continue;
      const said = partial(entry, step === 'argsOverrider' ? 'args' : 'command');
      if (said) report({ at: entry.step.policy.manifest, path: entry.path, ...said });
    }
  },
});

function partial({ item, uses }: OverriderItem, field: 'args' | 'command'): Said | undefined {
  const container = textOf(fieldAt(item, 'containerName'));
  const removed = listOf(fieldAt(item, 'value')).map(textOf);
  for (const { trace, step } of uses) {
    const words = wordsOf(step.before, container, field);
    if (words === undefined) continue;
    const about = { key: trace.template.key, container, field };
    const said = orphan(words, removed, about) ?? elsewhere(words, removed, about);
    if (said) return said;
  }
  return absent({ uses, container, removed, field });
}

interface About {
  readonly key: string;
  readonly container: string;
  readonly field: string;
}

/** Flags that take no value. */
const alone =
  /^--?(?:no-|enable-|disable-|skip-|allow-|with-|without-)|(?:debug|verbose|quiet|insecure|dry-run|help|version|force|trace|once|daemon|foreground|watch)$|^-[vqdhfk]$/;

/** A flag is removed, but its value is left. */
function orphan(
  words: readonly string[],
  removed: readonly string[],
  { key, container, field }: About,
): Said | undefined {
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    if (!removed.includes(word) || !/^--?[a-zA-Z]/.test(word) || word.includes('=') || alone.test(word)) continue;
    if (next === undefined || next.startsWith('-') || removed.includes(next)) continue;
    return {
      message: `removes "${word}" from the ${field} of container "${container}" of ${key}, but leaves its value "${next}"`,
      fix: `remove "${next}" as well, in the same list`,
    };
  }
  return undefined;
}

/** The removed value also belongs to another flag. */
function elsewhere(
  words: readonly string[],
  removed: readonly string[],
  { key, container, field }: About,
): Said | undefined {
  for (const [index, word] of words.entries()) {
    const before = words[index - 1] ?? '';
    if (!removed.includes(word) || word.startsWith('-') || removed.includes(before)) continue;
    if (!/^--?[a-zA-Z]/.test(before) || before.includes('=') || words.indexOf(word) === words.lastIndexOf(word))
      continue;
    return {
      message: `removes "${word}" from the ${field} of container "${container}" of ${key} at every position, including after "${before}"`,
      fix: `set the ${field} with a plaintext overrider, which replaces the whole list`,
    };
  }
  return undefined;
}

/** Values that no container with this name has. */
function absent({
  uses,
  container,
  removed,
  field,
}: {
  uses: OverriderItem['uses'];
  container: string;
  removed: readonly string[];
  field: 'args' | 'command';
}): Said | undefined {
  const lists = uses.flatMap(({ step }) => {
    const words = wordsOf(step.before, container, field);
    return words ? [words] : [];
  });
  const missing = removed.filter((word) => !lists.some((words) => words.includes(word)));
  if (lists.length === 0 || missing.length === 0) return undefined;
  const key = uses[0]?.trace.template.key ?? '';
  return {
    ...(missing.length < removed.length && { severity: 'info' }),
    message: `removes ${joinWords(
      missing.map((word) => `"${word}"`),
      'and',
    )} from the ${field} of container "${container}" of ${key}, which does not have ${missing.length === 1 ? 'it' : 'them'}`,
    fix: `write each element as it is in the list: ${joinWords((lists[0] ?? []).map((word) => `"${word}"`)) || 'there is none'}`,
  };
}

function wordsOf(object: KubernetesObject, name: string, field: 'args' | 'command'): readonly string[] | undefined {
  const containers = listOf(podTemplateOf(object)?.spec['containers']);
  const container = containers.find((each) => fieldAt(each, 'name') === name);
  return container === undefined ? undefined : listOf(fieldAt(container, field)).map(textOf);
}
