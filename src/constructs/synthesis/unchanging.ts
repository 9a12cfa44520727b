/** Answers by who asked; undefined while the tree may change. */
let kept: Map<object, unknown> | undefined;

/**
 * How many askers' answers are kept. A synthesis goes through the tree in order, so that whoever asks twice does so soon;
 * keeping all answers would double the memory of a large application.
 */
const mostKept = 64;

/** Runs something during which nothing is added to the constructs of an application, nor changed in them. */
export function whileUnchanging<Result>(work: () => Result): Result {
  const before = kept;
  kept = new Map();
  try {
    return work();
  } finally {
    kept = before;
  }
}

/** Whether nothing can change for now. */
export function isUnchanging(): boolean {
  return kept !== undefined;
}

/**
 * The answer to a question about the tree, which is computed anew each time, except while nothing changes.
 *
 * @param asker - whose question it is: an asker has one
 */
export function unchangingAnswer<Answer>(asker: object, compute: () => Answer): Answer {
  const known = kept?.get(asker) as Answer | undefined;
  if (known !== undefined) return known;
  const answer = compute();
  if (kept !== undefined) {
    if (kept.size >= mostKept) kept.clear();
    kept.set(asker, answer);
  }
  return answer;
}
