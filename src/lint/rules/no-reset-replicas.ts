import type { Manifest } from '../../kubernetes/manifest';
import { objectKey, referenceKey, referenceTo } from '../../kubernetes/object';
import { fieldAt } from '../../kubernetes/plain-data';
import { byTarget, federatedScalers } from '../../planner/final/autoscalers';
import { counted, joinWords } from '../../problem/words';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/controllers/federatedhpa/federatedhpa_controller.go and pkg/controllers/cronfederatedhpa/cronfederatedhpa_job.go */
export const noResetReplicas = defineRule({
  id: 'no-reset-replicas',
  severity: 'info',
  layer: 'advice',
  pitfalls: ['P50'],
  summary: 'A workload that Karmada scales does not state its replicas.',
  rationale:
    'the autoscaler changes spec.replicas of the template, and each apply of the manifest sets the written number again, whatever the load is',
  check({ controlPlane, manifests, report }) {
    const scalers = federatedScalers.map(({ apiVersion, kind }) => byTarget(controlPlane, apiVersion, kind));
    if (scalers.every(({ size }) => size === 0)) return;
    // The control plane stores a default; only a written number is applied.
    const written = new Map(manifests.map((manifest) => [manifest.origin, manifest]));
    for (const { object, origin } of controlPlane.templates) {
      const key = referenceKey(referenceTo(object));
      const owners = scalers.flatMap((byKey): readonly Manifest[] => byKey.get(key) ?? []);
      const at = written.get(origin);
      const replicas = fieldAt(at?.object.spec, 'replicas');
      if (!at || owners.length === 0 || typeof replicas !== 'number') continue;
      const names = joinWords(
        owners.map((owner) => objectKey(owner.object)),
        'and',
      );
      const them = replicas === 1 ? 'it' : 'them';
      report({
        at,
        path: 'spec.replicas',
        message: `states ${counted(replicas, 'replica')}, and each apply sets ${them} again, although ${names} ${owners.length === 1 ? 'scales' : 'scale'} it`,
        fix: `leave spec.replicas out, so that only ${names} ${owners.length === 1 ? 'decides' : 'decide'}`,
      });
    }
  },
});
