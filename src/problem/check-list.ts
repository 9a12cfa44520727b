import { ModelError } from './model-error';
import { quoted } from './words';

/**
 * Refuses anything but a list, for authors in plain JavaScript: one item without brackets is the usual mistake.
 *
 * @param value - what the author handed over; undefined counts as absent
 * @param owner - what the list is, such as `ports of MultiClusterService "lab/expose"`
 * @throws ModelError `property.type`
 */
export function checkList(value: readonly unknown[] | undefined, owner: string): void {
  if (value === undefined || Array.isArray(value)) return;
  throw new ModelError(`${owner} must be a list, got ${quoted(value)}`, {
    code: 'property.type',
    fix: 'put it into square brackets, also when it is the only item',
  });
}
