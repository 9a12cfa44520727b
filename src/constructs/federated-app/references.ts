import type { KubernetesObject } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import { Dependencies, type DependentReference } from '../../kubernetes/pod-dependencies';

/**
 * What an object of any kind refers to by name, of all that `propagateDeps` makes Karmada send along; in its own namespace.
 *
 * @see Karmada v1.18.2 pkg/resourceinterpreter/default/native/dependencies.go and pkg/util/helper/pod.go
 */
export function referencesOf(object: KubernetesObject): readonly DependentReference[] {
  const { kind, metadata, spec } = object;
  const found = new Dependencies(metadata?.namespace ?? '');
  if (kind === 'ServiceImport') found.add('Service', `derived-${metadata?.name ?? ''}`);
  else if (kind === 'Ingress') {
    for (const tls of listOf(fieldAt(spec, 'tls'))) found.add('Secret', fieldAt(tls, 'secretName'));
  } else {
    found.addPodSpec(podSpecOf(object));
    const own = listOf(fieldAt(spec, 'volumeClaimTemplates'));
    found.removeClaims(new Set(own.map((claim) => textOf(fieldAt(claim, 'metadata', 'name')))));
  }
  return found.list();
}

/** The pod spec of a workload: its own, that of its template, or that of the Jobs it makes. */
export function podSpecOf({ kind, spec }: KubernetesObject): unknown {
  const podSpecs = [
    kind === 'Pod' ? spec : undefined,
    fieldAt(spec, 'template', 'spec'),
    fieldAt(spec, 'jobTemplate', 'spec', 'template', 'spec'),
  ];
  return podSpecs.find((podSpec) => Array.isArray(fieldAt(podSpec, 'containers')));
}
