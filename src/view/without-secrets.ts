import { lastAppliedAnnotation } from '../kubernetes/metadata';
import type { KubernetesObject } from '../kubernetes/object';
import { fieldAt, listOf, type PlainRecord, recordOf } from '../kubernetes/plain-data';
import type { Finding } from '../problem/finding';
import { hidden } from '../report/secret-mask';

/** Tools keep copies of whole objects in annotations; those of Karmada decide what is planned. */
const karmadaAnnotation = /^([\w-]+\.)*karmada\.io\//;

/** What of a Secret is no value. */
const openFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'type', 'immutable']);

/** Hides values of Secrets, and knows what it hid. */
export class SecretHider {
  /** What was hidden, by the object as it was given. */
  readonly #hidden = new Set<string>();

  /** The object without the values of Secrets, and without what kubectl and the server add to metadata. */
  object(object: KubernetesObject): KubernetesObject {
    const bare = withoutCopies(object);
    if (bare.kind === 'Secret') return this.#secret(bare) as unknown as KubernetesObject;
    const open = overridesSecrets(bare) ? this.#overridePolicy(bare) : bare;
    return this.#nested(open) as KubernetesObject;
  }

  /** The text without what was hidden, for messages about a Secret or an override of one. */
  text(text: string): string {
    let open = text;
    // The longest first: one value can be a part of another.
    for (const value of [...this.#hidden].sort((a, b) => b.length - a.length)) open = open.replaceAll(value, hidden);
    return open;
  }

  /** The finding without what was hidden. */
  finding(finding: Finding): Finding {
    if (!/^(Secret|(Cluster)?OverridePolicy)$/.test(finding.object.kind)) return finding;
    const { message, why, fix, related } = finding;
    return {
      ...finding,
      message: this.text(message),
      why: this.text(why),
      fix: this.text(fix),
      ...(related && { related: related.map((each) => this.finding(each)) }),
    };
  }

  #mask(value: unknown): string {
    if (typeof value === 'string' || typeof value === 'number') {
      const text = String(value);
      if (text !== '') this.#hidden.add(text).add(JSON.stringify(text).slice(1, -1));
    } else if (typeof value === 'object' && value !== null) {
      for (const each of Object.values(value)) this.#mask(each);
    }
    return hidden;
  }

  #maskedValues(values: unknown): unknown {
    const record = recordOf(values);
    return record
      ? Object.fromEntries(Object.entries(record).map(([key, value]) => [key, this.#mask(value)]))
      : this.#mask(values);
  }

  #secret(secret: PlainRecord): PlainRecord {
    const metadata = recordOf(secret['metadata']);
    const annotations = recordOf(metadata?.['annotations']);
    const masked = Object.entries(secret).map(([field, value]) => [
      field,
      openFields.has(field) ? value : this.#maskedValues(value),
    ]);
    const open = Object.entries(annotations ?? {}).map(([key, value]) => [
      key,
      karmadaAnnotation.test(key) ? value : this.#mask(value),
    ]);
    return {
      ...Object.fromEntries(masked),
      ...(annotations && { metadata: { ...metadata, annotations: Object.fromEntries(open) } }),
    };
  }

  /** Other objects contain Secrets too: a Work, or a value that replaces a whole object. */
  #nested(value: unknown): unknown {
    if (Array.isArray(value)) {
      const items = value.map((item) => this.#nested(item));
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    const record = recordOf(value);
    if (!record) return value;
    if (record['kind'] === 'Secret' && ('data' in record || 'stringData' in record)) return this.#secret(record);
    const entries = Object.entries(record).map(([key, item]) => [key, this.#nested(item)] as const);
    return entries.some(([key, item]) => item !== record[key]) ? Object.fromEntries(entries) : value;
  }

  #overridePolicy(policy: KubernetesObject): KubernetesObject {
    const spec = recordOf(policy.spec) ?? {};
    const { overriders, overrideRules } = spec as { overriders?: unknown; overrideRules?: unknown };
    return {
      ...policy,
      spec: {
        ...spec,
        ...(overriders !== undefined && { overriders: this.#overriders(overriders) }),
        ...(overrideRules !== undefined && {
          overrideRules: this.#list(overrideRules, (rule) =>
            rule['overriders'] === undefined ? rule : { ...rule, overriders: this.#overriders(rule['overriders']) },
          ),
        }),
      },
    };
  }

  #overriders(overriders: unknown): unknown {
    const record = recordOf(overriders);
    if (!record) return this.#mask(overriders);
    const { plaintext, fieldOverrider } = record as { plaintext?: unknown; fieldOverrider?: unknown };
    const withoutValue = (item: PlainRecord): PlainRecord =>
      item['value'] === undefined ? item : { ...item, value: this.#maskedValues(item['value']) };
    return {
      ...record,
      ...(plaintext !== undefined && {
        plaintext: this.#list(plaintext, (item) => (writesValues(item['path']) ? withoutValue(item) : item)),
      }),
      ...(fieldOverrider !== undefined && {
        fieldOverrider: this.#list(fieldOverrider, (item) => {
          if (!writesValues(item['fieldPath'])) return item;
          const { json, yaml } = item as { json?: unknown; yaml?: unknown };
          return {
            ...item,
            ...(json !== undefined && { json: this.#list(json, withoutValue) }),
            ...(yaml !== undefined && { yaml: this.#list(yaml, withoutValue) }),
          };
        }),
      }),
    };
  }

  /** The API server refuses what is no list of objects, so that nothing of it is needed. */
  #list(items: unknown, each: (item: PlainRecord) => PlainRecord): unknown {
    if (!Array.isArray(items)) return this.#mask(items);
    return items.map((item: unknown) => {
      const record = recordOf(item);
      return record ? each(record) : this.#mask(item);
    });
  }
}

/** kubectl keeps a copy of the whole object in an annotation, which the page does not need. */
function withoutCopies(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata ?? {};
  const { [lastAppliedAnnotation]: __, ...annotations } = recordOf(metadata.annotations) ?? {};
  const has = Object.keys(annotations).length > 0;
  const { annotations: ___, ...others } = metadata;
  if (!object.metadata) return object;
  return { ...object, metadata: { ...others, ...(has && { annotations: annotations as Record<string, string> }) } };
}

/** One object without values of Secrets. */
export function withoutSecrets(object: KubernetesObject): KubernetesObject {
  return new SecretHider().object(object);
}

/** Whether an override policy may select a Secret. */
function overridesSecrets({ kind, apiVersion, spec }: KubernetesObject): boolean {
  if (!apiVersion.startsWith('policy.karmada.io/') || !/^(Cluster)?OverridePolicy$/.test(kind)) return false;
  const selectors = listOf(fieldAt(spec, 'resourceSelectors'));
  return selectors.length === 0 || selectors.some((selector) => fieldAt(selector, 'kind') === 'Secret');
}

const copyPath = `/metadata/annotations/${lastAppliedAnnotation.replace('/', '~1')}`;

/** Whether a patch of this path can write values of a Secret. */
function writesValues(path: unknown): boolean {
  return path === copyPath || !/^\/(?!(data|stringData)(\/|$))./.test(String(path ?? ''));
}
