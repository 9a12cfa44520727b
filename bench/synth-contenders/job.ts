/** The work of a contender: create the objects of a number of apps and write them. */
export interface Job {
  readonly apps: number;
  /** All apps in one chart and file, or each app in its own. */
  readonly charts: 'one' | 'many';
  /** An empty folder. */
  readonly outdir: string;
}

/** Creates and writes the objects of a job. Loads libraries on demand, so that each contender pays only for its own. */
export type Contender = (job: Job) => void;
