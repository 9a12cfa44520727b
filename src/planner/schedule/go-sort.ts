/**
 * Sorts as Go's `sort.Sort` does. That sort is not stable: above twelve items the order of equal items follows from
 * the steps of pattern-defeating quicksort, which are therefore the same here.
 *
 * @param before - whether one item has to come before another; false for equal items
 * @returns a sorted copy
 * @see Go 1.25 src/sort/zsortinterface.go, pdqsort
 */
export function goSorted<Item>(items: readonly Item[], before: (a: Item, b: Item) => boolean): Item[] {
  const sorted = [...items];
  new GoSort(sorted, before).sort(0, sorted.length, bitLength(sorted.length));
  return sorted;
}

/** What the choice of a pivot says about the order of a range. */
type Hint = 'increasing' | 'decreasing' | 'unknown';

const longestInsertion = 12;
const shortestShifting = 50;
const shortestNinther = 50;
const mostShifts = 5;
/** Exchanges of the pivot's nine samples if they are in reverse order. */
const mostExchanges = 12;

class GoSort<Item> {
  /** Exchanges during the last choice of a pivot. */
  #exchanges = 0;

  constructor(
    readonly items: Item[],
    readonly before: (a: Item, b: Item) => boolean,
  ) {}

  /**
   * Sorts the range from `start` to before `end`.
   *
   * @param badChoices - unbalanced partitions after which it continues as heapsort
   */
  sort(start: number, end: number, badChoices: number): void {
    let [from, to, left] = [start, end, badChoices];
    let [balanced, partitioned] = [true, true];
    for (;;) {
      const length = to - from;
      if (length <= longestInsertion) {
        this.#insertionSort(from, to);
        return;
      }
      if (left === 0) {
        this.#heapSort(from, to);
        return;
      }
      if (!balanced) {
        this.#breakPatterns(from, to);
        left--;
      }
      let [pivot, hint] = this.#choosePivot(from, to);
      if (hint === 'decreasing') {
        this.#reverse(from, to);
        pivot = to - 1 - (pivot - from);
        hint = 'increasing';
      }
      if (balanced && partitioned && hint === 'increasing' && this.#almostSorted(from, to)) return;
      if (from > 0 && !this.#less(from - 1, pivot)) {
        from = this.#partitionEqual(from, to, pivot);
        continue;
      }
      const [middle, already] = this.#partition(from, to, pivot);
      partitioned = already;
      const [before, after] = [middle - from, to - middle];
      balanced = Math.min(before, after) >= Math.trunc(length / 8);
      if (before < after) {
        this.sort(from, middle, left);
        from = middle + 1;
      } else {
        this.sort(middle + 1, to, left);
        to = middle;
      }
    }
  }

  #less(a: number, b: number): boolean {
    return this.before(this.items[a] as Item, this.items[b] as Item);
  }

  #swap(a: number, b: number): void {
    const item = this.items[a] as Item;
    this.items[a] = this.items[b] as Item;
    this.items[b] = item;
  }

  #insertionSort(from: number, to: number): void {
    for (let next = from + 1; next < to; next++) {
      for (let at = next; at > from && this.#less(at, at - 1); at--) this.#swap(at, at - 1);
    }
  }

  #heapSort(from: number, to: number): void {
    const length = to - from;
    for (let root = Math.trunc((length - 1) / 2); root >= 0; root--) this.#siftDown(root, length, from);
    for (let last = length - 1; last >= 0; last--) {
      this.#swap(from, from + last);
      this.#siftDown(0, last, from);
    }
  }

  #siftDown(start: number, length: number, from: number): void {
    for (let root = start; ; ) {
      let child = 2 * root + 1;
      if (child >= length) return;
      if (child + 1 < length && this.#less(from + child, from + child + 1)) child++;
      if (!this.#less(from + root, from + child)) return;
      this.#swap(from + root, from + child);
      root = child;
    }
  }

  /** Moves items that precede the pivot before it. Returns its new place, and whether nothing had to move. */
  #partition(from: number, to: number, pivot: number): [place: number, already: boolean] {
    this.#swap(from, pivot);
    let [low, high] = [from + 1, to - 1];
    let already = true;
    for (;;) {
      while (low <= high && this.#less(low, from)) low++;
      while (low <= high && !this.#less(high, from)) high--;
      if (low > high) break;
      already = false;
      this.#swap(low++, high--);
    }
    this.#swap(high, from);
    return [high, already];
  }

  /** Moves items that equal the pivot to the start of a range without lower items. Returns where they end. */
  #partitionEqual(from: number, to: number, pivot: number): number {
    this.#swap(from, pivot);
    let [low, high] = [from + 1, to - 1];
    for (;;) {
      while (low <= high && !this.#less(from, low)) low++;
      while (low <= high && this.#less(from, high)) high--;
      if (low > high) return low;
      this.#swap(low++, high--);
    }
  }

  /** Tries to finish a nearly sorted range with few shifts. */
  #almostSorted(from: number, to: number): boolean {
    let at = from + 1;
    for (let shift = 0; shift < mostShifts; shift++) {
      while (at < to && !this.#less(at, at - 1)) at++;
      if (at === to) return true;
      if (to - from < shortestShifting) return false;
      this.#swap(at, at - 1);
      if (at - from >= 2) {
        for (let lower = at - 1; lower >= 1 && this.#less(lower, lower - 1); lower--) this.#swap(lower, lower - 1);
      }
      if (to - at >= 2) {
        for (let upper = at + 1; upper < to && this.#less(upper, upper - 1); upper++) this.#swap(upper, upper - 1);
      }
    }
    return false;
  }

  /** Scatters three items around the middle by a random sequence that depends on the length alone. */
  #breakPatterns(from: number, to: number): void {
    const length = to - from;
    const middle = from + Math.trunc(length / 4) * 2;
    const mask = (1n << BigInt(bitLength(length))) - 1n;
    let random = BigInt(length);
    for (let offset = -1; offset <= 1; offset++) {
      random = nextRandom(random);
      let other = Number(random & mask);
      if (other >= length) other -= length;
      this.#swap(middle + offset, from + other);
    }
  }

  #choosePivot(from: number, to: number): [pivot: number, hint: Hint] {
    const length = to - from;
    this.#exchanges = 0;
    const quarter = Math.trunc(length / 4);
    let samples = [1, 2, 3].map((quarters) => from + quarter * quarters) as [number, number, number];
    if (length >= shortestNinther) {
      samples = samples.map((at) => this.#median(at - 1, at, at + 1)) as [number, number, number];
    }
    const pivot = this.#median(...samples);
    if (this.#exchanges === 0) return [pivot, 'increasing'];
    return [pivot, this.#exchanges === mostExchanges ? 'decreasing' : 'unknown'];
  }

  #median(first: number, second: number, third: number): number {
    let [a, b, c] = [first, second, third];
    [a, b] = this.#ordered(a, b);
    [b, c] = this.#ordered(b, c);
    [a, b] = this.#ordered(a, b);
    return b;
  }

  #ordered(a: number, b: number): [number, number] {
    if (!this.#less(b, a)) return [a, b];
    this.#exchanges++;
    return [b, a];
  }

  #reverse(from: number, to: number): void {
    for (let low = from, high = to - 1; low < high; low++, high--) this.#swap(low, high);
  }
}

/** Number of bits of a positive whole number; 0 for 0. */
function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}

/** The next number of a 64-bit xorshift. */
function nextRandom(state: bigint): bigint {
  let next = BigInt.asUintN(64, state ^ (state << 13n));
  next ^= next >> 7n;
  return BigInt.asUintN(64, next ^ (next << 17n));
}
