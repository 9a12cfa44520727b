import { isClosedGroup } from '../../kubernetes/built-in-kinds';
import { apiGroup, type KubernetesObject, namedKey, objectKey } from '../../kubernetes/object';
import { fieldAt, listOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { isBuiltIn } from '../../planner/schedule/api-enablement';
import type { ChosenPolicy } from './policy-choice';

/** Kinds that configure an API server, as the one of Karmada is. */
const serverKinds: ReadonlySet<string> = new Set([
  'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest',
  'flowcontrol.apiserver.k8s.io/FlowSchema',
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'apiextensions.k8s.io/CustomResourceDefinition',
]);

const rbac = 'rbac.authorization.k8s.io';

/** Objects that are probably intended only for the control plane. */
export class HomeObjects {
  /** Groups of custom kinds of which something is propagated. */
  readonly #sentGroups: ReadonlySet<string>;
  /** Priority classes by which policies order scheduling. */
  readonly #priorityClasses: ReadonlySet<string>;
  /** Roles bound to users and groups only, as `Kind/namespace/name`. */
  readonly #rolesOfPeople: ReadonlySet<string>;

  constructor(choices: readonly ChosenPolicy[], controlPlane: ControlPlaneState) {
    this.#sentGroups = new Set(
      choices.filter(({ winner }) => winner).flatMap(({ template }) => groupsOf(template.object)),
    );
    this.#priorityClasses = new Set(
      controlPlane.propagationPolicies.map(({ spec }) => textOf(spec.schedulePriority?.priorityClassName)),
    );
    this.#rolesOfPeople = rolesOfPeople(controlPlane);
  }

  /** Whether the object is probably not needed in the members. */
  has(object: KubernetesObject): boolean {
    const group = apiGroup(object.apiVersion);
    if (serverKinds.has(`${group}/${object.kind}`)) return true;
    if (group === 'scheduling.k8s.io') return this.#priorityClasses.has(textOf(object.metadata?.name));
    if (group === rbac) return this.#isForPeople(object);
    // Controllers in the control plane keep their own objects there.
    return !isClosedGroup(group) && !isBuiltIn(object.apiVersion) && !this.#sentGroups.has(group);
  }

  #isForPeople(object: KubernetesObject): boolean {
    if (object.kind.endsWith('Binding')) return isForPeople(object);
    const groups = listOf(object['rules']).flatMap((rule) => listOf(fieldAt(rule, 'apiGroups')));
    if (groups.some((group) => typeof group === 'string' && group.endsWith('.karmada.io'))) return true;
    return this.#rolesOfPeople.has(objectKey(object));
  }
}

/** Groups that an object shows to be used in the members: its own, and the one that it defines. */
function groupsOf(object: KubernetesObject): readonly string[] {
  const group = apiGroup(object.apiVersion);
  return object.kind === 'CustomResourceDefinition' ? [textOf(fieldAt(object.spec, 'group'))] : [group];
}

function isForPeople(binding: KubernetesObject): boolean {
  const subjects = listOf(binding['subjects']);
  return subjects.length > 0 && subjects.every((subject) => textOf(fieldAt(subject, 'kind')) !== 'ServiceAccount');
}

function rolesOfPeople(controlPlane: ControlPlaneState): ReadonlySet<string> {
  const people = new Set<string>();
  const others = new Set<string>();
  for (const kind of ['RoleBinding', 'ClusterRoleBinding']) {
    for (const { object } of controlPlane.ofKind(`${rbac}/v1`, kind)) {
      const kind = textOf(fieldAt(object['roleRef'], 'kind'));
      const namespace = kind === 'Role' ? textOf(object.metadata?.namespace) : '';
      const key = namedKey({ kind, namespace, name: textOf(fieldAt(object['roleRef'], 'name')) });
      (isForPeople(object) ? people : others).add(key);
    }
  }
  return new Set([...people].filter((key) => !others.has(key)));
}
