import { featureGates } from '../../karmada/feature-gates';
import { karmadaVersions } from '../../karmada/release';
import { ruleCatalog } from './rule-catalog';
import { ruleSettings } from './settings';

/** The JSON schema of lint configuration files, published as schemas/lint-config.schema.json. */
export function lintConfigSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Lint configuration of cdk8s-karmada',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      rules: {
        description: 'Severities of rules; a rule that is not here has its own.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          ruleCatalog.map(({ id, summary, severity }) => [
            id,
            { description: `${summary} Default: ${severity}.`, enum: ruleSettings },
          ]),
        ),
      },
      calls: {
        description: 'Which workload sends requests to which Service, where no name shows it.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['client', 'server'],
          properties: {
            client: { description: 'Key of the workload, such as Deployment/default/curl.', type: 'string' },
            server: { description: 'Key of the Service, or of the workload behind it.', type: 'string' },
          },
        },
      },
      featureGates: {
        description: 'Feature gates that differ from the release: Failover, or PropagateDeps=false.',
        type: 'array',
        items: { type: 'string', pattern: `^(${featureGates.map(({ name }) => name).join('|')})(=(true|false))?$` },
      },
      karmada: {
        description: 'Karmada release that will read the manifests.',
        enum: [...karmadaVersions, ...karmadaVersions.map(Number)],
      },
      fleet: { description: 'Fleet file, relative to this file.', type: 'string' },
    },
  };
}
