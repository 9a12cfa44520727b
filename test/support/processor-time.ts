/** Milliseconds of processor time that some work takes; on a machine that is busy with something else it stays the same. */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
