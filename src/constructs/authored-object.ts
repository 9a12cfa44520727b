import type { ApiObject } from 'cdk8s';
import type { Construct, IValidation } from 'constructs';
import { admit } from '../admission';
import { defaultKarmadaVersion } from '../karmada/release';
import type { KubernetesObject } from '../kubernetes/object';
import type { Problem } from '../problem/problem';
import { jsonPatches } from './cdk8s-internals';
import { validationMessage } from './construct-error';
import { federationOf } from './federation-settings';
import { type KarmadaObjectOptions, karmadaObject } from './karmada-object';
import { isUnchanging } from './synthesis/synthesis-cache';

/** The object behind an L2 construct, and what can be wrong with it no earlier than at synthesis. */
export interface AuthoredObjectOptions extends KarmadaObjectOptions {
  /** What the construct itself finds. @default - nothing */
  readonly problems?: () => readonly Problem[];
  /**
   * A text that changes with the object, JSON patches aside, so that it need not be resolved at each validation.
   *
   * @default - the resolved object
   */
  readonly revision?: () => string;
  /** Whether Karmada's webhook runs with --allow-no-execute-taint-policy. @default false */
  readonly allowNoExecuteTaints?: boolean;
}

/**
 * Makes the object behind an L2 construct, which synthesis refuses when Karmada would: JSON patches included.
 *
 * @throws ModelError as {@link karmadaObject} does
 */
export function authoredObject(owner: Construct, options: AuthoredObjectOptions): ApiObject {
  const object = karmadaObject(owner, options);
  owner.node.addValidation(new AuthoredObjectValidation(owner, object, options));
  return object;
}

/** Says at synthesis what the construct finds wrong, and else what Karmada would. */
class AuthoredObjectValidation implements IValidation {
  /** cdk8s validates everything once for each chart; what has not changed is refused, or not, as before. */
  #answered: { readonly revision: string; readonly refusals: readonly Problem[] } | undefined;

  readonly #problems: AuthoredObjectOptions['problems'];
  readonly #revision: AuthoredObjectOptions['revision'];
  readonly #allowNoExecuteTaints: boolean;

  constructor(
    private readonly owner: Construct,
    private readonly object: ApiObject,
    { problems, revision, allowNoExecuteTaints = false }: AuthoredObjectOptions,
  ) {
    this.#problems = problems;
    this.#revision = revision;
    this.#allowNoExecuteTaints = allowNoExecuteTaints;
  }

  validate(): string[] {
    const own = this.#problems?.() ?? [];
    // A reference that is wrong also shows in the object, in words that say less.
    if (own.length > 0 || this.#leavesAdmission()) return own.map(validationMessage);
    return this.#refusals().map(validationMessage);
  }

  /** `Federation.synth()` has the linter look at every object, for what Karmada refuses as for everything else, or nobody. */
  #leavesAdmission(): boolean {
    const federation = federationOf(this.owner);
    return federation !== undefined && (!federation.lint || isUnchanging());
  }

  #refusals(): readonly Problem[] {
    const current = this.#revision
      ? `${jsonPatches(this.object).length} ${this.#revision()}`
      : JSON.stringify(this.object.toJson());
    if (this.#answered?.revision !== current) {
      this.#answered = { revision: current, refusals: refusals(this.owner, this.object, this.#allowNoExecuteTaints) };
    }
    return this.#answered.refusals;
  }
}

function refusals(owner: Construct, object: ApiObject, allowNoExecuteTaints: boolean): Problem[] {
  const karmada = federationOf(owner)?.karmada ?? defaultKarmadaVersion;
  const { causes } = admit(object.toJson() as KubernetesObject, { karmada, allowNoExecuteTaints });
  return causes.map(({ code, path, message, why = `Karmada ${karmada} refuses it`, fix }) => ({
    code,

    message: path === '' ? message : `${path}: ${message}`,
    why,
    fix,
  }));
}
