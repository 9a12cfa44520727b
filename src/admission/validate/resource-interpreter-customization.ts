import { child } from '../../kubernetes/field-path';
import type { KubernetesObject } from '../../kubernetes/object';
import { type FieldProblem, fieldProblem } from '../../problem/problem';
import { luaProblem } from '../kubernetes/lua';
import type { Review } from '../review';

interface Script {
  readonly luaScript?: string;
}

/** Operations of a customization by the field of their script, in Karmada's order. */
const operations = {
  retention: 'Retain',
  replicaResource: 'InterpretReplica',
  componentResource: 'InterpretComponent',
  replicaRevision: 'ReviseReplica',
  statusReflection: 'InterpretStatus',
  statusAggregation: 'AggregateStatus',
  healthInterpretation: 'InterpretHealth',
  dependencyInterpretation: 'InterpretDependency',
} as const;

type OperationField = keyof typeof operations;

interface CustomizationSpec {
  readonly target?: { readonly apiVersion?: string; readonly kind?: string };
  readonly customizations?: Readonly<Partial<Record<OperationField, Script>>>;
}

export type ResourceInterpreterCustomizationObject = KubernetesObject & { readonly spec?: CustomizationSpec };

/**
 * Why Karmada's webhook rejects a ResourceInterpreterCustomization.
 *
 * @see Karmada v1.18.2 pkg/webhook/resourceinterpretercustomization/helper.go
 */
export function* resourceInterpreterCustomizationCauses(
  review: Review<ResourceInterpreterCustomizationObject>,
): Iterable<FieldProblem> {
  const { target, customizations } = review.object.spec ?? {};
  const rivals = review.others.filter((other) =>
    isRival(other, review.object),
  ) as ResourceInterpreterCustomizationObject[];
  for (const [field, operation] of Object.entries(operations) as [OperationField, string][]) {
    const script = customizations?.[field]?.luaScript ?? '';
    if (script === '') continue;
    const path = child('spec.customizations', field);
    // Karmada combines the dependencies of several customizations.
    const rival =
      field === 'dependencyInterpretation' ? undefined : rivals.find((other) => scriptOf(other, field) !== '');
    if (rival) {
      yield fieldProblem(
        'one-interpreter',
        path,
        `${rival.metadata?.name} already defines ${operation} for ${target?.apiVersion} ${target?.kind}`,
        `remove ${field} here or there`,
      );
    }
    const problem = luaProblem(script);
    if (problem !== undefined) {
      yield fieldProblem(
        'lua-syntax',
        child(path, 'luaScript'),
        `is not valid Lua: ${problem}`,
        'correct the script; Karmada runs Lua 5.1',
      );
    }
  }
}

/** Another customization of the same kind of resource. */
function isRival(other: KubernetesObject, object: ResourceInterpreterCustomizationObject): boolean {
  if (other.kind !== object.kind || other.apiVersion !== object.apiVersion) return false;
  if ((other.metadata?.name ?? '') === (object.metadata?.name ?? '')) return false;
  const [one, two] = [(other as ResourceInterpreterCustomizationObject).spec?.target, object.spec?.target];
  return (one?.apiVersion ?? '') === (two?.apiVersion ?? '') && (one?.kind ?? '') === (two?.kind ?? '');
}

function scriptOf(object: ResourceInterpreterCustomizationObject, field: OperationField): string {
  return object.spec?.customizations?.[field]?.luaScript ?? '';
}
