import type { KubernetesObject } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import { isConfigKey } from '../schema/value-checks';
import type { Faults } from './faults';

type Data = Readonly<Record<string, string>>;

/** Largest content of a ConfigMap or Secret, in bytes. */
const most = 1024 * 1024;

const utf8 = new TextEncoder();

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidateConfigMap */
export function checkConfigMap(object: KubernetesObject, faults: Faults): void {
  const data = (object['data'] ?? {}) as Data;
  const binaryData = (object['binaryData'] ?? {}) as Data;
  checkKeys(data, 'data', faults);
  checkKeys(binaryData, 'binaryData', faults);
  for (const key in data) {
    if (Object.hasOwn(binaryData, key))
      faults.add('repeated-item', `data[${key}]`, `${quoted(key)} is in binaryData as well`, 'keep one of them');
  }
  const size = sizeOf(data) + Object.values(binaryData).reduce((sum, text) => sum + decodedLength(text), 0);
  if (size > most) tooLarge(size, 'data', faults);
}

const dockerConfigs: Readonly<Record<string, string>> = {
  'kubernetes.io/dockercfg': '.dockercfg',
  'kubernetes.io/dockerconfigjson': '.dockerconfigjson',
};

/** @see Kubernetes pkg/apis/core/validation/validation.go, ValidateSecret */
export function checkSecret(object: KubernetesObject, faults: Faults): void {
  const data = (object['data'] ?? {}) as Data;
  const stringData = (object['stringData'] ?? {}) as Data;
  checkKeys(data, 'data', faults);
  checkKeys(stringData, 'stringData', faults, 'data');
  const all: Data = { ...data, ...stringData };
  const size =
    sizeOf(stringData) +
    Object.entries(data).reduce(
      (sum, [key, text]) => sum + (Object.hasOwn(stringData, key) ? 0 : decodedLength(text)),
      0,
    );
  if (size > most) tooLarge(size, 'data', faults);
  const type = (object['type'] ?? '') as string;
  const has = (key: string) => Object.hasOwn(all, key);
  const need = (key: string, message: string) => faults.missing(`data[${key}]`, message, `add ${key}`);
  const config = Object.hasOwn(dockerConfigs, type) ? dockerConfigs[type] : undefined;
  if (config !== undefined) {
    const text = Object.hasOwn(stringData, config)
      ? stringData[config]!
      : data[config] === undefined
        ? undefined
        : decode(data[config]);
    if (text === undefined) need(config, `type ${type} needs this key`);
    else if (!isJson(text))
      faults.invalid(`data[${config}]`, 'must be JSON', 'write the content of a docker config file');
  }
  switch (type) {
    case 'kubernetes.io/service-account-token': {
      const name = object.metadata?.annotations?.['kubernetes.io/service-account.name'];
      if (!name) {
        faults.missing(
          'metadata.annotations[kubernetes.io/service-account.name]',
          'a token names its ServiceAccount',
          'add the annotation kubernetes.io/service-account.name',
        );
      }
      break;
    }
    case 'kubernetes.io/basic-auth':
      if (!has('username') && !has('password')) need('username', 'basic auth needs username or password');
      break;
    case 'kubernetes.io/ssh-auth':
      if (!all['ssh-privatekey']) need('ssh-privatekey', 'SSH auth needs the private key');
      break;
    case 'kubernetes.io/tls':
      for (const key of ['tls.crt', 'tls.key']) if (!has(key)) need(key, `type ${type} needs this key`);
      break;
  }
}

function checkKeys(data: Data, field: string, faults: Faults, reportedField = field): void {
  for (const key in data) {
    if (isConfigKey(key)) continue;
    faults.invalid(
      `${field}[${key}]`,
      `${quoted(key)} must have at most 253 letters, digits, "-", "_" and ".", and not begin with ".."`,
      'rename the key',
      `${reportedField}[${key}]`,
    );
  }
}

function sizeOf(data: Data): number {
  let size = 0;
  // A text has at most three bytes for each UTF-16 unit, so that most need no encoding.
  for (const key in data) size += data[key]!.length;
  if (size * 3 <= most) return size;
  return Object.values(data).reduce((sum, text) => sum + utf8.encode(text).length, 0);
}

function decodedLength(base64: string): number {
  return Math.floor((base64.replace(/[=\r\n]/g, '').length * 3) / 4);
}

function tooLarge(size: number, path: string, faults: Faults): void {
  faults.add(
    'out-of-range',
    path,
    `the content has ${size} bytes, more than ${most}`,
    'split it into several objects',
    '',
  );
}

function decode(base64: string): string {
  const bytes = Uint8Array.from(atob(base64.replace(/[\r\n]/g, '')), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value);
  } catch {
    return false;
  }
}
