import type { KubernetesObject } from '../../kubernetes/object';
import { anyText, fieldAt, recordOf, textOf } from '../../kubernetes/plain-data';
import { formatMilli, isMore, milliValue, parseQuantity } from '../../kubernetes/quantity';
import type { Component, ReplicaRequirements } from '../plan';
import type { StatedReplicas } from './kind-interpreter';

/** Job managers and task managers count as replicas; each counts with the requirements of the larger of the two. */
export function flinkReplicas({ spec, metadata }: KubernetesObject): StatedReplicas {
  const jobManagers = numberAt(spec, 'jobManager', 'replicas') ?? 1;
  const taskManagers = numberAt(spec, 'taskManager', 'replicas') ?? taskManagersForSlots(spec);
  const requirements: ReplicaRequirements = {
    ...unlessEmpty('nodeClaim', nodeClaimOf(fieldAt(spec, 'podTemplate', 'spec'))),
    ...unlessEmpty('resourceRequest', resourceRequestOf(spec)),
    ...optionalText('priorityClassName', fieldAt(spec, 'podTemplate', 'spec', 'priorityClassName')),
    ...optionalText('namespace', metadata?.namespace),
  };
  return { replicas: Math.trunc(jobManagers + taskManagers), requirements };
}

/** Job managers and task managers, each with its own requirements. */
export function flinkComponents({ spec }: KubernetesObject): readonly Component[] {
  const claims = nodeClaimOf(fieldAt(spec, 'podTemplate', 'spec'));
  const priority = optionalText('priorityClassName', fieldAt(spec, 'podTemplate', 'spec', 'priorityClassName'));
  const each = (name: string, replicas: number, role: string): Component => {
    const { cpu, memory } = recordOf(fieldAt(spec, role, 'resource')) ?? {};
    const resourceRequest = {
      ...(cpu !== undefined && { cpu: canonicalCpu(anyText(cpu)) }),
      ...(memory !== undefined && { memory: anyText(memory) }),
    };
    return { name, replicas, requirements: { ...unlessEmpty('nodeClaim', claims), resourceRequest, ...priority } };
  };
  const taskManagers = numberAt(spec, 'taskManager', 'replicas') ?? taskManagersForSlots(spec);
  return [
    each('jobmanager', numberAt(spec, 'jobManager', 'replicas') ?? 1, 'jobManager'),
    each('taskmanager', taskManagers, 'taskManager'),
  ];
}

/** As many task managers as the parallelism of the job needs. */
function taskManagersForSlots(spec: unknown): number {
  const parallelism = numberAt(spec, 'job', 'parallelism');
  const slots = numberAt(spec, 'flinkConfiguration', 'taskmanager.numberOfTaskSlots');
  return parallelism === undefined || !slots ? 1 : Math.ceil(parallelism / slots);
}

function resourceRequestOf(spec: unknown): Readonly<Record<string, string>> {
  const [task, job] = ['taskManager', 'jobManager'].map((role) => recordOf(fieldAt(spec, role, 'resource')) ?? {});
  const cpu = largest(task?.['cpu'], job?.['cpu']);
  const memory = largest(task?.['memory'], job?.['memory']);
  return { ...(cpu !== undefined && { cpu: canonicalCpu(cpu) }), ...(memory !== undefined && { memory }) };
}

/** An amount of CPU in Kubernetes notation: `500m` for 0.5. */
function canonicalCpu(cpu: string): string {
  const quantity = parseQuantity(cpu);
  return quantity ? formatMilli(milliValue(quantity)) : cpu;
}

function largest(a: unknown, b: unknown): string | undefined {
  if (a === undefined || b === undefined) return (a ?? b) === undefined ? undefined : anyText(a ?? b);
  return isMore(anyText(b), anyText(a)) ? anyText(b) : anyText(a);
}

function nodeClaimOf(podSpec: unknown): Readonly<Record<string, unknown>> {
  const { nodeSelector, tolerations } = recordOf(podSpec) ?? {};
  return { ...(nodeSelector !== undefined && { nodeSelector }), ...(tolerations !== undefined && { tolerations }) };
}

function unlessEmpty<Field extends string, Value extends object>(field: Field, value: Value): { [F in Field]?: Value } {
  return Object.keys(value).length === 0 ? {} : ({ [field]: value } as { [F in Field]: Value });
}

function optionalText(field: string, value: unknown): Readonly<Record<string, string>> {
  return textOf(value) === '' ? {} : { [field]: textOf(value) };
}

/** A number, or text that is one. */
function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = fieldAt(value, ...path);
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
