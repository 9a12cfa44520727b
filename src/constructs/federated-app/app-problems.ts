import { hasRetainedReplicas, retainReplicasLabel } from '../../karmada/retained-replicas';
import { apiGroup } from '../../kubernetes/object';
import { scaleTargetOf } from '../../kubernetes/scale-target';
import type { Placement } from '../../model/placement';
import type { Problem } from '../../problem/problem';
import { joinWords, quoted } from '../../problem/words';
import { replicaProblems } from '../propagation';
import { targetsOf, unknownContainersProblem } from '../selected-containers';
import type { AppContents } from './app-contents';
import { exposureProblems } from './exposure';
import { scalingProblems } from './scaling';
import { identityProblems, isSound, type Template } from './template';

/** The problems of an app at synthesis, except those that its policies find themselves. */
export function appProblems(
  contents: AppContents,
  placement: Placement,
  overrideNames: Readonly<Record<string, string>> = {},
): Problem[] {
  const { templates, sound } = contents;
  if (templates.length === 0) {
    return [
      {
        code: 'app.empty',
        message: 'this FederatedApp has no object to send to a cluster',
        why: 'Karmada refuses a policy that selects nothing',
        fix: 'give it an image, put workloads under it, or pass `resources`',
      },
    ];
  }
  const unsound = sound === templates ? [] : templates.filter((template) => !isSound(template));
  return [
    ...unsound.flatMap(identityProblems),
    ...templates.flatMap((one) => replicaProblems(one.object, () => one.manifest(), placement)),
    ...templates.flatMap((template) => autoscalerProblems(template, templates)),
    ...overrideProblems(contents),
    ...overrideNameProblems(contents, Object.keys(overrideNames)),
    ...scalingProblems(templates, contents.scalings),
    ...exposureProblems(templates, contents.exposures),
  ];
}

/** A propagated HorizontalPodAutoscaler conflicts with Karmada, which reverts the replicas. */
function autoscalerProblems(template: Template, templates: readonly Template[]): Problem[] {
  if (template.kind !== 'HorizontalPodAutoscaler' || apiGroup(template.apiVersion) !== 'autoscaling') return [];
  const scaled = scaleTargetOf(template.manifest());
  const target = templates.find(
    ({ kind, name, namespace }) => kind === scaled.kind && name === scaled.name && namespace === template.namespace,
  );
  if (target === undefined || hasRetainedReplicas(target.manifest())) return [];
  const label =
    target.kind === 'Deployment'
      ? `, or let each cluster scale separately with the label ${retainReplicasLabel}: "true"`
      : '';
  return [
    {
      code: 'app.autoscaler',
      message: `HorizontalPodAutoscaler "${template.name}" at ${template.object.node.path} scales ${target.kind} "${target.name}", which is propagated`,
      why: 'Karmada keeps reverting the replicas of each cluster, and the maximum applies to each cluster separately',
      fix: `use \`autoscale\` of FederatedApp, which scales over all clusters${label}`,
    },
  ];
}

function overrideProblems(contents: AppContents): Problem[] {
  if (contents.overrides.length === 0) return [];
  const unknown = contents.edits.unknownContainers.map(({ request: { override }, names, containers }) =>
    unknownContainersProblem(override, names, containers, 'of the objects'),
  );
  const unused = contents.edits.unused.flatMap((request): Problem[] => {
    const where = targetsOf(request.override);
    const edits = request.override.edits.join(', ');
    if (request.targets.length > 0) {
      const paths = request.targets.map(({ node }) => node.path || 'the whole application').join(', ');
      return [
        {
          code: 'app.override',
          message: `the override${where} (${edits}) is for ${paths}, which this app does not send`,
          why: 'other policies decide which clusters the object goes to, if any',
          fix: `put the object under ${contents.app.node.path}, or pass it as one of \`resources\``,
        },
      ];
    }
    return [
      {
        code: 'app.override',
        message: `no object of the app has what the override${where} edits (${edits})`,
        why: 'Karmada would store an override without effect',
        fix: 'correct the container name or the path, or name the object: addOverride(override, object)',
      },
    ];
  });
  return [...unknown, ...unused];
}

/** A name for an object without overrides is a mistake: its override policy keeps the derived name. */
function overrideNameProblems(contents: AppContents, named: readonly string[]): Problem[] {
  if (named.length === 0) return [];
  const edited = contents.editable.filter((template) => contents.overridesOf(template).length > 0);
  const known = [...new Set(edited.map(({ kind, name }) => `${kind}/${name}`))];
  return named
    .filter((key) => !known.includes(key))
    .map((key) => ({
      code: 'app.override',
      message: `overrideNames has a name for ${quoted(key)}, an object that no override edits`,
      why: 'there is one override policy for each edited object',
      fix:
        known.length === 0
          ? 'add an override, or leave overrideNames out'
          : `write kind and name of an edited object: ${joinWords(known.map(quoted), 'or')}`,
    }));
}
