import { EnvironmentError } from '../problem/environment-error';
import type { ProgramResult } from '../process/run-program';

/** kubectl's error message, without log lines of retries: the last line repeats them. */
export function kubectlMessage({ stderr }: Pick<ProgramResult, 'stderr'>): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^[EWI]\d{4} |^Flag --/.test(line));
  const message = lines
    .join('\n')
    .replace(/^(?:error: |Error from server(?: \(\w+\))?: )/i, '')
    .trim();
  return message || 'kubectl failed without a message';
}

/** Reasons why kubectl gets no answer from the server: pattern, message and fix. The first match counts. */
const unreachable: readonly (readonly [RegExp, string, string])[] = [
  [
    /x509: certificate has expired|certificate is not yet valid/,
    'the certificate of the server has expired, or the clock of this machine is wrong',
    'renew the certificates of the control plane, or get its current kubeconfig',
  ],
  [
    /x509: certificate signed by unknown authority|certificate is valid for|doesn't contain any IP SANs/,
    'the certificate of the server does not match the kubeconfig',
    'get the current kubeconfig of this control plane: it was reinstalled, or has another address',
  ],
  [
    /the server has asked for the client to provide credentials|must be logged in to the server|Unauthorized/,
    'the server rejects the credentials of the kubeconfig',
    'get a kubeconfig with valid credentials: a client certificate or token may have expired',
  ],
  [
    // kubectl prompts for a user name, and standard input ends.
    /^error: EOF\s*$/,
    'the kubeconfig has no credentials for the server',
    'use the kubeconfig that `karmadactl init` wrote',
  ],
  [
    /error loading config file|couldn't get version\/kind|unable to read (?:certificate-authority|client-cert|client-key)|invalid configuration|no configuration has been provided/,
    'the kubeconfig cannot be read',
    'use the file that `karmadactl init` wrote, karmada-apiserver.config',
  ],
  [
    /connection (?:to the server .* )?(?:was )?refused|no such host|i\/o timeout|Unable to connect to the server|no route to host|network is unreachable|TLS handshake timeout|Client\.Timeout|context deadline exceeded|connection reset|: EOF|server gave HTTP response/,
    'the API server does not answer',
    'check that the control plane is running and that its address in the kubeconfig is reachable from here',
  ],
];

/** Why the server did not answer; undefined when it did. */
export function connectionProblem(result: ProgramResult, where: string): EnvironmentError | undefined {
  for (const [pattern, message, fix] of unreachable) {
    if (!pattern.test(result.stderr)) continue;
    return new EnvironmentError(`${message} (${where}): ${kubectlMessage(result).split('\n').at(-1)}`, fix);
  }
  return undefined;
}

export interface FieldConflict {
  readonly manager: string;
  readonly field: string;
}

/** The conflicts in a message of server-side apply, which has one line per manager, and one per field of that manager. */
export function fieldConflicts(message: string): FieldConflict[] {
  const conflicts: FieldConflict[] = [];
  let manager: string | undefined;
  for (const line of message.split('\n')) {
    const owner = /conflicts? with "([^"]*)"[^:]*:\s*(.*)$/.exec(line);
    if (owner) {
      manager = owner[1]!;
      if (owner[2]) conflicts.push({ manager, field: owner[2] });
      continue;
    }
    const field = /^- (\.\S.*)$/.exec(line.trim());
    if (field && manager !== undefined) conflicts.push({ manager, field: field[1]! });
  }
  return conflicts;
}
