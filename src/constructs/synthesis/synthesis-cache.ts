/** Answers found since the constructs of an application stopped changing, by question and asker; undefined while they may change. */
let kept: Map<SynthesisCache<never, object>, Map<object, object>> | undefined;

/**
 * Runs something during which nothing is added to the constructs of an application, nor changed in them. What they derive when
 * they are looked at, such as the policies of a FederatedApp, follows from the rest and so may appear meanwhile.
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

/** A question about constructs, which is answered anew each time it is asked, but once for each asker while nothing changes. */
export class SynthesisCache<Asker extends object, Answer extends object> {
  /**
   * @param answer - computes it
   * @param mostKept - how many answers are kept, for those that together would not fit into memory twice: a synthesis goes
   * through the tree in order, so that whoever asks twice does so soon
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
