/** Reports to print in place of a stack, by the error that carries them. */
const reports = new WeakMap<object, string>();

let isWatching = false;

/**
 * Makes Node print a report in place of the stack and properties of an error, if the program does not catch it. The exit
 * code stays 1. Programs that handle uncaught errors themselves are left alone.
 *
 * @returns the error
 */
export function reportedIfUncaught<Uncaught extends Error>(error: Uncaught, report: string): Uncaught {
  reports.set(error, report);
  if (!isWatching) process.on('uncaughtExceptionMonitor', endWithReport);
  isWatching = true;
  return error;
}

function endWithReport(error: unknown): void {
  const report = typeof error === 'object' && error !== null ? reports.get(error) : undefined;
  const isHandled = process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback();
  if (report === undefined || isHandled) return;
  console.error(report);
  process.exit(1);
}
