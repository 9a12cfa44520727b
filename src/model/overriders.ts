import type { OverridersSpec } from '../karmada/policy-spec';
import { frozen } from '../kubernetes/freeze';
import { checkedList, checkProperties } from '../problem/check-properties';
import { checkCommandOverrider } from './override-command';
import { checkImageOverrider } from './override-image';
import { checkMetadataOverrider } from './override-metadata';
import { checkFieldOverrider, checkPlaintext } from './override-patch';

/** The kinds of overriders, in the order Karmada applies them. */
export const overriderKinds = [
  'imageOverrider',
  'commandOverrider',
  'argsOverrider',
  'labelsOverrider',
  'annotationsOverrider',
  'fieldOverrider',
  'plaintext',
] as const;

/**
 * A frozen copy of overriders, without empty lists.
 *
 * @throws ModelError for what Karmada rejects, and for what can never work
 */
export function checkedOverriders(overriders: OverridersSpec): OverridersSpec {
  checkProperties(overriders, overriderKinds, 'overriders');
  for (const kind of overriderKinds) checkedList<unknown>(overriders[kind], `overriders: ${kind}`);
  overriders.imageOverrider?.forEach(checkImageOverrider);
  overriders.commandOverrider?.forEach((one) => {
    checkCommandOverrider(one, 'command override');
  });
  overriders.argsOverrider?.forEach((one) => {
    checkCommandOverrider(one, 'args override');
  });
  overriders.labelsOverrider?.forEach((one) => {
    checkMetadataOverrider(one, 'labels');
  });
  overriders.annotationsOverrider?.forEach((one) => {
    checkMetadataOverrider(one, 'annotations');
  });
  overriders.fieldOverrider?.forEach(checkFieldOverrider);
  overriders.plaintext?.forEach(checkPlaintext);
  const present = overriderKinds.filter((kind) => (overriders[kind]?.length ?? 0) > 0);
  return frozen(Object.fromEntries(present.map((kind) => [kind, overriders[kind]])) as OverridersSpec);
}
