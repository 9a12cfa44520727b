/**
 * What constructs compute from the tree while nothing can be added to it, kept for the construct that asked last.
 * A synthesis goes through the tree in order, so the same construct asks several times in a row, and keeping one answer
 * costs no memory where keeping all of them would double that of a large application.
 */
let kept: { owner: object | undefined; answers: Map<string, unknown> } | undefined;

/** Runs something during which nothing is added to the constructs of an application, nor changed in them. */
export function whileUnchanging<Result>(work: () => Result): Result {
  const before = kept;
  kept = { owner: undefined, answers: new Map() };
  try {
    return work();
  } finally {
    kept = before;
  }
}

/**
 * The answer to a question that a construct asks about the tree: computed anew each time, except while nothing changes.
 *
 * @param question - names the answer among those of the same owner
 */
export function unchangingAnswer<Answer>(owner: object, question: string, compute: () => Answer): Answer {
  if (kept === undefined) return compute();
  if (kept.owner !== owner) {
    kept.owner = owner;
    kept.answers = new Map();
  }
  const { answers } = kept;
  if (!answers.has(question)) answers.set(question, compute());
  return answers.get(question) as Answer;
}
