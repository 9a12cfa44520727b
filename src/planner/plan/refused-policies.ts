import { type KubernetesObject, objectKey, referenceKey, referenceTo } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import { ControlPlaneState } from '../control-plane-state/control-plane-state';
import { federatedScalers } from '../final/autoscalers';

/** The policies and autoscalers that the API server refuses, as far as they would concern a template. */
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

  /** One sentence for each refused policy that selects a template, and for each refused autoscaler of it. */
  concerning(template: KubernetesObject): readonly string[] {
    return [
      ...this.#policies(template, 'propagationSelectors'),
      ...this.#policies(template, 'overrideSelectors'),
      ...this.#autoscalers(template),
    ];
  }

  #autoscalers(template: KubernetesObject): readonly string[] {
    const key = this.#state && referenceKey(referenceTo(template));
    return federatedScalers.flatMap(({ apiVersion, kind }) =>
      (this.#state?.ofKind(apiVersion, kind) ?? [])
        .filter(({ object }) => referenceKey(scaleTargetOf(object)) === key)
        .map(({ object }) => `${objectKey(object)} scales it, but the API server refuses it: ${this.#why.get(object)}`),
    );
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
