import { onDemand } from '../../kubernetes/on-demand';
import { anyText, fieldAt, isEqualData, listOf, recordOf, textOf } from '../../kubernetes/plain-data';
import type { ControlPlaneState } from '../../planner/control-plane-state/control-plane-state';
import { joinWords } from '../../problem/words';
import { idleCommand, idleImage, idleMetadata, missesPods, type Said } from '../analysis/idle-overriders';
import { type OverriderItem, type OverrideUse, templatesOf } from '../analysis/override-traces';
import { definePlanRule } from '../engine/rule';

/** @see Karmada v1.18.2 pkg/util/overridemanager/imageoverride.go, commandargsoverride.go, labelannotationoverrider.go */
export const noIdleOverride = definePlanRule({
  id: 'no-idle-override',
  severity: 'warning',
  layer: 'federation',
  pitfalls: ['P58'],
  summary: 'Every overrider changes the objects that it applies to.',
  rationale: 'an overrider that finds nothing to change is skipped without an error or an event',
  check({ overrideTraces, controlPlane, report }) {
    const traces = overrideTraces;
    const selectors = onDemand(() => podSelectors(controlPlane));
    const selected: PodSelectors = (namespace, label) => selectors()(namespace, label);
    for (const use of traces.uses) {
      const said = ignoredFieldOverrider(use);
      if (said) report({ at: use.policy.manifest, path: 'spec.overriders.fieldOverrider', ...said });
    }
    for (const entry of traces.items) {
      const said = idle(entry) ?? missesPods(entry, selected) ?? alreadySo(entry);
      if (said) report({ at: entry.step.policy.manifest, path: entry.path, ...said });
    }
  },
});

function idle(entry: OverriderItem): Said | undefined {
  switch (entry.step.step) {
    case 'imageOverrider':
      return idleImage(entry);
    case 'commandOverrider':
    case 'argsOverrider':
      return idleCommand(entry);
    case 'labelsOverrider':
    case 'annotationsOverrider':
      return idleMetadata(entry);
    default:
      return undefined;
  }
}

/** Whether a Service, NetworkPolicy or PodDisruptionBudget in the namespace selects pods by the label. */
type PodSelectors = (namespace: string, label: string) => boolean;

function podSelectors(controlPlane: ControlPlaneState): PodSelectors {
  const labels = new Set<string>();
  const kinds = [
    ['v1', 'Service', 'selector'],
    ['networking.k8s.io/v1', 'NetworkPolicy', 'podSelector'],
    ['policy/v1', 'PodDisruptionBudget', 'selector'],
  ] as const;
  for (const [apiVersion, kind, field] of kinds) {
    for (const { object } of controlPlane.ofKind(apiVersion, kind)) {
      const selector = recordOf(fieldAt(object.spec, field)) ?? {};
      const namespace = textOf(object.metadata?.namespace);
      for (const [key, value] of Object.entries(
        kind === 'Service' ? selector : (recordOf(selector['matchLabels']) ?? {}),
      )) {
        labels.add(`${namespace} ${key}=${anyText(value)}`);
      }
    }
  }
  return (namespace, label) => labels.has(`${namespace} ${label}`);
}

/** Admission accepts the deprecated fields next to overrideRules, but Karmada then ignores them. */
function ignoredFieldOverrider({ policy: { spec } }: OverrideUse): Said | undefined {
  const count = listOf(spec.overriders?.fieldOverrider).length;
  if (count === 0 || listOf(spec.overrideRules).length === 0) return undefined;
  return {
    message: `is in the deprecated spec.overriders next to overrideRules, so ${count === 1 ? 'this fieldOverrider is' : `these ${count} fieldOverriders are`} ignored`,
    why: 'if there are overrideRules, Karmada reads nothing else',
    fix: 'move it into the overriders of a rule in spec.overrideRules',
  };
}

/** The object may already have the value. That is harmless, but may not be intended. */
function alreadySo({ step: { policy }, uses }: OverriderItem): Said | undefined {
  if (listOf(policy.spec.resourceSelectors).length === 0) return undefined;
  if (!uses.every(({ step }) => isEqualData(step.before, step.after))) return undefined;
  return {
    severity: 'info',
    message: `changes nothing of ${joinWords(templatesOf(uses), 'and')}`,
    fix: 'remove it, or set a different value',
  };
}
