import { apiGroup, type KubernetesObject, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { PodReference } from '../../kubernetes/pod-references';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import type { Severity } from '../../problem/finding';
import { nearMiss } from '../../problem/words';
import type { ClaimedTemplate } from '../analysis/claimed-templates';
import { isMadeByKubernetes, isThereAnyway } from '../analysis/preexisting';
import { installedKinds, unfollowedReferencesOf } from '../analysis/unfollowed-references';
import { defineRule, type LintContext } from '../engine/rule';

/** A reference whose target must exist. */
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
  pitfalls: ['P45'],
  rank: 260,
  summary: 'Every object that a propagated object refers to is in the manifests.',
  rationale:
    'Karmada ignores a reference to a missing object, and pods that need the object do not start in any member',
  check(context) {
    const made = operatorOutputs(context.controlPlane);
    for (const template of context.claimedTemplates) {
      for (const reference of missingFrom(template, context)) {
        const { namespace = '', name } = reference;
        if (made.has(`${namespace}/${name}`) || made.has(`/${name}`)) continue;
        report(template, reference, context);
      }
    }
  },
});

function report({ manifest }: ClaimedTemplate, reference: Reference, { controlPlane, report: add }: LintContext): void {
  const { kind, namespace = '', name, path } = reference;
  const severity = severityOf(reference);
  const others = namesake(reference, controlPlane);
  const key = objectKey({ kind, metadata: { name, namespace } });
  add({
    at: manifest,
    path,
    ...(severity && { severity }),
    missing: { kinds: [kind], name },
    message: `names ${key}, which is not in the manifests`,
    fix:
      others === undefined
        ? `add ${key} to the manifests and select it in a policy, or make sure that every member has it`
        : `write "${others}", or add ${key} to the manifests`,
    // Findings about the intended object, which now has no referrer, follow from this one.
    cause: [
      `object ${key}`,
      ...(others === undefined ? [] : [`policy of ${objectKey({ kind, metadata: { name: others, namespace } })}`]),
    ],
  });
}

/** Secrets and classes are often created outside the application's manifests. */
function severityOf({ kind }: Reference): Severity | undefined {
  return kind === 'Secret' || kind === 'ClusterRole' || installedKinds.has(kind) ? 'info' : undefined;
}

function* missingFrom({ manifest }: ClaimedTemplate, context: LintContext): Iterable<Reference> {
  const { controlPlane, podReferencesOf } = context;
  const { object } = manifest;
  const seen = new Set<string>();
  for (const reference of referencesOf(object, podReferencesOf(object))) {
    const { kind, name } = reference;
    if (seen.has(`${kind}/${name}`)) continue;
    seen.add(`${kind}/${name}`);
    // The members define their own volumes and classes.
    if (kind === 'StorageClass' || kind === 'IngressClass' || kind === 'RuntimeClass' || kind === 'PersistentVolume')
      continue;
    if (controlPlane.find(reference) || isThereAnyway(reference, controlPlane) || madeInEveryNamespace.test(name))
      continue;
    yield reference;
  }
}

/** Objects that service meshes and distributions create in every namespace. */
const madeInEveryNamespace = /^(kube-root-ca\.crt|.*ca-root-cert|.*service-ca\.crt|default-token-.*)$/;

const none: readonly Reference[] = [];

function referencesOf(object: KubernetesObject, pods: readonly PodReference[]): readonly Reference[] {
  const namespace = textOf(object.metadata?.namespace);
  const others = unfollowedReferencesOf(object, pods);
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

/** The probably intended name: a similar object of the same kind and namespace. */
function namesake(
  { apiVersion, kind, namespace, name }: Reference,
  controlPlane: ControlPlaneState,
): string | undefined {
  const names = controlPlane
    .ofKind(apiVersion, kind)
    .filter(({ object }) => textOf(object.metadata?.namespace) === (namespace ?? ''))
    .map(({ object }) => textOf(object.metadata?.name));
  return nearMiss(name, names);
}

/** Where custom kinds say the name of the object that their operator makes, in addition to their own name. */
const outputNames: readonly (readonly string[])[] = [
  ['spec', 'secretName'],
  ['spec', 'target', 'name'],
  ['spec', 'template', 'metadata', 'name'],
  ['spec', 'secretTemplate', 'metadata', 'name'],
  ['spec', 'writeConnectionSecretToRef', 'name'],
  ['spec', 'outputSecretRef', 'name'],
];

/**
 * `namespace/name` of objects that operators may make: a custom object of the set has the name, or names it as what it
 * makes, as ExternalSecrets, Certificates and SealedSecrets do.
 */
function operatorOutputs({ templates }: ControlPlaneState): ReadonlySet<string> {
  return new Set(templates.flatMap(({ object }) => (isCustom(object) ? outputsOf(object) : [])));
}

function outputsOf(object: KubernetesObject): readonly string[] {
  const namespace = textOf(object.metadata?.namespace);
  const names = [object.metadata?.name, ...outputNames.map((path) => fieldAt(object, ...path))];
  return names.map((name) => `${namespace}/${textOf(name)}`);
}

function isCustom({ apiVersion }: KubernetesObject): boolean {
  const group = apiGroup(apiVersion);
  return group.includes('.') && !/(^|\.)k8s\.io$/.test(group);
}
