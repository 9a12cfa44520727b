import { dnsLabelProblems, objectNameProblem } from '../../kubernetes/names';
import type { Problem } from '../../problem/problem';
import { authoredNamespace, type Template } from './template';

/** Whether Kubernetes takes the name and namespace of an object, so that a policy can be derived from it. */
export function isSound(template: Template): boolean {
  return identityProblems(template).length === 0;
}

/** What Kubernetes has against the name or namespace of an object. */
export function identityProblems(template: Template): Problem[] {
  return [...nameProblems(template), ...namespaceProblems(template)];
}

function nameProblems({ apiVersion, kind, name, object }: Template): Problem[] {
  if (typeof kind !== 'string' || kind === '') {
    return [
      {
        code: 'object.kind',
        message: `the object "${name}" at ${object.node.path} has no kind`,
        why: 'Kubernetes would not know what it is',
        fix: 'add its kind, such as kind: ConfigMap',
      },
    ];
  }
  const problem = objectNameProblem({ apiVersion, kind }, name);
  if (problem === undefined) return [];
  return [
    {
      code: 'object.name',
      message: `the name "${name}" of ${kind} at ${object.node.path} ${problem}`,
      why: `Kubernetes refuses a ${kind} of that name`,
      fix: 'choose another name',
    },
  ];
}

function namespaceProblems(template: Template): Problem[] {
  const { kind, name, object, clusterScoped } = template;
  const namespace = authoredNamespace(template);
  if (namespace === undefined) return [];
  if (clusterScoped) {
    return [
      {
        code: 'object.clusterScoped',
        message: `${kind} "${name}" at ${object.node.path} has namespace "${namespace}", but a ${kind} is cluster-scoped`,
        why: 'a cluster-scoped object has no namespace',
        fix: 'leave metadata.namespace out',
      },
    ];
  }
  const problem = dnsLabelProblems(namespace)[0];
  if (problem === undefined) return [];
  return [
    {
      code: 'object.namespace',
      message: `the namespace "${namespace}" of ${kind} "${name}" at ${object.node.path} ${problem}`,
      why: 'Kubernetes has no namespace of that name',
      fix: 'choose another namespace',
    },
  ];
}
