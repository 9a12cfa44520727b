import type { ResourceAmounts, ResourceModel, ResourceQuantity, ResourceSummary } from '../karmada/cluster';
import { fieldPath } from '../kubernetes/field-path';
import { parseAmount } from '../kubernetes/quantity';
import { isRecord } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { quoted } from '../problem/words';

/** The path of a value in its file. */
type Path = readonly (string | number)[];

/** A value with its path, and the words that name its cluster and place. */
interface Field {
  readonly value: unknown;
  readonly path: Path;
  readonly owner: (path: Path) => string;
}

/**
 * The resource summary of a cluster. Null counts as absent, and fields of newer releases are skipped.
 *
 * @param owner - words for the place of a path: `fleet.yaml:4: cluster "member1"`
 * @throws ModelError `cluster.capacity` for anything that is not an amount or a number of nodes
 */
export function resourceSummaryFrom(value: unknown, path: Path, owner: (path: Path) => string): ResourceSummary {
  const summary: Field = { value, path, owner };
  const modelings = listIn(summary, 'allocatableModelings').map((modeling) => ({
    grade: wholeIn(modeling, 'grade'),
    count: wholeIn(modeling, 'count'),
  }));
  return {
    ...amountsIn(summary, 'allocatable'),
    ...amountsIn(summary, 'allocated'),
    ...amountsIn(summary, 'allocating'),
    ...(modelings.length > 0 && { allocatableModelings: modelings }),
  };
}

/**
 * The resource models of a cluster.
 *
 * @throws ModelError `cluster.capacity` for a grade or an amount that is not one
 */
export function resourceModelsFrom(
  value: unknown,
  path: Path,
  owner: (path: Path) => string,
): readonly ResourceModel[] {
  return itemsOf({ value, path, owner }).map((model) => ({
    grade: wholeIn(model, 'grade'),
    ranges: listIn(model, 'ranges').map((range) => {
      const max = fieldIn(range, 'max');
      return {
        name: textIn(range, 'name'),
        min: quantityOf(fieldIn(range, 'min')),
        ...(max.value !== undefined && { max: quantityOf(max) }),
      };
    }),
  }));
}

function amountsIn(summary: Field, name: 'allocatable' | 'allocated' | 'allocating'): ResourceSummary {
  const amounts = fieldIn(summary, name);
  if (amounts.value === undefined) return {};
  const checked: Record<string, ResourceQuantity> = {};
  for (const resource of Object.keys(recordIn(amounts))) checked[resource] = quantityOf(fieldIn(amounts, resource));
  return { [name]: checked satisfies ResourceAmounts };
}

function quantityOf(field: Field): ResourceQuantity {
  if (parseAmount(field.value) === undefined) throw unusable(field, 'an amount such as 500m or 8Gi');
  return field.value as ResourceQuantity;
}

function wholeIn(holder: Field, name: string): number {
  const field = fieldIn(holder, name);
  // The API server omits 0.
  if (field.value === undefined) return 0;
  if (!Number.isSafeInteger(field.value)) throw unusable(field, 'a whole number');
  return field.value as number;
}

function textIn(holder: Field, name: string): string {
  const field = fieldIn(holder, name);
  if (typeof field.value !== 'string' || field.value === '') throw unusable(field, 'the name of a resource');
  return field.value;
}

function listIn(holder: Field, name: string): readonly Field[] {
  return itemsOf(fieldIn(holder, name));
}

function itemsOf(list: Field): readonly Field[] {
  const { value, path, owner } = list;
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unusable(list, 'a list');
  return value.map((item: unknown, index) => ({ value: item, path: [...path, index], owner }));
}

/** Null is absent, as for the API server. */
function fieldIn(holder: Field, name: string): Field {
  const record = recordIn(holder);
  const value = Object.hasOwn(record, name) ? (record[name] ?? undefined) : undefined;
  return { value, path: [...holder.path, name], owner: holder.owner };
}

function recordIn(field: Field): Readonly<Record<string, unknown>> {
  if (!isRecord(field.value)) throw unusable(field, 'an object');
  return field.value;
}

function unusable({ value, path, owner }: Field, wanted: string): ModelError {
  return new ModelError(`${owner(path)}: ${fieldPath(path)} must be ${wanted}, got ${quoted(value)}`, {
    code: 'cluster.capacity',
    fix: 'write resourceModels and resourceSummary as `kubectl get clusters -o yaml` prints them, or omit both',
  });
}
