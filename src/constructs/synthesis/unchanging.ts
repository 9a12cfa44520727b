/** Answers by who asked and what; undefined while the tree may change. */
let kept: Map<object, Map<string, unknown>> | undefined;

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
 * @param asker - whose question it is
 * @param question - which of the asker's
 */
export function unchangingAnswer<Answer>(asker: object, question: string, compute: () => Answer): Answer {
  const answers = kept?.get(asker);
  if (answers?.has(question)) return answers.get(question) as Answer;
  const answer = compute();
  if (kept !== undefined) {
    if (kept.size >= mostKept) kept.clear();
    kept.set(asker, (kept.get(asker) ?? new Map<string, unknown>()).set(question, answer));
  }
  return answer;
}
