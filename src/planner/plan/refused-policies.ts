import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import { ControlPlaneState } from '../control-plane-state/control-plane-state';

/** The policies that the API server refuses, as far as they would concern a template. */
export class RefusedPolicies {
  /** What would exist if the API server took everything. */
  readonly #state: ControlPlaneState | undefined;
  readonly #why = new Map<KubernetesObject, string>();

  constructor({ refused, defaultNamespace }: ControlPlaneState) {
    if (refused.length === 0) return;
    this.#state = ControlPlaneState.of(
      refused.map(({ manifest }) => manifest),
      { defaultNamespace },
    );
    for (const { manifest, why } of refused) this.#why.set(manifest.object, why);
  }

  /** One sentence for each refused policy that selects a template: first those that would propagate it. */
  concerning(template: KubernetesObject): readonly string[] {
    return [...this.#policies(template, 'propagationSelectors'), ...this.#policies(template, 'overrideSelectors')];
  }

  /** Why no policy claims a template, if a refused one would. */
  instead(template: KubernetesObject): string | undefined {
    return this.#policies(template, 'propagationSelectors')[0];
  }

  #policies(template: KubernetesObject, selectors: 'propagationSelectors' | 'overrideSelectors'): readonly string[] {
    const state = this.#state;
    if (!state) return [];
    const namespace = textOf(template.metadata?.namespace);
    return [...(namespace ? [namespace] : []), ''].flatMap((scope) =>
      (state[selectors](scope)?.matchesOf(template) ?? []).map(({ owner }) => {
        const { object } = owner.manifest;
        return `${objectKey(object)} selects it, but the API server refuses this policy: ${this.#why.get(object)}`;
      }),
    );
  }
}
