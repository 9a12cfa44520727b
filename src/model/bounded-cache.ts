/** Values that are made again and again, by key: immutable ones, so that nobody notices. All are forgotten when there are too many. */
export class BoundedCache<Value> {
  readonly #values = new Map<string, Value>();

  /** @param most - how many are remembered */
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
