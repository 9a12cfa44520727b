import { type FeatureGateName, featureGates, knownFeatureGates } from '../../karmada/feature-gates';
import { defaultKarmadaVersion, type KarmadaVersion, karmadaVersions } from '../../karmada/release';
import { checkedList, checkOneOf, checkRecord } from '../../problem/check-properties';
import { ModelError } from '../../problem/model-error';
import { joinWords, nearMiss, quoted } from '../../problem/words';
import type { Call } from '../analysis/lint-input';
import { ruleCatalog } from './rule-catalog';
import { checkSettings, type RuleSettings } from './settings';

/** The lint configuration file, see schemas/lint-config.schema.json. */
export interface LintConfig {
  /** Rule id to error, warning, info or off. @default - the severities of the rules */
  readonly rules?: RuleSettings;
  /** Which workload sends requests to which Service. @default - calls that names show */
  readonly calls?: readonly Call[];
  /** Feature gates that differ from the release: `Failover`, or `PropagateDeps=false`. @default - those of the release */
  readonly featureGates?: readonly string[];
  /** Karmada release that will read the manifests. @default - the newest release modelled */
  readonly karmada?: KarmadaVersion;
  /** Fleet file, relative to the configuration file. @default - the one of the command line */
  readonly fleet?: string;
}

const properties = Object.keys({
  $schema: true,
  rules: true,
  calls: true,
  featureGates: true,
  karmada: true,
  fleet: true,
} satisfies Record<keyof LintConfig | '$schema', true>);

/**
 * Reads a lint configuration from the parsed value of its file.
 *
 * @param value - parsed YAML or JSON; null (an empty file) is an empty configuration
 * @throws ModelError `property.unknown`, `property.type`, `property.value`, `lint.unknown-rule`, `lint.rule-setting`,
 *   `lint.feature-gate`
 */
export function lintConfig(value: unknown): LintConfig {
  if (value === null || value === undefined) return {};
  const {
    rules,
    calls,
    featureGates: gates,
    karmada: written,
    fleet,
  } = checkRecord(value, properties, 'the lint configuration');
  // Without quotes YAML reads 1.18 as a number.
  const karmada = typeof written === 'number' ? String(written) : written;
  if (karmada !== undefined) checkOneOf(karmada, karmadaVersions, 'karmada');
  return {
    ...(rules !== undefined && rules !== null && { rules: readRules(rules) }),
    ...(calls !== undefined && { calls: checkedList(calls as readonly unknown[], 'calls').map(readCall) }),
    ...(gates !== undefined && { featureGates: readGates(gates, karmada ?? defaultKarmadaVersion) }),
    ...(karmada !== undefined && { karmada }),
    ...(fleet !== undefined && { fleet: text(fleet, 'fleet', 'the path of a fleet file') }),
  };
}

/** YAML 1.1 reads an unquoted `off` as false. */
function readRules(value: unknown): RuleSettings {
  const written = checkRecord(value, Object.keys((value ?? {}) as object), 'rules');
  const rules = Object.fromEntries(
    Object.entries(written).map(([rule, setting]) => [rule, setting === false ? 'off' : setting]),
  ) as RuleSettings;
  checkSettings(
    rules,
    ruleCatalog.map(({ id }) => id),
  );
  return rules;
}

function readCall(value: unknown, index: number): Call {
  const { client, server } = checkRecord(value, ['client', 'server'], `calls[${index}]`);
  const wanted = 'a key such as Deployment/default/curl';
  return {
    client: text(client, `client of calls[${index}]`, wanted),
    server: text(server, `server of calls[${index}]`, wanted),
  };
}

/** Rejects unknown gates: they would have no effect. */
function readGates(value: unknown, karmada: KarmadaVersion): readonly string[] {
  return checkedList(value as readonly unknown[], 'featureGates').map((item, index) => {
    const gate = text(item, `featureGates[${index}]`, 'a name such as Failover');
    const [name = '', setting] = gate.split('=');
    if (setting !== undefined && setting !== 'true' && setting !== 'false') {
      throw new ModelError(`featureGates[${index}] sets ${name} to ${quoted(setting)}`, {
        code: 'lint.feature-gate',
        fix: `write ${name}, or ${name}=false`,
      });
    }
    if (knownFeatureGates(karmada).includes(name as FeatureGateName)) return gate;
    throw new ModelError(`Karmada ${karmada} has no feature gate "${name}"`, {
      code: 'lint.feature-gate',
      fix: gateFix(name, karmada),
    });
  });
}

function gateFix(name: string, karmada: KarmadaVersion): string {
  const later = featureGates.find((gate) => gate.name === name);
  if (later) return `leave it out: it came with Karmada ${later.since}`;
  const known = knownFeatureGates(karmada);
  const meant = nearMiss(name, known);
  return meant === undefined ? `use one of ${joinWords(known)}` : `write "${meant}"`;
}

function text(value: unknown, owner: string, wanted: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ModelError(`${owner} must be text, got ${quoted(value)}`, { code: 'property.type', fix: `give ${wanted}` });
}
