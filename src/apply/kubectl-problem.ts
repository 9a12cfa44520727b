import { EnvironmentError } from '../problem/environment-error';
import type { ProgramResult } from './run-program';

/** Lines of kubectl's standard error that say something: the log lines of its retries repeat what the last line says. */
export function kubectlMessage({ stderr }: Pick<ProgramResult, 'stderr'>): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^[EWI]\d{4} |^Flag --/.test(line));
  return lines
    .join('\n')
    .replace(/^(?:error: |Error from server(?: \(\w+\))?: )/i, '')
    .trim();
}

interface KnownProblem {
  readonly pattern: RegExp;
  readonly message: string;
  readonly fix: string;
}

/** What keeps kubectl from getting an answer at all, in the order tried. */
const unreachable: readonly KnownProblem[] = [
  {
    pattern: /x509: certificate has expired|certificate is not yet valid/,
    message: 'the certificate of the server has expired, or the clock of this machine is wrong',
    fix: 'renew the certificates of the control plane, or take the kubeconfig of the present one',
  },
  {
    pattern: /x509: certificate signed by unknown authority|certificate is valid for|doesn't contain any IP SANs/,
    message: 'the certificate of the server does not fit the kubeconfig',
    fix: 'take the kubeconfig of this very control plane: it was made anew, or answers under another address',
  },
  {
    pattern: /the server has asked for the client to provide credentials|must be logged in to the server|Unauthorized/,
    message: 'the server does not accept the credentials of the kubeconfig',
    fix: 'take a kubeconfig with valid credentials: a client certificate or token may have expired',
  },
  {
    // kubectl asks for a name and a password, and nothing answers.
    pattern: /^error: EOF\s*$/,
    message: 'the kubeconfig has no credentials for the server',
    fix: 'take the kubeconfig that `karmadactl init` wrote',
  },
  {
    pattern:
      /error loading config file|couldn't get version\/kind|unable to read (?:certificate-authority|client-cert|client-key)|invalid configuration|no configuration has been provided/,
    message: 'the kubeconfig cannot be read',
    fix: 'name the file that `karmadactl init` wrote, karmada-apiserver.config',
  },
  {
    pattern:
      /connection (?:to the server .* )?(?:was )?refused|no such host|i\/o timeout|Unable to connect to the server|no route to host|network is unreachable|TLS handshake timeout|Client\.Timeout|context deadline exceeded|connection reset|: EOF|server gave HTTP response/,
    message: 'the API server does not answer',
    fix: 'see that the control plane runs and that its address in the kubeconfig can be reached from here',
  },
];

/** Why kubectl got no answer; undefined where it got one. */
export function connectionProblem(result: ProgramResult, where: string): EnvironmentError | undefined {
  const known = unreachable.find(({ pattern }) => pattern.test(result.stderr));
  if (!known) return undefined;
  const said = kubectlMessage(result).split('\n').at(-1) ?? '';
  return new EnvironmentError(`${known.message} (${where}): ${said}`, known.fix);
}

/** One field that another manager owns. */
export interface FieldConflict {
  readonly manager: string;
  readonly field: string;
}

/** The owners of fields in a conflict of server-side apply. The message has a line for each owner of several fields, and one for each field. */
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
