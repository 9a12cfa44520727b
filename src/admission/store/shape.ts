/**
 * How a Go type decodes and encodes JSON. A schema is not enough, because Go has zero values for absent fields.
 */
export type Shape =
  | { readonly type: 'string' | 'boolean' | 'int32' | 'int64' | 'quantity' | 'time' | 'json' }
  | { readonly type: 'list'; readonly items: Shape }
  | { readonly type: 'map'; readonly values: Shape }
  | StructShape;

/** A Go struct: its fields by JSON name, in the order of declaration. */
export interface StructShape {
  readonly type: 'struct';
  readonly fields: Readonly<Record<string, FieldShape>>;
}

/** A field of a Go struct. */
export interface FieldShape {
  readonly shape: Shape;
  /** How Go encodes an unset field: `always` as its zero value, `optional` and `pointer` not at all. */
  readonly presence: 'always' | 'optional' | 'pointer';
}

export const string: Shape = { type: 'string' };
export const boolean: Shape = { type: 'boolean' };
/** A Go `int32`. */
export const int32: Shape = { type: 'int32' };
/** A Go `int64`, or `int` on the 64-bit machines that Karmada runs on. */
export const int64: Shape = { type: 'int64' };
/** `resource.Quantity`. */
export const quantity: Shape = { type: 'quantity' };
/** `metav1.Time`. */
export const time: Shape = { type: 'time' };
/** `apiextensionsv1.JSON`: any value, unchanged. */
export const json: Shape = { type: 'json' };

export const list = (items: Shape): Shape => ({ type: 'list', items });
export const map = (values: Shape): Shape => ({ type: 'map', values });
export const struct = (fields: Readonly<Record<string, FieldShape>>): StructShape => ({ type: 'struct', fields });

/** A field without `omitempty`. */
export const always = (shape: Shape): FieldShape => ({ shape, presence: 'always' });
/** A value with `omitempty`: omitted if empty. `omitempty` has no effect on a struct, which is always written. */
export const optional = (shape: Shape): FieldShape => ({ shape, presence: 'optional' });
/** A pointer with `omitempty`: a value is kept even if empty. */
export const pointer = (shape: Shape): FieldShape => ({ shape, presence: 'pointer' });
