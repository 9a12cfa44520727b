import type { Size } from 'cdk8s';
import { parseQuantity, startsWithDigit } from '../kubernetes/quantity';
import { ModelError } from '../problem/model-error';
import { isPropertyBag, isRecord } from '../problem/record';
import { quoted } from '../problem/words';

/**
 * An amount of a resource: a number of whole units (`2`), Kubernetes' text (`'500m'`, `'4Gi'`), a cdk8s `Size`,
 * or a `Cpu` of cdk8s-plus.
 */
export type Quantity = number | string | Size | { readonly amount: string };

/** Amounts by resource name: `{ cpu: '500m', memory: Size.gibibytes(4), pods: 20 }`. */
export type ResourceQuantities = Readonly<Record<string, Quantity>>;

/**
 * An amount for a manifest.
 *
 * @param owner - what the amount belongs to, such as `overall.cpu`
 * @returns a number for whole units given as a number, otherwise Kubernetes' text
 * @throws ModelError `quantity.syntax` for an invalid amount, `quantity.negative` for a negative one
 */
export function quantitySpec(quantity: Quantity, owner: string): number | string {
  const written = writtenForm(quantity);
  if (!startsWithDigit(written) || parseQuantity(written) === undefined) {
    throw new ModelError(`${owner} must be a quantity, got ${quoted(quantity)}`, {
      code: 'quantity.syntax',
      fix: "write a number with an optional unit, such as '500m', 2 or '4Gi', or a Size of cdk8s",
    });
  }
  if (String(written).startsWith('-')) {
    throw new ModelError(`${owner} must not be negative, got ${quoted(quantity)}`, {
      code: 'quantity.negative',
      fix: 'write 0 or more',
    });
  }
  return written as number | string;
}

/**
 * Amounts by resource for a manifest.
 *
 * @throws ModelError `quantity.…`, and `property.type` for anything but an object
 */
export function quantitiesSpec(quantities: ResourceQuantities, owner: string): Record<string, number | string> {
  if (!isPropertyBag(quantities)) {
    throw new ModelError(`${owner} must name amounts by resource, got ${quoted(quantities)}`, {
      code: 'property.type',
      fix: "write them like { cpu: 2, memory: '4Gi' }",
    });
  }
  const written = Object.entries(quantities).filter(([, quantity]) => quantity !== undefined);
  return Object.fromEntries(
    written.map(([resource, quantity]) => [resource, quantitySpec(quantity, `${owner}.${resource}`)]),
  );
}

/** Fractions become text, because the schemas accept only integers and text. */
function writtenForm(quantity: unknown): number | string | undefined {
  if (typeof quantity === 'number') return Number.isSafeInteger(quantity) ? quantity : String(quantity);
  if (typeof quantity === 'string') return quantity;
  if (!isRecord(quantity)) return undefined;
  const { amount, asString } = quantity as { amount?: unknown; asString?: unknown };
  if (typeof asString === 'function') return String(asString.call(quantity));
  return typeof amount === 'string' ? amount : undefined;
}
