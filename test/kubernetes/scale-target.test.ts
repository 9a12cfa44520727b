import { expect, test } from 'vitest';
import { scaleTargetOf } from '../../src/kubernetes/scale-target';

const autoscaling = 'autoscaling.karmada.io/v1alpha1';

test.each([
  { scaler: 'autoscaling/v2', target: { kind: 'Deployment' }, apiVersion: 'apps/v1', kind: 'Deployment' },
  { scaler: 'keda.sh/v1alpha1', target: {}, apiVersion: 'apps/v1', kind: 'Deployment' },
  { scaler: autoscaling, target: { kind: 'FederatedHPA' }, apiVersion: autoscaling, kind: 'FederatedHPA' },
  { scaler: autoscaling, target: { apiVersion: 'a.io/v1', kind: 'A' }, apiVersion: 'a.io/v1', kind: 'A' },
])('$scaler with target $target scales $kind of $apiVersion', ({ scaler, target, apiVersion, kind }) => {
  const spec = { scaleTargetRef: { ...target, name: 'web' } };
  const object = { apiVersion: scaler, kind: 'Scaler', metadata: { name: 'web', namespace: 'shop' }, spec };
  expect(scaleTargetOf(object)).toEqual({ apiVersion, kind, namespace: 'shop', name: 'web' });
});
