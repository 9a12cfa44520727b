import { dns1035LabelProblems } from '../../kubernetes/names';
import type { KubernetesObject } from '../../kubernetes/object';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';
import { type ClientConfig, checkClientConfig, checkReviewVersions } from './registration';
import { checkStructuralSchema, type Properties } from './structural-schema';

interface Version {
  readonly name?: string;
  readonly served?: boolean;
  readonly storage?: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  readonly schema?: { readonly openAPIV3Schema?: Properties };
  readonly subresources?: {
    readonly scale?: {
      readonly specReplicasPath?: string;
      readonly statusReplicasPath?: string;
      readonly labelSelectorPath?: string;
    };
  };
  readonly additionalPrinterColumns?: readonly { readonly name?: string; readonly jsonPath?: string }[];
}

interface DefinitionSpec {
  readonly group?: string;
  readonly names?: {
    readonly plural?: string;
    readonly singular?: string;
    readonly kind?: string;
    readonly listKind?: string;
    readonly shortNames?: readonly string[];
  };
  readonly versions?: readonly Version[];
  readonly preserveUnknownFields?: boolean;
  readonly conversion?: {
    readonly strategy?: string;
    readonly webhook?: { readonly clientConfig?: ClientConfig; readonly conversionReviewVersions?: readonly string[] };
  };
}

const approval = 'api-approved.kubernetes.io';

/** @see Kubernetes k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go */
export function checkDefinition({ spec, metadata }: KubernetesObject, faults: Faults): void {
  const { group = '', names = {}, versions = [], preserveUnknownFields, conversion } = (spec ?? {}) as DefinitionSpec;
  const { plural = '' } = names;
  if (group !== '' && plural !== '' && metadata?.name !== `${plural}.${group}`) {
    faults.invalid(
      'metadata.name',
      `must be the plural and the group, ${plural}.${group}`,
      `write name: ${plural}.${group}`,
    );
  }
  if (group !== '' && !group.includes('.'))
    faults.invalid('spec.group', 'must be a domain with a dot', 'write it like shop.example.com');
  checkApproval(group, metadata?.annotations, faults);
  checkNames(names, faults);
  if (preserveUnknownFields) {
    faults.invalid(
      'spec.preserveUnknownFields',
      'must not be true',
      'remove it, and set x-kubernetes-preserve-unknown-fields in the schema',
    );
  }
  checkVersions(versions, faults);
  if (conversion) checkConversion(conversion, faults);
}

function checkApproval(group: string, annotations: Readonly<Record<string, string>> | undefined, faults: Faults): void {
  if (!/(^|\.)(k8s\.io|kubernetes\.io)$/.test(group)) return;
  const at = `metadata.annotations[${approval}]`;
  const value = annotations?.[approval];
  if (!value)
    faults.missing(at, `group ${group} is Kubernetes' own, and needs an approval`, 'use a group of your own domain');
  else if (!value.startsWith('unapproved') && !/^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.test(value)) {
    faults.invalid(at, `must be a URL, got ${quoted(value)}`, 'write the URL of the approval');
  }
}

function checkNames(names: NonNullable<DefinitionSpec['names']>, faults: Faults): void {
  const { kind = '', listKind = '' } = names;
  for (const [field, name] of Object.entries({ kind, listKind })) {
    for (const problem of name === '' ? [] : dns1035LabelProblems(name.toLowerCase())) {
      faults.invalid(`spec.names.${field}`, `${quoted(name)} ${problem}, in any case`, 'write it like ShopItem');
    }
  }
  if (kind !== '' && kind === listKind)
    faults.invalid('spec.names.listKind', 'must differ from kind', `write ${kind}List, or remove it`);
}

function checkVersions(versions: readonly Version[], faults: Faults): void {
  const stored = versions.filter(({ storage }) => storage);
  if (versions.length > 0 && stored.length !== 1) {
    faults.invalid(
      'spec.versions',
      `must have one version with storage: true, got ${stored.length}`,
      'set storage: true on one version',
    );
  }
  faults.unique(
    'spec.versions',
    versions.map(({ name }) => name),
    'name',
  );
  versions.forEach((version, index) => {
    const at = `spec.versions[${index}]`;
    const { schema, deprecated, deprecationWarning, subresources, additionalPrinterColumns = [] } = version;
    if (deprecationWarning !== undefined && !deprecated) {
      faults.invalid(`${at}.deprecationWarning`, 'needs deprecated: true', 'add deprecated: true, or remove it');
    }
    const root = schema?.openAPIV3Schema;
    if (!root)
      faults.missing(
        `${at}.schema.openAPIV3Schema`,
        'a version needs a schema',
        'add schema: { openAPIV3Schema: { type: object } }',
      );
    else checkStructuralSchema(root, `${at}.schema.openAPIV3Schema`, 'spec.validation.openAPIV3Schema', faults);
    checkScale(subresources?.scale, `${at}.subresources.scale`, faults);
    faults.unique(
      `${at}.additionalPrinterColumns`,
      additionalPrinterColumns.map(({ name }) => name),
      'name',
    );
    additionalPrinterColumns.forEach(({ jsonPath }, position) => {
      if (jsonPath && !/^[.[]/.test(jsonPath)) {
        faults.invalid(
          `${at}.additionalPrinterColumns[${position}].jsonPath`,
          `must begin with ".", got ${quoted(jsonPath)}`,
          'write it like .spec.size',
          `spec.additionalPrinterColumns[${position}].JSONPath`,
        );
      }
    });
  });
}

function checkScale(scale: NonNullable<Version['subresources']>['scale'], path: string, faults: Faults): void {
  if (!scale) return;
  const at = (field: string) => [`${path}.${field}`, `spec.subresources.scale.${field}`] as const;
  const check = (field: 'specReplicasPath' | 'statusReplicasPath' | 'labelSelectorPath', places: readonly string[]) => {
    const value = scale[field];
    if (!value || places.some((place) => value.startsWith(`.${place}.`))) return;
    const [own, reported] = at(field);
    faults.invalid(
      own,
      `must be below ${places.map((place) => `.${place}`).join(' or ')}, got ${quoted(value)}`,
      `write it like .${places[0]}.replicas`,
      reported,
    );
  };
  check('specReplicasPath', ['spec']);
  check('statusReplicasPath', ['status']);
  check('labelSelectorPath', ['status', 'spec']);
}

function checkConversion({ strategy, webhook }: NonNullable<DefinitionSpec['conversion']>, faults: Faults): void {
  const at = 'spec.conversion.webhook';
  if (strategy === 'Webhook') {
    if (!webhook?.clientConfig) {
      faults.missing(
        `${at}.clientConfig`,
        'strategy Webhook needs it',
        'add clientConfig',
        'spec.conversion.webhookClientConfig',
      );
    } else checkClientConfig(webhook.clientConfig, `${at}.clientConfig`, faults);
    if (webhook === undefined)
      faults.missing(
        `${at}.conversionReviewVersions`,
        'strategy Webhook needs it',
        'add conversionReviewVersions: [v1]',
        'spec.conversion.conversionReviewVersions',
      );
    else
      checkReviewVersions(
        webhook.conversionReviewVersions ?? [],
        `${at}.conversionReviewVersions`,
        faults,
        'spec.conversion.conversionReviewVersions',
      );
  } else if (webhook) {
    faults.excluded(
      at,
      'needs strategy: Webhook',
      'remove webhook, or write strategy: Webhook',
      'spec.conversion.webhookClientConfig',
    );
  }
}
