import type { Plan, TemplatePlan } from '../planner';
import { templateNames } from '../planner/template-names';
import { ModelError } from '../problem/model-error';
import { checkValue, text } from '../problem/value-kinds';
import { joinWords } from '../problem/words';

/**
 * Finds a template by `Kind/namespace/name`, or by `Kind/name` if that is unique. The kind may have an API group: `Deployment.apps/default/pipy`.
 *
 * @throws ModelError `testing.template` if there is none or more than one
 */
export function findTemplate(plan: Plan, name: string): TemplatePlan {
  checkValue(name, text, 'the name of a template');
  const exact = plan.template(name);
  if (exact) return exact;
  const matching = plan.templates.filter((template) => name.includes('/') && templateNames(template).includes(name));
  if (matching.length === 1) return matching[0] as TemplatePlan;
  if (matching.length > 1) {
    throw new ModelError(`"${name}" is the name of ${matching.length} templates: ${keysOf(matching)}`, {
      code: 'testing.template',
      fix: `add the namespace or the API group, as in "${matching[0]?.key}"`,
    });
  }
  const ofKind = plan.templates.filter(({ key }) => key.split(/[./]/)[0] === name.split(/[./]/)[0]);
  throw new ModelError(`there is no template "${name}"`, {
    code: 'testing.template',
    fix: `name one of ${keysOf(ofKind.length > 0 ? ofKind : plan.templates) || 'the templates, of which there are none'}`,
  });
}

function keysOf(templates: readonly TemplatePlan[]): string {
  return joinWords(templates.map(({ key }) => key));
}
