/** How often a property is tried: a fifth of what CI asks for, which sets `PROPERTY_RUNS=full`. */
export function propertyRuns(full: number): number {
  return process.env['PROPERTY_RUNS'] === 'full' ? full : Math.ceil(full / 5);
}
