import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '../../kubernetes/object';
import { recordOf, stringMapOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../control-plane-state/control-plane-state';
import type { PropagationPolicy } from '../control-plane-state/policy';

/**
 * Whether a Lazy policy leaves a template alone, because it is in the control plane already and does not change: a Lazy
 * policy takes effect only when the template itself changes next.
 *
 * @param deployed - the templates that are in the control plane
 * @see Karmada v1.18.2 pkg/detector/detector.go, ApplyPolicy
 */
export function isLeftAlone(
  policy: PropagationPolicy,
  template: KubernetesObject,
  deployed: ControlPlaneState,
): boolean {
  if (policy.spec.activationPreference !== 'Lazy') return false;
  const before = deployed.find({
    apiVersion: template.apiVersion,
    kind: template.kind,
    namespace: textOf(template.metadata?.namespace),
    name: textOf(template.metadata?.name),
  });
  return before !== undefined && isDeepStrictEqual(ownContent(before.object), ownContent(template));
}

/** What people write: no status, no metadata of the server's, no marks of Karmada's. */
function ownContent(object: KubernetesObject): unknown {
  const { status: _, metadata, ...content } = object as KubernetesObject & { status?: unknown };
  return { ...content, labels: ownMarks(metadata?.labels), annotations: ownMarks(metadata?.annotations) };
}

function ownMarks(marks: unknown): unknown {
  const own = Object.entries(stringMapOf(recordOf(marks)) ?? {}).filter(([key]) => !key.includes('karmada.io/'));
  return Object.fromEntries(own);
}
