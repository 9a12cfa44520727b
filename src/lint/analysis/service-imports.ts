import { type KubernetesObject, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';

/** The multi-cluster services API of Kubernetes. */
export const mcsApi = 'multicluster.x-k8s.io/v1alpha1';

/** Ports of the Services `derived-NAME` that ServiceImports stand for, or that exports hint at, by `namespace/derived-NAME`. */
export function derivedServices(controlPlane: ControlPlaneState): ReadonlyMap<string, readonly number[]> {
  const derived = new Map<string, readonly number[]>();
  const add = ({ metadata, spec }: KubernetesObject): void => {
    const key = `${textOf(metadata?.namespace)}/derived-${textOf(metadata?.name)}`;
    if (!derived.has(key))
      derived.set(
        key,
        listOf(fieldAt(spec, 'ports')).map((port) => Number(fieldAt(port, 'port'))),
      );
  };
  for (const { object } of controlPlane.ofKind(mcsApi, 'ServiceImport')) add(object);
  for (const { object } of controlPlane.ofKind(mcsApi, 'ServiceExport')) {
    const service = controlPlane.find({
      apiVersion: 'v1',
      kind: 'Service',
      namespace: textOf(object.metadata?.namespace),
      name: textOf(object.metadata?.name),
    });
    add(service?.object ?? object);
  }
  return derived;
}

/** Names a ServiceImport: `ServiceImport/default/pipy`. */
export function importKey(namespace: string, name: string): string {
  return objectKey({ kind: 'ServiceImport', metadata: { namespace, name } });
}
