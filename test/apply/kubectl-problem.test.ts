import { describe, expect, test } from 'vitest';
import { connectionProblem, fieldConflicts, kubectlMessage } from '../../src/apply/kubectl-problem';

const expired =
  'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-23T10:35:37Z is after 2026-11-23T10:35:34Z';

// Standard error as kubectl v1.32 wrote it.
describe('connectionProblem', () => {
  test.each([
    [
      `E1123 10:35:37.165206   25935 memcache.go:265] "Unhandled Error" err="couldn't get current server API group list: Get \\"https://127.0.0.1:18443/api?timeout=32s\\": ${expired}"\nUnable to connect to the server: ${expired}\n`,
      `the certificate of the server has expired, or the clock of this machine is wrong (karmada): Unable to connect to the server: ${expired}`,
    ],
    [
      'Unable to connect to the server: dial tcp: lookup no-such-host.invalid on 10.255.255.53:53: no such host\n',
      'the API server does not answer (karmada): Unable to connect to the server: dial tcp: lookup no-such-host.invalid on 10.255.255.53:53: no such host',
    ],
    [
      'The connection to the server 127.0.0.1:18443 was refused - did you specify the right host or port?\n',
      'the API server does not answer (karmada): The connection to the server 127.0.0.1:18443 was refused - did you specify the right host or port?',
    ],
    [
      'error: You must be logged in to the server (Unauthorized)\n',
      'the server rejects the credentials of the kubeconfig (karmada): You must be logged in to the server (Unauthorized)',
    ],
    ['error: EOF\n', 'the kubeconfig has no credentials for the server (karmada): EOF'],
    [
      'error: unable to read certificate-authority /tmp/c.pem for c due to open /tmp/c.pem: no such file or directory\n',
      'the kubeconfig cannot be read (karmada): unable to read certificate-authority /tmp/c.pem for c due to open /tmp/c.pem: no such file or directory',
    ],
  ])('%s', (stderr, message) => {
    expect(connectionProblem({ exitCode: 1, stdout: '', stderr }, 'karmada')?.message).toBe(message);
  });

  test('what the server answers is no problem of the connection', () => {
    const stderr =
      'Error from server (Forbidden): configmaps is forbidden: User "x" cannot list resource "configmaps"\n';
    expect(connectionProblem({ exitCode: 1, stdout: '', stderr }, 'karmada')).toBeUndefined();
    expect(kubectlMessage({ stderr })).toBe('configmaps is forbidden: User "x" cannot list resource "configmaps"');
  });
});

describe('fieldConflicts', () => {
  test('one field of one owner', () => {
    const message =
      'Apply failed with 1 conflict: conflict with "kubectl-edit" using apps/v1: .spec.replicas\nPlease review the fields above--they currently have other managers. Here\n';
    expect(fieldConflicts(message)).toEqual([{ manager: 'kubectl-edit', field: '.spec.replicas' }]);
  });

  test('several fields of several owners', () => {
    const message = [
      'Apply failed with 3 conflicts: conflicts with "autoscaler" using apps/v1:',
      '- .spec.replicas',
      '- .spec.template.spec.containers[name="web"].image',
      'conflicts with "somebody":',
      '- .metadata.labels.app',
      'Please review the fields above--they currently have other managers.',
    ].join('\n');
    expect(fieldConflicts(message)).toEqual([
      { manager: 'autoscaler', field: '.spec.replicas' },
      { manager: 'autoscaler', field: '.spec.template.spec.containers[name="web"].image' },
      { manager: 'somebody', field: '.metadata.labels.app' },
    ]);
  });

  test('any other message has none', () => {
    expect(fieldConflicts('admission webhook "x" denied the request: no')).toEqual([]);
  });
});
