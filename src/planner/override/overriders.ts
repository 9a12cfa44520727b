import type {
  CommandArgsOverriderSpec,
  FieldOverriderSpec,
  ImageOverriderSpec,
  LabelAnnotationOverriderSpec,
  OverridersSpec,
  PlaintextOverriderSpec,
} from '../../karmada/policy-spec';
import type { KubernetesObject } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import { commandArgsOperations } from './command-args-overrider';
import { overrideField } from './field-overrider';
import { imageOperations } from './image-overrider';
import { overrideLabelsOrAnnotations } from './labels-annotations-overrider';
import { patchObject } from './patch-object';

/** The kinds of overriders, by their field. */
export type OverriderName = keyof OverridersSpec;

/** Changes an object. @throws PatchFailure if it does not apply */
type Change = (object: KubernetesObject) => KubernetesObject;

/** One kind of overrider: the changes of its items, in order. */
interface OverriderStep {
  readonly name: OverriderName;
  readonly apply: (items: readonly Readonly<Record<string, unknown>>[]) => readonly Change[];
}

function eachItem<Spec>(
  name: OverriderName,
  apply: (object: KubernetesObject, item: Spec) => KubernetesObject,
): OverriderStep {
  return { name, apply: (items) => items.map((item) => (object) => apply(object, item as Spec)) };
}

/**
 * The overriders of a rule, in the order in which Karmada applies them, which does not depend on the policy.
 *
 * @see Karmada v1.18.2 pkg/util/overridemanager/overridemanager.go, applyPolicyOverriders
 */
export const overriderSteps: readonly OverriderStep[] = [
  eachItem<ImageOverriderSpec>('imageOverrider', (object, item) => patchObject(object, imageOperations(object, item))),
  eachItem<CommandArgsOverriderSpec>('commandOverrider', (object, item) =>
    patchObject(object, commandArgsOperations(object, 'command', item)),
  ),
  eachItem<CommandArgsOverriderSpec>('argsOverrider', (object, item) =>
    patchObject(object, commandArgsOperations(object, 'args', item)),
  ),
  eachItem<LabelAnnotationOverriderSpec>('labelsOverrider', (object, item) =>
    overrideLabelsOrAnnotations(object, 'labels', item),
  ),
  eachItem<LabelAnnotationOverriderSpec>('annotationsOverrider', (object, item) =>
    overrideLabelsOrAnnotations(object, 'annotations', item),
  ),
  eachItem<FieldOverriderSpec>('fieldOverrider', (object, item) => overrideField(object, item)),
  {
    name: 'plaintext',
    apply: (items) => [
      (object) =>
        patchObject(
          object,
          (items as unknown as readonly PlaintextOverriderSpec[]).map(({ path, operator, value }) => ({
            op: textOf(operator),
            path: textOf(path),
            value,
          })),
        ),
    ],
  },
];
