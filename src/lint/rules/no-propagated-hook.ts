import { textOf } from '../../kubernetes/plain-data';
import { defineRule } from '../engine/rule';

/** Kinds that run something once. */
const running: readonly string[] = ['batch/v1 Job', 'v1 Pod'];

/** @see Helm https://helm.sh/docs/topics/charts_hooks */
export const noPropagatedHook = defineRule({
  id: 'no-propagated-hook',
  severity: 'warning',
  layer: 'federation',
  summary: 'No policy selects a Job or Pod that is a hook of Helm.',
  rationale:
    'only Helm runs a hook at its time and deletes it afterwards: as a manifest it runs in the members at once, next to the release',
  check({ claimedTemplates, report }) {
    for (const { manifest, key, policy } of claimedTemplates) {
      const { apiVersion, kind, metadata } = manifest.object;
      const hook = textOf(metadata?.annotations?.['helm.sh/hook']);
      if (hook === '' || !running.includes(`${apiVersion} ${kind}`)) continue;
      const isTest = hook.split(',').every((each) => each.trim().startsWith('test'));
      report({
        at: manifest,
        path: 'metadata.annotations[helm.sh/hook]',
        message: `${policy.name} sends ${key} to the members, a ${isTest ? 'test' : `${hook} hook`} of Helm`,
        fix: `render the chart without it, with helm template ${isTest ? '--skip-tests' : '--no-hooks'}, or remove the annotation if it is to run in the members`,
      });
    }
  },
});
