import { fieldPath } from '../kubernetes/field-path';
import { ModelError } from '../problem/model-error';
import { isRecord } from '../problem/record';
import { parseDocuments } from '../yaml/parse-documents';

/** An entry of a contracts file, with its line as the start of a message. */
export interface ContractEntry {
  readonly value: unknown;
  readonly place: string;
  readonly line: number;
}

/**
 * The entries of a contracts file.
 *
 * @throws ModelError with the line of the mistake
 */
export function contractEntries(text: string): ContractEntry[] {
  const [first, ...more] = parseDocuments(text, 'contract.syntax');
  const list = isRecord(first?.value) ? first.value['contracts'] : undefined;
  // Editors read the address of the schema.
  const others = Object.keys(isRecord(first?.value) ? first.value : {}).filter((property) => property !== '$schema');
  if (!first || more.length > 0 || !Array.isArray(list) || others.length > 1) {
    throw new ModelError('a contracts file has one property "contracts", with a list', {
      code: 'contract.shape',
      fix: 'write `contracts:` and below it entries such as `- { on: Deployment/shop/web, keep: 2, losing: cluster }`',
    });
  }
  return list.map((value, index) => {
    const { line } = first.locate(fieldPath(['contracts', index]));
    return { value: withSubject(value), place: `line ${line}: `, line };
  });
}

/** kubectl reads a bare `on` as true, also as the key of a map. */
function withSubject(value: unknown): unknown {
  if (!isRecord(value) || 'on' in value || !('true' in value)) return value;
  const { true: on, ...claims } = value;
  return { on, ...claims };
}
