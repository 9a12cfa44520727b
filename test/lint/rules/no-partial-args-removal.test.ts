import { describeRule } from '../../support/rule-cases';
import { overriding, sending, workload } from '../../support/workload-texts';

const web = (args: string) =>
  workload('web', { container: `, args: [${args}]` }) + sending(['Deployment web'], ['member1', 'member2']);
const removing = (values: string, field = 'argsOverrider') =>
  overriding('args', ['Deployment web'], `${field}: [{ containerName: web, operator: remove, value: [${values}] }]`, {
    clusters: ['member1'],
  });

describeRule('no-partial-args-removal', {
  passes: [
    { name: 'a flag with its value', manifests: web('--level, debug, --port, "80"') + removing('--level, debug') },
    { name: 'a flag that holds its value', manifests: web('--level=debug, --port=80') + removing('--level=debug') },
    { name: 'a flag that stands alone', manifests: web('--verbose, serve') + removing('--verbose') },
    { name: 'a flag before another', manifests: web('--level, --port=80') + removing('--level') },
  ],
  reports: [
    {
      name: 'a flag without its value',
      manifests: web('--level, debug, --port, "80"') + removing('--level'),
      findings: [
        {
          object: 'OverridePolicy/default/args',
          path: 'spec.overrideRules[0].overriders.argsOverrider[0]',
          severity: 'warning',
          message:
            'removes "--level" from the args of container "web" of Deployment/default/web, but leaves its value "debug"',
          fix: 'remove "debug" as well, in the same list',
        },
      ],
    },
    {
      name: 'a flag of the command',
      manifests: web('').replace('args: []', 'command: [run, -c, /etc/web.conf]') + removing('-c', 'commandOverrider'),
      findings: [
        {
          object: 'OverridePolicy/default/args',
          path: 'spec.overrideRules[0].overriders.commandOverrider[0]',
          severity: 'warning',
          message:
            'removes "-c" from the command of container "web" of Deployment/default/web, but leaves its value "/etc/web.conf"',
          fix: 'remove "/etc/web.conf" as well, in the same list',
        },
      ],
    },
    {
      name: 'a value that another flag has too',
      manifests: web('--retries, "1", --workers, "1"') + removing('--retries, "1"'),
      findings: [
        {
          object: 'OverridePolicy/default/args',
          path: 'spec.overrideRules[0].overriders.argsOverrider[0]',
          severity: 'warning',
          message:
            'removes "1" from the args of container "web" of Deployment/default/web at every position, including after "--workers"',
          fix: 'set the args with a plaintext overrider, which replaces the whole list',
        },
      ],
    },
    {
      name: 'an element that is written otherwise',
      manifests: web('--level, debug') + removing('--level=debug'),
      findings: [
        {
          object: 'OverridePolicy/default/args',
          path: 'spec.overrideRules[0].overriders.argsOverrider[0]',
          severity: 'warning',
          message:
            'removes "--level=debug" from the args of container "web" of Deployment/default/web, which does not have it',
          fix: 'write each element as it is in the list: "--level", "debug"',
        },
      ],
    },
  ],
});
