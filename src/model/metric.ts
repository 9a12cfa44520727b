import type { LabelSelectorSpec } from '../kubernetes/object';
import { checkProperties, checkWholeNumber } from '../problem/check-properties';
import { ModelError } from '../problem/model-error';
import { anything, checkValue, isName, name, objectOf, type ShapeOf } from '../problem/value-kinds';
import { quoted } from '../problem/words';
import { checkedLabelSelector } from './label-selector';
import { type Quantity, quantitySpec } from './resource-amount';

/** Target of a resource metric: a percentage of the pods' requests, or an amount for each pod. */
export type ResourceTarget =
  | {
      /** Percent of the request, averaged over the pods; may be above 100. */
      readonly averageUtilization: number;
    }
  | PodsTarget;

/** Target of a metric of pods. */
export interface PodsTarget {
  /** Amount for each pod. */
  readonly averageValue: Quantity;
}

/** Target of a metric of an object: its value, or its value divided by the number of pods. */
export type ObjectTarget =
  | {
      /** The value itself. */
      readonly value: Quantity;
    }
  | PodsTarget;

/** An object that a metric describes. */
export interface DescribedObject {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
}

/** `spec.metrics[]` of a FederatedHPA. */
export interface MetricSpec {
  readonly type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object';
  readonly [source: string]: unknown;
}

/**
 * A metric that a FederatedHPA scales by, aggregated over all member clusters. Immutable.
 * External metrics are not supported, because Karmada rejects them.
 *
 * @example
 * ```ts
 * Metric.resource('cpu', { averageUtilization: 80 })
 * Metric.pods('http_requests_per_second', { averageValue: 100 })
 * ```
 * @see Karmada v1.18.2 pkg/util/lifted/validatingfhpa.go
 */
export class Metric {
  /**
   * Resource usage of the pods, such as `cpu` or `memory`.
   *
   * @throws ModelError `metric.name`, `metric.target`, `quantity.…`
   */
  static resource(name: string, target: ResourceTarget): Metric {
    const at = `Metric.resource ${quoted(name)}`;
    return new Metric('Resource', {
      name: named(name, at),
      target: targetSpec(target, ['averageUtilization', 'averageValue'], at),
    });
  }

  /**
   * Resource usage of one container of each pod.
   *
   * @throws ModelError `metric.name`, `metric.target`, `quantity.…`
   */
  static containerResource(container: string, name: string, target: ResourceTarget): Metric {
    const at = `Metric.containerResource ${quoted(name)}`;
    return new Metric('ContainerResource', {
      name: named(name, at),
      container: named(container, at),
      target: targetSpec(target, ['averageUtilization', 'averageValue'], at),
    });
  }

  /**
   * A metric that each pod reports.
   *
   * @param selector - labels that narrow the metric; @default - no selector
   * @throws ModelError `metric.name`, `metric.target`, `quantity.…`, `selector.…`
   */
  static pods(name: string, target: PodsTarget, selector?: LabelSelectorSpec): Metric {
    const at = `Metric.pods ${quoted(name)}`;
    return new Metric('Pods', {
      metric: metricIdentifier(name, selector, at),
      target: targetSpec(target, ['averageValue'], at),
    });
  }

  /**
   * A metric of one object, such as an Ingress.
   *
   * @param selector - labels that narrow the metric; @default - no selector
   * @throws ModelError `metric.name`, `metric.target`, `quantity.…`, `selector.…`
   */
  static object(described: DescribedObject, name: string, target: ObjectTarget, selector?: LabelSelectorSpec): Metric {
    const at = `Metric.object ${quoted(name)}`;
    checkValue(described, describedObject, `the object of ${at}`);
    const { apiVersion, kind, name: objectName } = described;
    return new Metric('Object', {
      describedObject: {
        ...(apiVersion !== undefined && { apiVersion }),
        kind: named(kind, at),
        name: named(objectName, at),
      },
      metric: metricIdentifier(name, selector, at),
      target: targetSpec(target, ['value', 'averageValue'], at),
    });
  }

  private constructor(
    private readonly type: MetricSpec['type'],
    private readonly source: object,
  ) {
    Object.freeze(this);
  }

  /** The metric for a manifest. */
  toSpec(): MetricSpec {
    const { type } = this;
    return { type, [`${type.charAt(0).toLowerCase()}${type.slice(1)}`]: this.source };
  }
}

const describedObject = objectOf({
  apiVersion: name,
  kind: anything,
  name: anything,
} satisfies ShapeOf<DescribedObject>);

type TargetField = 'averageUtilization' | 'averageValue' | 'value';

const targetTypes = { averageUtilization: 'Utilization', averageValue: 'AverageValue', value: 'Value' } as const;

function targetSpec(given: unknown, allowed: readonly TargetField[], owner: string): object {
  checkProperties(given, allowed, `target of ${owner}`);
  const target = given as Readonly<Record<string, unknown>>;
  const [field, ...others] = allowed.filter((one) => target[one] !== undefined);
  if (field === undefined || others.length > 0) {
    throw new ModelError(
      `target of ${owner} must have one of ${allowed.join(', ')}, has ${field === undefined ? 'none' : [field, ...others].join(' and ')}`,
      {
        code: 'metric.target',
        fix: `give only ${allowed.join(' or ')}`,
      },
    );
  }
  const type = targetTypes[field];
  if (field === 'averageUtilization') {
    checkWholeNumber(target[field], { atLeast: 1 }, `averageUtilization of ${owner}`);
    return { type, [field]: target[field] };
  }
  const amount = quantitySpec(target[field] as Quantity, `${field} of ${owner}`);
  if (/^\+?[0.]+\D*$/.test(String(amount))) {
    throw new ModelError(`${field} of ${owner} must be above 0, got ${quoted(target[field])}`, {
      code: 'metric.target',
      fix: 'give a positive amount',
    });
  }
  return { type, [field]: amount };
}

function metricIdentifier(name: string, selector: LabelSelectorSpec | undefined, owner: string): object {
  return {
    name: named(name, owner),
    ...(selector !== undefined && { selector: checkedLabelSelector(selector, owner) }),
  };
}

function named(name: unknown, owner: string): string {
  if (isName(name) && !/[/%]/.test(name)) return name;
  throw new ModelError(`${owner}: ${quoted(name)} is not a valid name`, {
    code: 'metric.name',
    fix: 'give a name without white space, "/" and "%"',
  });
}
