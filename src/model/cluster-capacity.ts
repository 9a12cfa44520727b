import type { ResourceAmounts, ResourceModel, ResourceQuantity, ResourceSummary } from '../karmada/cluster';
import type { FieldSteps } from '../kubernetes/field-path';
import { parseAmount } from '../kubernetes/quantity';
import { Field } from './field';

/**
 * The resource summary of a cluster. Null counts as absent, and fields of newer releases are skipped.
 *
 * @param named - words for the place of a path: `fleet.yaml:4: cluster "member1"`
 * @throws ModelError `cluster.capacity` for anything that is not an amount or a number of nodes
 */
export function resourceSummaryFrom(
  value: unknown,
  path: FieldSteps,
  named: (path: FieldSteps) => string,
): ResourceSummary {
  const summary = capacityField(value, path, named);
  const modelings = summary
    .at('allocatableModelings')
    .items()
    .map((modeling) => ({ grade: wholeNumber(modeling.at('grade')), count: wholeNumber(modeling.at('count')) }));
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
  path: FieldSteps,
  named: (path: FieldSteps) => string,
): readonly ResourceModel[] {
  const models = capacityField(value ?? undefined, path, named).items();
  return models.map((model) => ({
    grade: wholeNumber(model.at('grade')),
    ranges: model
      .at('ranges')
      .items()
      .map((range) => {
        const max = range.at('max');
        return {
          name: resourceName(range.at('name')),
          min: quantity(range.at('min')),
          ...(max.value !== undefined && { max: quantity(max) }),
        };
      }),
  }));
}

function capacityField(value: unknown, path: FieldSteps, named: (path: FieldSteps) => string): Field {
  return new Field(value, path, {
    named,
    code: 'cluster.capacity',
    fix: 'write resourceModels and resourceSummary as `kubectl get clusters -o yaml` prints them, or omit both',
  });
}

function amountsIn(summary: Field, name: 'allocatable' | 'allocated' | 'allocating'): ResourceSummary {
  const amounts = summary.at(name);
  if (amounts.value === undefined) return {};
  const checked: Record<string, ResourceQuantity> = {};
  for (const resource of Object.keys(amounts.object())) checked[resource] = quantity(amounts.at(resource));
  return { [name]: checked satisfies ResourceAmounts };
}

function quantity(field: Field): ResourceQuantity {
  if (parseAmount(field.value) === undefined) throw field.mustBe('an amount such as 500m or 8Gi');
  return field.value as ResourceQuantity;
}

/** The API server omits 0. */
function wholeNumber(field: Field): number {
  const { value = 0 } = field;
  if (!Number.isSafeInteger(value)) throw field.mustBe('a whole number');
  return value as number;
}

function resourceName(field: Field): string {
  const { value } = field;
  if (typeof value !== 'string' || value === '') throw field.mustBe('the name of a resource');
  return value;
}
