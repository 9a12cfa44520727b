/** Answers of the current synthesis, by question and asker; undefined outside of a synthesis. */
let kept: Map<SynthesisCache<never, object>, Map<object, object>> | undefined;

/**
 * Runs work during which the constructs of an application do not change. Derived constructs, such as the policies of a
 * FederatedApp, may appear, since they follow from the others.
 */
export function duringSynthesis<Result>(work: () => Result): Result {
  const before = kept;
  kept = new Map();
  try {
    return work();
  } finally {
    kept = before;
  }
}

/** Whether an application is being synthesized by its Federation. */
export function isUnchanging(): boolean {
  return kept !== undefined;
}

/** A computation about constructs that is cached by asker during a synthesis, and repeated on each call otherwise. */
export class SynthesisCache<Asker extends object, Answer extends object> {
  /**
   * @param answer - the computation
   * @param mostKept - maximum number of cached answers, for large answers. A synthesis visits the tree in order, so repeated
   * calls for an asker are close together
   */
  constructor(
    private readonly answer: (asker: Asker) => Answer,
    private readonly mostKept = Number.POSITIVE_INFINITY,
  ) {}

  ask(asker: Asker): Answer {
    if (kept === undefined) return this.answer(asker);
    let answers = kept.get(this);
    if (answers === undefined) {
      answers = new Map();
      kept.set(this, answers);
    }
    const known = answers.get(asker) as Answer | undefined;
    if (known !== undefined) return known;
    const answer = this.answer(asker);
    if (answers.size >= this.mostKept) answers.clear();
    answers.set(asker, answer);
    return answer;
  }
}
