import type * as Yaml from 'yaml';
import { resolvePlainKey } from '../../yaml/parse';

/**
 * YAML text with only the last of repeated keys, as Karmada's YAML library reads it. The rest of the text keeps its
 * meaning, but not its layout.
 *
 * @see go.yaml.in/yaml/v2 v2.4 decode.go, where the last key wins unless decoding is strict
 */
export function withoutRepeatedKeys(text: string): string {
  const { parseDocument, visit } = require('yaml') as typeof Yaml;
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  visit(document, {
    Map(_, map) {
      const last = new Map(map.items.map(({ key }, i) => [nameOf(key), i]));
      map.items = map.items.filter(({ key }, i) => nameOf(key) === '<<' || last.get(nameOf(key)) === i);
    },
  });
  return String(document);
}

/** Keys with different spellings can be equal: `y` and `on` are both `true`. */
function nameOf(key: unknown): string {
  const { value, type } = (key ?? {}) as Partial<Yaml.Scalar>;
  const written = String(value ?? '');
  return type === 'PLAIN' ? (resolvePlainKey(written) ?? written) : written;
}
