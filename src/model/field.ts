import { type FieldSteps, fieldPath } from '../kubernetes/field-path';
import { ModelError } from '../problem/model-error';
import { isPropertyBag } from '../problem/record';
import { quoted } from '../problem/words';

/** How errors name the holder of a field, such as `line 4: Cluster`, and what they advise. */
export interface FieldOwner {
  readonly named: (path: FieldSteps) => string;
  readonly code: string;
  readonly fix: string;
}

/** A value that another program wrote, read field by field. Null counts as absent, as for the API server. */
export class Field {
  constructor(
    readonly value: unknown,
    private readonly path: FieldSteps,
    private readonly owner: FieldOwner,
  ) {}

  /** The field of an object. @throws ModelError if the value is present and not an object */
  at(key: string): Field {
    const object = this.object();
    const value = Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
    return new Field(value, [...this.path, key], this.owner);
  }

  /** Empty if absent. @throws ModelError */
  object(): Readonly<Record<string, unknown>> {
    const { value = {} } = this;
    if (!isPropertyBag(value)) throw this.mustBe('an object');
    return value;
  }

  /** The items of a list; none if absent. @throws ModelError */
  items(): readonly Field[] {
    const { value = [] } = this;
    if (!Array.isArray(value)) throw this.mustBe('a list');
    return value.map((item: unknown, index) => new Field(item, [...this.path, index], this.owner));
  }

  /** Undefined if absent. @throws ModelError */
  text(): string | undefined {
    const { value } = this;
    if (value !== undefined && typeof value !== 'string') throw this.mustBe('text');
    return value;
  }

  /** The error for a value of another kind. */
  mustBe(wanted: string): ModelError {
    const { named, code, fix } = this.owner;
    return new ModelError(`${named(this.path)}: ${fieldPath(this.path)} must be ${wanted}, got ${quoted(this.value)}`, {
      code,
      fix,
    });
  }
}
