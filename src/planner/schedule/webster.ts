import { compareText } from '../../kubernetes/plain-data';
import type { TieBreak } from '../outcome';

/**
 * Webster (Sainte-Laguë): each next replica goes to the cluster with the highest weight / (2 × replicas so far + 1);
 * ties go to the cluster with fewer replicas, then by name.
 *
 * @param replicas - total to divide; whole number, 0 or more
 * @param weights - cluster name to weight, unit-free; a weight of 0 receives nothing
 * @param tieBreak - which name wins an exact tie; Karmada derives it from the UID of the template, unknown at synth
 * @returns cluster name to replicas, names ascending, including clusters without replicas; the sum is `replicas`, or 0 if
 *   no weight is above 0
 * @see Karmada v1.18.2 pkg/util/helper/webstermethod.go and binding.go (Dispenser, tieBreakerByUID)
 * @example
 * ```ts
 * divideByWeight(5, new Map([['member1', 2], ['member2', 1]]), 'ascending') // member1 3, member2 2
 * ```
 */
export function divideByWeight(
  replicas: number,
  weights: ReadonlyMap<string, number>,
  tieBreak: TieBreak,
): Map<string, number> {
  const sorted = [...weights].sort(([a], [b]) => compareText(a, b));
  const votes = sorted.map(([, weight]) => weight);
  const { ascending, descending } = divideSeats(replicas, votes);
  const seats = tieBreak === 'ascending' ? ascending : descending;
  return new Map(sorted.map(([name], index) => [name, seats[index] ?? 0]));
}

/** Both results of a division; the same array twice without a tie. */
export interface SeatDivision {
  readonly ascending: readonly number[];
  readonly descending: readonly number[];
}

/**
 * Divides seats among parties in the order of their names. One step gives nearly all seats: those that do not depend on
 * ties. A queue settles the rest, at most about two for each party.
 *
 * @param seats - whole number, 0 or more
 * @param votes - of each party, 0 or more
 */
export function divideSeats(seats: number, votes: readonly number[]): SeatDivision {
  const total = votes.reduce((sum, vote) => sum + vote, 0);
  if (total <= 0 || seats <= 0) {
    const none = votes.map(() => 0);
    return { ascending: none, descending: none };
  }
  const given = certainSeats(seats, votes, total);
  let remaining = seats - given.reduce((sum, count) => sum + count, 0);
  const queue = new SeatQueue(votes, given);
  let last = { priority: 0, seats: -1 };
  for (; remaining > 0; remaining--) {
    const winner = queue.winner;
    last = { priority: queue.priorityOf(winner), seats: given[winner] ?? 0 };
    queue.giveSeat();
  }
  return { ascending: given, descending: withTiesReversed(votes, given, last) };
}

/**
 * The seats that every party wins without a queue. At a price of (total votes) / (2 × seats - parties), the parties
 * cannot buy more seats than there are. The last seat of each party is left to the queue, so that rounding of the price
 * does not matter.
 */
function certainSeats(seats: number, votes: readonly number[], total: number): number[] {
  const parties = votes.length;
  if (2 * seats <= 3 * parties) return votes.map(() => 0);
  return votes.map((vote) => Math.max(0, Math.ceil((vote * ((2 * seats - parties) / total) - 1) / 2) - 1));
}

/** If the last seats were won in a tie, the result with the winners from the other end of the names. */
function withTiesReversed(
  votes: readonly number[],
  seats: readonly number[],
  last: { readonly priority: number; readonly seats: number },
): readonly number[] {
  if (last.seats < 0) return seats;
  const winners: number[] = [];
  const losers: number[] = [];
  votes.forEach((vote, party) => {
    if (vote / (2 * last.seats + 1) !== last.priority) return;
    if (seats[party] === last.seats + 1) winners.push(party);
    else if (seats[party] === last.seats) losers.push(party);
  });
  if (losers.length === 0) return seats;
  const reversed = [...seats];
  const tied = [...winners, ...losers].sort((a, b) => a - b);
  tied.forEach((party, index) => {
    reversed[party] = last.seats + (index >= losers.length ? 1 : 0);
  });
  return reversed;
}

/** A binary heap of parties with the winner of the next seat on top. Compares in double precision, as Go does. */
class SeatQueue {
  readonly #heap: number[] = [];
  readonly #priorities: number[] = [];

  constructor(
    readonly votes: readonly number[],
    readonly seats: number[],
  ) {
    for (let party = 0; party < votes.length; party++) {
      const vote = votes[party] as number;
      this.#priorities.push(vote / (2 * (seats[party] as number) + 1));
      if (vote > 0) this.#heap.push(party);
    }
    for (let at = this.#heap.length >> 1; at >= 0; at--) this.#sink(at);
  }

  /** Index of the party that wins the next seat. */
  get winner(): number {
    return this.#heap[0] as number;
  }

  priorityOf(party: number): number {
    return this.#priorities[party] as number;
  }

  /** Gives the next seat to its winner. */
  giveSeat(): void {
    const party = this.winner;
    const seats = (this.seats[party] as number) + 1;
    this.seats[party] = seats;
    this.#priorities[party] = (this.votes[party] as number) / (2 * seats + 1);
    this.#sink(0);
  }

  #isBefore(a: number, b: number): boolean {
    const difference = (this.#priorities[a] as number) - (this.#priorities[b] as number);
    if (difference !== 0) return difference > 0;
    const fewer = (this.seats[a] as number) - (this.seats[b] as number);
    return fewer !== 0 ? fewer < 0 : a < b;
  }

  #sink(start: number): void {
    const heap = this.#heap;
    const party = heap[start];
    if (party === undefined) return;
    let at = start;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#isBefore(heap[child + 1] as number, heap[child] as number)) child++;
      if (!this.#isBefore(heap[child] as number, party)) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = party;
  }
}
