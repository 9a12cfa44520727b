/** What a contender has to do: make the objects of so many apps, and write them. */
export interface Job {
  readonly apps: number;
  /** All apps in one chart and file, or each in its own. */
  readonly charts: 'one' | 'many';
  /** An empty folder. */
  readonly outdir: string;
}

/** Makes and writes the objects of a job. Loads what it needs when called, so that each pays for its own start alone. */
export type Contender = (job: Job) => void;
