import { finalizerCauses, ownerCauses } from '../../kubernetes/metadata';
import { dnsLabelProblems } from '../../kubernetes/names';
import { type KubernetesObject, kindKey } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import type { Cause } from '../cause';
import { explain } from '../schema/explain';
import { isPlainlyValid } from '../schema/plainly-valid';
import { withoutNulls } from '../schema/stored-form';
import type { KindDefinition } from '../schema/tables';
import { schemaProblems } from '../schema/validator';
import { Faults } from './faults';
import { rulesOf } from './rules';

/**
 * Why an API server refuses one of Kubernetes' own kinds on create, with strict field validation: first what it cannot
 * decode, then what its validation finds.
 *
 * @see Kubernetes v1.36 pkg/apis, and pkg/registry of each kind
 */
export function coreCauses(object: KubernetesObject, definition: KindDefinition): readonly Cause[] {
  const plain = isPlainlyValid(definition, object);
  const decoded = plain ? object : withoutNulls(object, definition.schema);
  const structure = plain || isPlainlyValid(definition, decoded) ? [] : structureCauses(decoded, definition);
  // Validation reads decoded objects only.
  if (structure.some(({ code }) => isUndecodable(code))) return structure;
  const faults = new Faults();
  metadataFaults(decoded, definition, faults);
  rulesOf(decoded)?.(decoded, faults);
  if (structure.length === 0 && faults.found.length === 0) return [];
  const told = new Set(structure.map(({ path }) => path));
  const rest = faults.found
    .filter(({ path }) => !told.has(path))
    .map((fault): Cause => ({ why: 'the API server refuses the object', ...fault, layer: 'admission' }));
  return [...structure, ...rest];
}

function structureCauses(object: KubernetesObject, definition: KindDefinition): readonly Cause[] {
  const causes = explain(schemaProblems(definition, object), { object, definition });
  const unvalidated = kindKey(object) === 'apps/v1 StatefulSet' ? 'spec.template.spec.' : undefined;
  return causes.filter(
    ({ path, code }) =>
      !isSyntaxOfMetadata(path) && (unvalidated === undefined || !path.startsWith(unvalidated) || isUndecodable(code)),
  );
}

/** Reported by the check that all kinds share. */
function isSyntaxOfMetadata(path: string): boolean {
  return /^metadata\.(labels|annotations)[.[]/.test(path);
}

function isUndecodable(code: string): boolean {
  return code === 'wrong-type' || code === 'unknown-field' || code === 'unreadable-value';
}

function metadataFaults(object: KubernetesObject, definition: KindDefinition, faults: Faults): void {
  const { metadata } = object;
  if (!metadata) return;
  const { namespace } = metadata;
  if (definition.scope === 'Namespaced' && namespace) {
    for (const problem of dnsLabelProblems(namespace)) {
      faults.invalid('metadata.namespace', `${quoted(namespace)} ${problem}`, 'use the name of a namespace');
    }
  }
  const owners = metadata['ownerReferences'] as Parameters<typeof ownerCauses>[0] | undefined;
  if (owners) faults.addAll(ownerCauses(owners));
  const finalizers = metadata['finalizers'] as readonly string[] | undefined;
  if (!finalizers) return;
  faults.addAll(finalizerCauses(finalizers));
  finalizers.forEach((finalizer, index) => {
    if (finalizer.includes('/') || standardFinalizers.includes(finalizer)) return;
    faults.invalid(
      `metadata.finalizers[${index}]`,
      `${quoted(finalizer)} has no domain`,
      'use a name like example.com/cleanup',
    );
  });
}

/** Finalizers of Kubernetes itself that need no domain. */
const standardFinalizers: readonly string[] = ['kubernetes', 'orphan', 'foregroundDeletion'];
