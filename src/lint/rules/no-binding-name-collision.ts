import type { Manifest } from '../../kubernetes/manifest';
import { apiGroup, objectKey } from '../../kubernetes/object';
import { textOf } from '../../kubernetes/plain-data';
import { isSyncedNamespace } from '../../planner/matching/never-propagated';
import { defineRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/names/names.go, GenerateBindingName */
export const noBindingNameCollision = defineRule({
  id: 'no-binding-name-collision',
  severity: 'error',
  layer: 'federation',
  pitfalls: ['P16'],
  summary: 'Every propagated object has its own binding name.',
  rationale:
    'Karmada builds the binding name from the kind and name in lower case, without the API group: two objects share one binding, and one of them is stuck',
  check(context) {
    const first = new Map<string, Manifest>();
    for (const template of context.controlPlane.templates) {
      const { kind, metadata } = template.object;
      // A generated name is unique.
      if (textOf(metadata?.name) === '' || isSyncedNamespace(template.object) || !context.isSent(template)) continue;
      const binding = `${textOf(metadata?.name)}-${kind}`.toLowerCase().replaceAll(':', '.');
      const key = `${textOf(metadata?.namespace)}/${binding}`;
      const other = first.get(key);
      if (!other) {
        first.set(key, template);
        continue;
      }
      context.report({
        at: template,
        path: 'metadata.name',
        message: `${nameOf(template)} and ${nameOf(other)} would have the same binding, "${binding}"`,
        fix: 'rename one of the two objects',
      });
    }
  },
});

function nameOf({ object }: Manifest): string {
  const group = apiGroup(object.apiVersion);
  return group ? `${objectKey(object)} of ${group}` : objectKey(object);
}
