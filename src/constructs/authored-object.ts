import { ApiObject, type ApiObjectMetadata, type ApiObjectProps } from 'cdk8s';
import type { Construct, IValidation } from 'constructs';
import { admit } from '../admission';
import { defaultKarmadaVersion } from '../karmada/release';
import { dnsLabelProblems, objectNameProblem } from '../kubernetes/names';
import type { KubernetesObject } from '../kubernetes/object';
import { plainCopy } from '../kubernetes/plain-copy';
import type { Problem } from '../problem/problem';
import { jsonPatches } from './cdk8s-internals';
import { constructError, validationMessage } from './construct-error';
import { rememberCreation } from './creation-site';
import { federationOf } from './federation-settings';
import { checkChart } from './props';
import { isUnchanging } from './synthesis/synthesis-cache';

/** The object behind an L2 construct, and the checks that run at synthesis. */
export interface AuthoredObjectOptions {
  readonly apiVersion: string;
  readonly kind: string;
  /** Whether objects of the kind live in a namespace. */
  readonly scope: 'Namespaced' | 'Cluster';
  /** Metadata given by the author. @default - the construct id as name, the chart's namespace */
  readonly metadata?: ApiObjectMetadata | undefined;
  /** Every field except apiVersion, kind and metadata; values may be `Lazy`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Problems that only the construct can find. @default - none */
  readonly problems?: () => readonly Problem[];
  /**
   * A text that changes with the object, JSON patches aside. It saves resolving the object at each validation.
   *
   * @default - the resolved object
   */
  readonly revision?: () => string;
  /** Whether Karmada's webhook runs with --allow-no-execute-taint-policy. @default false */
  readonly allowNoExecuteTaints?: boolean;
}

/**
 * Creates the object behind an L2 construct: its child "Resource", and so its `node.defaultChild`,
 * which lets `ApiObject.of(construct)` and JSON patches reach fields that the construct does not model.
 * Its name is that in the metadata, or else the construct id without a hash.
 * Synthesis fails where Karmada would refuse the object, JSON patches included.
 *
 * @throws ModelError `object.name`, `object.namespace` for names that Kubernetes refuses,
 * `object.clusterScoped` for a namespace on a cluster-scoped object
 */
export function authoredObject(owner: Construct, options: AuthoredObjectOptions): ApiObject {
  rememberCreation(owner);
  checkChart(owner);
  const { apiVersion, kind, scope, metadata, fields } = options;
  const name = metadata?.name ?? owner.node.id;
  checkIdentity(owner, options, name);
  const props: ApiObjectProps = { apiVersion, kind, metadata: { ...plainCopy(metadata), name }, ...fields };
  const object = new ApiObject(owner, 'Resource', props);
  // cdk8s gives every object the namespace of its chart; a cluster-scoped object must not carry one.
  if (scope === 'Cluster') Object.assign(object.metadata, { namespace: undefined });
  owner.node.addValidation(new AuthoredObjectValidation(owner, object, options));
  return object;
}

function checkIdentity(owner: Construct, { apiVersion, kind, scope, metadata }: AuthoredObjectOptions, name: string) {
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
      why: 'a cluster-scoped object has no namespace',
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
}

/** Reports the problems that the construct finds, or else those that Karmada would. */
class AuthoredObjectValidation implements IValidation {
  /** cdk8s validates everything once for each chart; an unchanged object is not admitted again. */
  #answered: { readonly revision: string; readonly refusals: readonly Problem[] } | undefined;

  constructor(
    private readonly owner: Construct,
    private readonly object: ApiObject,
    private readonly options: AuthoredObjectOptions,
  ) {}

  validate(): string[] {
    const own = this.options.problems?.() ?? [];
    // Admission would report the same mistake again, in less helpful words.
    if (own.length > 0 || this.#leavesAdmission()) return own.map(validationMessage);
    return this.#refusals().map(validationMessage);
  }

  /** In `Federation.synth()` the linter runs admission, so constructs skip it. */
  #leavesAdmission(): boolean {
    const federation = federationOf(this.owner);
    return federation !== undefined && (!federation.lint || isUnchanging());
  }

  #refusals(): readonly Problem[] {
    const { object, options } = this;
    const revision = options.revision
      ? `${jsonPatches(object).length} ${options.revision()}`
      : JSON.stringify(object.toJson());
    if (this.#answered?.revision !== revision) {
      const refusals = refusalsOf(this.owner, object, options.allowNoExecuteTaints ?? false);
      this.#answered = { revision, refusals };
    }
    return this.#answered.refusals;
  }
}

function refusalsOf(owner: Construct, object: ApiObject, allowNoExecuteTaints: boolean): Problem[] {
  const karmada = federationOf(owner)?.karmada ?? defaultKarmadaVersion;
  const { causes } = admit(object.toJson() as KubernetesObject, { karmada, allowNoExecuteTaints });
  return causes.map(({ code, path, message, why = `Karmada ${karmada} refuses it`, fix }) => ({
    code,
    message: path === '' ? message : `${path}: ${message}`,
    why,
    fix,
  }));
}
