import { ModelError } from '../problem/model-error';
import { parseYaml, type YamlDocument } from './parse';

/**
 * The documents of a text that the user wrote for this package, without empty ones.
 *
 * @param code - of the error
 * @throws ModelError with the line of a mistake, also of a repeated key
 */
export function parseDocuments(text: string, code: string): readonly YamlDocument[] {
  const { documents, problems } = parseYaml(text);
  const broken = problems.find((problem) => problem.severity === 'error' || problem.code === 'yaml.duplicate-key');
  if (broken !== undefined) throw new ModelError(`line ${broken.line}: ${broken.message}`, { code, fix: broken.fix });
  return documents.filter(({ value }) => value !== null);
}
