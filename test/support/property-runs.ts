/** Number of runs of a property: a fifth of the number in CI, which sets `PROPERTY_RUNS=full`. */
export function propertyRuns(full: number): number {
  return process.env['PROPERTY_RUNS'] === 'full' ? full : Math.ceil(full / 5);
}
