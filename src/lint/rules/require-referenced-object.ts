import { apiGroup, type KubernetesObject, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { Severity } from '../../problem/finding';
import { nearMiss } from '../../problem/words';
import { type ClaimedTemplate, claimedTemplatesIn } from '../analysis/claimed-templates';
import { mayBeProduced } from '../analysis/operator-outputs';
import { podReferencesOf } from '../analysis/pod-references';
import { isMadeByKubernetes, isThereAnyway } from '../analysis/preexisting';
import { installedKinds, unfollowedReferencesOf } from '../analysis/unfollowed-references';
import { defineRule, type RuleContext } from '../engine/rule';

/** A reference that has to lead somewhere. */
interface Reference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly path: string;
}

/** @see Karmada v1.18.2 pkg/dependenciesdistributor/dependencies_distributor.go, where a missing dependency is passed over */
export const requireReferencedObject = defineRule({
  id: 'require-referenced-object',
  severity: 'warning',
  layer: 'federation',
  summary: 'Every object that a propagated one names is among the manifests.',
  rationale: 'Karmada passes over a reference to nothing, and pods that name it do not start in any member',
  check(context) {
    for (const template of claimedTemplatesIn(context)) {
      for (const reference of missingFrom(template, context.federation)) report(template, reference, context);
    }
  },
});

function report({ manifest }: ClaimedTemplate, reference: Reference, { federation, report: add }: RuleContext): void {
  const { kind, namespace = '', name, path } = reference;
  const severity = severityOf(reference);
  const others = namesake(reference, federation);
  const key = objectKey({ kind, metadata: { name, namespace } });
  add({
    at: manifest,
    path,
    ...(severity && { severity }),
    message: `names ${key}, which is not among the manifests`,
    fix:
      others === undefined
        ? `add ${key} to the manifests and let a policy select it, or make sure that every member has it`
        : `write "${others}", or add ${key} to the manifests`,
    // The object that was meant has no referrer then, and other rules may wonder about that.
    cause: [
      `object ${key}`,
      ...(others === undefined ? [] : [`policy of ${objectKey({ kind, metadata: { name: others, namespace } })}`]),
    ],
  });
}

/** Secrets and classes are mostly made by others than the author of the application. */
function severityOf({ kind }: Reference): Severity | undefined {
  return kind === 'Secret' || kind === 'ClusterRole' || installedKinds.has(kind) ? 'info' : undefined;
}

function* missingFrom({ manifest }: ClaimedTemplate, federation: ControlPlaneState): Iterable<Reference> {
  const { object } = manifest;
  const seen = new Set<string>();
  for (const reference of referencesOf(object)) {
    const { kind, name, namespace = '' } = reference;
    if (seen.has(`${kind}/${name}`)) continue;
    seen.add(`${kind}/${name}`);
    // Which volumes and classes there are is the business of the members.
    if (kind === 'StorageClass' || kind === 'IngressClass' || kind === 'RuntimeClass' || kind === 'PersistentVolume')
      continue;
    if (federation.find(reference) || isThereAnyway(reference, federation) || madeInEveryNamespace.test(name)) continue;
    if (mayBeProduced(namespace, name, federation)) continue;
    yield reference;
  }
}

/** Objects that service meshes and distributions put into every namespace. */
const madeInEveryNamespace = /^(kube-root-ca\.crt|.*ca-root-cert|.*service-ca\.crt|default-token-.*)$/;

const none: readonly Reference[] = [];

function referencesOf(object: KubernetesObject): readonly Reference[] {
  const namespace = textOf(object.metadata?.namespace);
  const [pods, others] = [podReferencesOf(object), unfollowedReferencesOf(object)];
  if (pods.length === 0 && others.length === 0 && object.kind !== 'Ingress') return none;
  const inPods = pods.flatMap((reference): readonly Reference[] => {
    if (reference.optional || isMadeByKubernetes(reference)) return [];
    return [installedKinds.has(reference.kind) ? reference : { ...reference, namespace }];
  });
  const certificates =
    object.kind === 'Ingress' && apiGroup(object.apiVersion) === 'networking.k8s.io'
      ? listOf(fieldAt(object.spec, 'tls')).flatMap((tls, index): readonly Reference[] => {
          const name = textOf(fieldAt(tls, 'secretName'));
          return name === ''
            ? []
            : [{ apiVersion: 'v1', kind: 'Secret', namespace, name, path: `spec.tls[${index}].secretName` }];
        })
      : [];
  return [...inPods, ...others.filter(({ kind }) => !installedKinds.has(kind)), ...certificates];
}

/** The name of an object of the same kind and namespace that was probably meant. */
function namesake({ apiVersion, kind, namespace, name }: Reference, federation: ControlPlaneState): string | undefined {
  const names = federation
    .ofKind(apiVersion, kind)
    .filter(({ object }) => textOf(object.metadata?.namespace) === (namespace ?? ''))
    .map(({ object }) => textOf(object.metadata?.name));
  return nearMiss(name, names);
}
