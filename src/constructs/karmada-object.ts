import { ApiObject, type ApiObjectMetadata, type ApiObjectProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { dnsLabelProblems, objectNameProblem } from '../kubernetes/names';
import { constructError } from './construct-error';
import { rememberCreation } from './creation-site';

/** The object behind an L2 construct. */
export interface KarmadaObjectOptions {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether objects of the kind live in a namespace. */
  readonly scope: 'Namespaced' | 'Cluster';
  /** What the author said about it. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata | undefined;
  /** Every field beside apiVersion, kind and metadata; values may be `Lazy`. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Makes the object behind an L2 construct: its child "Resource", and so its `node.defaultChild`,
 * which lets `ApiObject.of(construct)` and JSON patches reach what the construct does not model.
 * It is named by the construct id, without a hash, unless the metadata name it.
 *
 * @throws ModelError `object.name`, `object.namespace` for what Kubernetes refuses,
 * `object.clusterScoped` for a namespace on a cluster-scoped object
 */
export function karmadaObject(owner: Construct, options: KarmadaObjectOptions): ApiObject {
  rememberCreation(owner);
  const { apiVersion, kind, scope, metadata, fields } = options;
  const name = metadata?.name ?? owner.node.id;
  const nameProblem = objectNameProblem({ apiVersion, kind }, name);
  if (nameProblem !== undefined) {
    throw constructError(owner, {
      code: 'object.name',
      message: `the name "${name}" ${nameProblem}`,
      why: `Kubernetes refuses a ${kind} of that name`,
      fix: metadata?.name === undefined ? 'choose another construct id, or set metadata.name' : 'choose another name',
    });
  }
  const namespace = metadata?.namespace;
  if (namespace !== undefined && scope === 'Cluster') {
    throw constructError(owner, {
      code: 'object.clusterScoped',
      message: `metadata.namespace is "${namespace}", but a ${kind} is cluster-scoped`,
      why: 'an object outside all namespaces cannot be put into one',
      fix: 'leave metadata.namespace out',
    });
  }
  const namespaceProblem = namespace === undefined ? undefined : dnsLabelProblems(namespace)[0];
  if (namespaceProblem !== undefined) {
    throw constructError(owner, {
      code: 'object.namespace',
      message: `the namespace "${namespace}" ${namespaceProblem}`,
      why: 'Kubernetes has no namespace of that name',
      fix: 'choose another namespace',
    });
  }

  const props: ApiObjectProps = { apiVersion, kind, metadata: { ...metadata, name }, ...fields };
  const object = new ApiObject(owner, 'Resource', props);
  // cdk8s gives every object the namespace of its chart; an object outside all namespaces must not carry one.
  if (scope === 'Cluster') Object.assign(object.metadata, { namespace: undefined });
  return object;
}
