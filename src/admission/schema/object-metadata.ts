const string = { type: 'string' } as const;
const integer = { type: 'integer', format: 'int64' } as const;
const boolean = { type: 'boolean' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const stringMap = { type: 'object', additionalProperties: string } as const;

const ownerReference = {
  type: 'object',
  properties: {
    apiVersion: string,
    kind: string,
    name: string,
    uid: string,
    controller: boolean,
    blockOwnerDeletion: boolean,
  },
  required: ['apiVersion', 'kind', 'name', 'uid'],
  additionalProperties: false,
} as const;

/**
 * JSON Schema of `metadata`, which the API server validates strictly although CustomResourceDefinitions do not define it.
 *
 * @see Kubernetes apimachinery pkg/apis/meta/v1/types.go, ObjectMeta
 */
export const objectMetadataSchema = {
  type: 'object',
  properties: {
    name: string,
    generateName: string,
    namespace: string,
    labels: stringMap,
    annotations: stringMap,
    finalizers: { type: 'array', items: string },
    ownerReferences: { type: 'array', items: ownerReference },
    uid: string,
    resourceVersion: string,
    generation: integer,
    creationTimestamp: time,
    deletionTimestamp: time,
    deletionGracePeriodSeconds: integer,
    selfLink: string,
    managedFields: { type: 'array' },
  },
  additionalProperties: false,
} as const;

/** Names of the fields of `metadata`. */
export const objectMetadataFields: ReadonlySet<string> = new Set(Object.keys(objectMetadataSchema.properties));
