import type { CommandArgsOverriderSpec } from '../karmada/policy-spec';
import { specProperties } from '../karmada/policy-spec';
import { dnsLabelProblems } from '../kubernetes/names';
import { checkOneOf, checkProperties } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/** Changes of the command or the arguments of a container. */
export interface CommandOverride {
  /** Name of the container. Init containers are not supported by Karmada. */
  readonly container: string;
  /** Words to remove, at any position. Applied before `add`. @default - none */
  readonly remove?: readonly string[];
  /** Words to append. @default - none */
  readonly add?: readonly string[];
}

/** The overriders for a manifest: remove, then add. */
export function commandOverriders(change: CommandOverride, owner: string): CommandArgsOverriderSpec[] {
  checkProperties(change, ['container', 'add', 'remove'], owner);
  const { container: containerName, add, remove } = change;
  if (add === undefined && remove === undefined) refuseEmpty(owner);
  return [
    ...(remove === undefined ? [] : [{ containerName, operator: 'remove', value: remove }]),
    ...(add === undefined ? [] : [{ containerName, operator: 'add', value: add }]),
  ];
}

/**
 * Rejects an overrider of command or arguments that Karmada rejects or that has no effect.
 *
 * @throws ModelError `override.command`, `override.empty`, `property.…`
 * @see Karmada v1.18.2 pkg/util/overridemanager/commandargsoverride.go
 */
export function checkCommandOverrider(overrider: CommandArgsOverriderSpec, owner: string): void {
  checkProperties(overrider, specProperties.CommandArgsOverriderSpec, owner);
  const { containerName, operator, value } = overrider;
  checkOneOf(operator, ['add', 'remove'], `${owner}: operator`);
  if (typeof containerName !== 'string' || dnsLabelProblems(containerName).length > 0) {
    throw new ModelError(`${owner}: ${quoted(containerName)} cannot be the name of a container`, {
      code: 'override.command',
      fix: 'give the name of the container in the pod template',
    });
  }
  if (value === undefined || (Array.isArray(value) && value.length === 0)) refuseEmpty(`${owner}: ${operator}`);
  if (Array.isArray(value) && value.every((word) => typeof word === 'string')) return;
  throw new ModelError(`${owner}: ${operator} must be a list of strings, got ${quoted(value)}`, {
    code: 'override.command',
    fix: 'write each word as a separate string, such as ["--log-level", "debug"]',
  });
}

function refuseEmpty(owner: string): never {
  throw new ModelError(`${owner} changes nothing`, {
    code: 'override.empty',
    fix: 'give the words to add or to remove',
  });
}
