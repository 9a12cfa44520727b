import { kubernetesCronProblem } from '../../kubernetes/cron';
import { compileLabelSelector } from '../../kubernetes/label-selector';
import type { KubernetesObject, LabelSelectorSpec } from '../../kubernetes/object';
import { isTimeZone } from '../../kubernetes/time-zone';
import { quoted } from '../../problem/words';
import type { Faults } from './faults';
import { checkLabelSelector } from './label-selector';
import { checkDomainPath } from './networking';
import { checkPodTemplate } from './pod';
import type { PodTemplateSpec } from './pod-types';

interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly completionMode?: string;
  readonly backoffLimit?: number;
  readonly backoffLimitPerIndex?: number;
  readonly maxFailedIndexes?: number;
  readonly manualSelector?: boolean;
  readonly selector?: LabelSelectorSpec;
  readonly managedBy?: string;
  readonly template?: PodTemplateSpec;
  readonly podReplacementPolicy?: string;
  readonly podFailurePolicy?: { readonly rules?: readonly FailureRule[] };
  readonly successPolicy?: { readonly rules?: readonly SuccessRule[] };
}

interface FailureRule {
  readonly action?: string;
  readonly onExitCodes?: {
    readonly containerName?: string;
    readonly operator?: string;
    readonly values?: readonly number[];
  };
  readonly onPodConditions?: readonly object[];
}

interface SuccessRule {
  readonly succeededIndexes?: string;
  readonly succeededCount?: number;
}

interface CronJobSpec {
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly jobTemplate?: { readonly metadata?: PodTemplateSpec['metadata']; readonly spec?: JobSpec };
}

/** @see Kubernetes pkg/apis/batch/validation/validation.go, ValidateJob */
export function checkJob({ spec }: KubernetesObject, faults: Faults): void {
  const job = (spec ?? {}) as JobSpec;
  const { selector, manualSelector, template = {} } = job;
  if (manualSelector) {
    if (!selector)
      faults.missing('spec.selector', 'manualSelector needs a selector', 'add selector, or remove manualSelector');
    else if (!compileLabelSelector(selector)(template.metadata?.labels ?? {})) {
      faults.invalid(
        'spec.template.metadata.labels',
        'do not match spec.selector',
        'give the pods the labels of spec.selector',
      );
    }
  } else if (selector) {
    faults.invalid(
      'spec.selector',
      'the API server makes the selector itself',
      'remove selector, or set manualSelector: true',
    );
  }
  checkLabelSelector(selector, 'spec.selector', faults);
  checkJobSpec(job, 'spec', faults);
}

export function checkCronJob({ spec }: KubernetesObject, faults: Faults): void {
  const { schedule = '', timeZone, jobTemplate = {} } = (spec ?? {}) as CronJobSpec;
  if (schedule !== '') {
    const problem = kubernetesCronProblem(schedule);
    if (problem)
      faults.invalid('spec.schedule', `${quoted(schedule)} ${problem}`, 'write five fields, such as "30 4 * * *"');
  }
  if (timeZone !== undefined) {
    if (timeZone === '' || timeZone.toLowerCase() === 'local' || !isTimeZone(timeZone)) {
      faults.invalid(
        'spec.timeZone',
        `must be the name of a time zone, got ${quoted(timeZone)}`,
        'use a name such as Europe/Berlin or Etc/UTC',
      );
    }
  }
  const job = jobTemplate.spec ?? {};
  if (job.manualSelector) faults.excluded('spec.jobTemplate.spec.manualSelector', 'is not allowed in a CronJob');
  checkJobSpec(job, 'spec.jobTemplate.spec', faults);
}

function checkJobSpec(job: JobSpec, path: string, faults: Faults): void {
  const { template = {}, completionMode, completions, parallelism, backoffLimitPerIndex, maxFailedIndexes } = job;
  checkPodTemplate(template, `${path}.template`, faults);
  const restartPolicy = template.spec?.restartPolicy ?? '';
  const isIndexed = completionMode === 'Indexed';
  const at = `${path}.template.spec.restartPolicy`;
  if (restartPolicy !== 'OnFailure' && restartPolicy !== 'Never') {
    faults.missing(
      at,
      `the pods of a Job end, so restartPolicy must be OnFailure or Never, got ${quoted(restartPolicy || 'Always')}`,
      'write restartPolicy: OnFailure or Never',
    );
  }
  if (isIndexed) {
    // Without both, the API server sets completions to 1.
    if (completions === undefined && parallelism !== undefined) {
      faults.missing(`${path}.completions`, 'completionMode Indexed needs completions');
    }
    if ((parallelism ?? 1) > 100_000) faults.invalid(`${path}.parallelism`, 'must be at most 100000', 'lower it');
  } else {
    if (backoffLimitPerIndex !== undefined) {
      faults.excluded(
        `${path}.backoffLimitPerIndex`,
        'needs completionMode: Indexed',
        'write completionMode: Indexed, or remove it',
      );
    }
    if (maxFailedIndexes !== undefined) {
      faults.excluded(
        `${path}.maxFailedIndexes`,
        'needs completionMode: Indexed',
        'write completionMode: Indexed, or remove it',
      );
    }
  }
  if (maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined) {
    faults.missing(`${path}.backoffLimitPerIndex`, 'maxFailedIndexes needs it', 'add backoffLimitPerIndex');
  }
  if (backoffLimitPerIndex !== undefined && restartPolicy === 'OnFailure') {
    faults.invalid(at, 'must be Never, because of backoffLimitPerIndex', 'write restartPolicy: Never');
  }
  if (maxFailedIndexes !== undefined && completions !== undefined && maxFailedIndexes > completions) {
    faults.invalid(`${path}.maxFailedIndexes`, 'must be at most completions', 'lower it');
  }
  if (job.managedBy !== undefined) checkDomainPath(job.managedBy, `${path}.managedBy`, faults);
  if (job.podFailurePolicy) checkFailurePolicy(job, path, faults);
  if (job.successPolicy) checkSuccessPolicy(job, path, faults);
}

