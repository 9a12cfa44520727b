import { Clusters } from '../../model/clusters';
import { Failover } from '../../model/failover';
import type { Fleet } from '../../model/fleet';
import { Override } from '../../model/override';
import { Placement } from '../../model/placement';
import { ResourceSelector } from '../../model/resource-selector';
import { Suspension } from '../../model/suspension';
import { Toleration } from '../../model/toleration';
import { ModelError } from '../../problem/model-error';
import { Chain, ConstantName, type LiteralValue } from '../print-typescript';

/** A Duration of cdk8s, as far as the model reads it. */
const Duration = {
  seconds: (seconds: number) => ({ toMilliseconds: () => seconds * 1000 }),
};

/** The values that expressions may name: those of the package, and a fleet. */
export type Names = Readonly<Record<string, unknown>>;

/** The names of this package that values are written with. */
export function namesWith(fleet: Fleet | undefined): Names {
  return {
    Clusters,
    Duration,
    Failover,
    Override,
    Placement,
    ResourceSelector,
    Suspension,
    Toleration,
    ...(fleet && { fleet }),
  };
}

/**
 * The value of an expression: the calls that it is printed as are made. So what a program will do is known before it is written.
 *
 * @throws ModelError as the called factories do
 */
export function evaluate(value: LiteralValue, names: Names): unknown {
  if (value instanceof ConstantName) return names[value.name];
  if (value instanceof Chain) {
    let current = names[value.root] as Readonly<Record<string, (...args: unknown[]) => unknown>>;
    for (const { method, args } of value.steps) {
      current = current[method]!(...args.map((arg) => evaluate(arg, names))) as typeof current;
    }
    return current;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: LiteralValue) => evaluate(item, names));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, names)]));
}

/** The value of an expression; undefined if a factory refuses it. */
export function valueIfSound(code: LiteralValue, names: Names): unknown {
  try {
    return evaluate(code, names);
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** The first of these expressions whose value passes. */
export function firstExact<Value>(
  codes: readonly (LiteralValue | undefined)[],
  names: Names,
  isExact: (value: Value) => boolean,
): LiteralValue | undefined {
  return codes.find((code) => {
    if (code === undefined) return false;
    const value = valueIfSound(code, names);
    return value !== undefined && isExact(value as Value);
  });
}
