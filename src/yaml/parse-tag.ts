import type { Json } from './json';
import { problems, YamlSyntaxProblem } from './parse-problem';
import { resolvePlain } from './parse-scalar';

/**
 * The value of a scalar with a tag, such as `!!str 1`.
 *
 * @param tag - in short form; `!` and tags that YAML does not define mean text
 * @throws YamlSyntaxProblem `yaml.tag` if the text is not a value of this type
 * @see go-yaml v2 resolve.go
 */
export function resolveTagged(tag: string, text: string, offset: number): Json {
  const refused = () => new YamlSyntaxProblem(offset, problems.tag(tag));
  switch (tag) {
    case '!!binary':
      if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replace(/[\r\n]/g, ''))) {
        throw refused();
      }
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
      );
    case '!!null':
    case '!!bool':
    case '!!int':
    case '!!float': {
      const value = resolvePlain(text);
      const isFloat = typeof value === 'number' && /[.eE]/.test(text) && !/^[-+]?0[xX]/.test(text);
      const found =
        value === null
          ? '!!null'
          : typeof value === 'boolean'
            ? '!!bool'
            : typeof value === 'string'
              ? '!!str'
              : isFloat
                ? '!!float'
                : '!!int';
      if (found !== tag && !(tag === '!!float' && found === '!!int')) throw refused();
      if (typeof value === 'number' && !Number.isFinite(value)) {
        throw new YamlSyntaxProblem(offset, problems.notFinite(text));
      }
      return value;
    }
    default:
      return text;
  }
}