function checkFailurePolicy(
  { podFailurePolicy, template, backoffLimitPerIndex, podReplacementPolicy }: JobSpec,
  path: string,
  faults: Faults,
): void {
  const spec = template?.spec;
  if (spec?.restartPolicy === 'OnFailure') {
    faults.invalid(
      `${path}.template.spec.restartPolicy`,
      'must be Never, because of podFailurePolicy',
      'write restartPolicy: Never',
    );
  }
  if (podReplacementPolicy !== undefined && podReplacementPolicy !== 'Failed') {
    faults.oneOf(`${path}.podReplacementPolicy`, podReplacementPolicy, ['Failed']);
  }
  const names = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].map(({ name }) => name);
  podFailurePolicy?.rules?.forEach(({ action, onExitCodes, onPodConditions = [] }, index) => {
    const at = `${path}.podFailurePolicy.rules[${index}]`;
    if (action === 'FailIndex' && backoffLimitPerIndex === undefined) {
      faults.invalid(`${at}.action`, 'FailIndex needs backoffLimitPerIndex', 'add backoffLimitPerIndex');
    }
    if (onExitCodes && onPodConditions.length > 0) {
      faults.excluded(at, 'has onExitCodes and onPodConditions', 'keep one of them');
    } else if (!onExitCodes && onPodConditions.length === 0) {
      faults.missing(at, 'needs onExitCodes or onPodConditions', 'add one of them');
    }
    if (onPodConditions.length > 20)
      faults.invalid(`${at}.onPodConditions`, 'must have at most 20 items', 'remove some');
    if (!onExitCodes) return;
    const { containerName, operator, values = [] } = onExitCodes;
    if (containerName !== undefined && !names.includes(containerName)) {
      faults.invalid(
        `${at}.onExitCodes.containerName`,
        `the pod has no container ${quoted(containerName)}`,
        'correct the name',
      );
    }
    values.forEach((value, position) => {
      const place = `${at}.onExitCodes.values[${position}]`;
      if (operator === 'In' && value === 0) faults.invalid(place, 'must not be 0 with In', 'remove 0');
      if (values.indexOf(value) < position)
        faults.add('repeated-item', place, `${value} is listed twice`, 'list each one once');
    });
    if (values.some((value, position) => position > 0 && value < values[position - 1]!)) {
      faults.invalid(`${at}.onExitCodes.values`, 'must be in ascending order', 'sort them');
    }
  });
}

function checkSuccessPolicy(
  { successPolicy, completionMode, completions }: JobSpec,
  path: string,
  faults: Faults,
): void {
  if (completionMode !== 'Indexed') {
    faults.excluded(
      `${path}.successPolicy`,
      'needs completionMode: Indexed',
      'write completionMode: Indexed, or remove it',
    );
  }
  successPolicy?.rules?.forEach(({ succeededIndexes, succeededCount }, index) => {
    const at = `${path}.successPolicy.rules[${index}]`;
    if (succeededIndexes === undefined && succeededCount === undefined) {
      faults.missing(at, 'needs succeededIndexes or succeededCount', 'add one of them');
    }
    if (
      succeededCount !== undefined &&
      (succeededCount < 1 || (completions !== undefined && succeededCount > completions))
    ) {
      faults.invalid(`${at}.succeededCount`, 'must be from 1 to completions', 'correct it');
    }
    if (succeededIndexes !== undefined) {
      const problem = indexesProblem(succeededIndexes, completions);
      if (problem) faults.invalid(`${at}.succeededIndexes`, problem, 'write them like 0,2-4');
    }
  });
}

/** Indexes of a Job: numbers and ranges in ascending order. */
function indexesProblem(text: string, completions: number | undefined): string | undefined {
  if (text === '') return undefined;
  let last = -1;
  for (const part of text.split(',')) {
    const [first = Number.NaN, end = first, ...more] = part
      .split('-')
      .map((each) => (/^\d+$/.test(each) ? Number(each) : Number.NaN));
    if (more.length > 0 || Number.isNaN(first) || Number.isNaN(end))
      return `has ${quoted(part)}, which is not an index`;
    if (first <= last || end < first || (end === first && part.includes('-'))) return 'must be in ascending order';
    last = end;
  }
  return completions !== undefined && last >= completions ? `must be less than completions, ${completions}` : undefined;
}
