/** Bounded cache for immutable values. It is cleared when it is full. */
export class BoundedCache<Value> {
  readonly #values = new Map<string, Value>();

  /** @param most - maximum number of entries */
  constructor(private readonly most: number) {}

  get(key: string, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = make();
    if (this.#values.size >= this.most) this.#values.clear();
    this.#values.set(key, value);
    return value;
  }
}
