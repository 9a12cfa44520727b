import { configMap, deployment, policy } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const apps = deployment('web') + deployment('api');
const selecting = (name: string) => policy('propagation', { selects: [`Deployment/${name}`], clusters: ['member1'] });

describeRule('no-duplicate-object', {
  passes: [
    { name: 'one object of each name', manifests: apps },
    {
      name: 'one name in two namespaces, and for two kinds',
      manifests: `${configMap('web', 'a', 'b')}${deployment('web')}${configMap('web', 'a', 'b').replace('default', 'other')}`,
    },
    {
      name: 'objects that get their names when they are made',
      manifests: `
apiVersion: batch/v1
kind: Job
metadata: { generateName: once-, namespace: default }
---
apiVersion: batch/v1
kind: Job
metadata: { generateName: once-, namespace: default }
`,
    },
  ],
  reports: [
    {
      name: 'a policy name used again for another app',
      manifests: apps + selecting('web') + selecting('api'),
      findings: [
        {
          object: 'PropagationPolicy/default/propagation',
          path: 'metadata.name',
          severity: 'error',
          message:
            'PropagationPolicy/default/propagation occurs twice with different content: again in case.yaml:32; the last one does not select Deployment "web"',
          fix: 'give each policy its own name, or write one policy with all the selectors',
        },
      ],
    },
    {
      name: 'a policy name used three times, once',
      manifests: apps + selecting('web') + selecting('api') + selecting('other'),
      findings: [
        {
          object: 'PropagationPolicy/default/propagation',
          path: 'metadata.name',
          message:
            'PropagationPolicy/default/propagation occurs 3 times with different content: again in case.yaml:32 and case.yaml:42; the last one does not select Deployment "web" or Deployment "api"',
          fix: 'give each policy its own name, or write one policy with all the selectors',
        },
      ],
    },
    {
      name: 'any other object, also when one of the two leaves the namespace to the context',
      manifests: configMap('settings', 'a', '1') + configMap('settings', 'a', '2').replace(', namespace: default', ''),
      findings: [
        {
          object: 'ConfigMap/default/settings',
          path: 'metadata.name',
          severity: 'error',
          message: 'ConfigMap/default/settings occurs twice with different content: again in case.yaml:7',
          fix: 'give each object its own name, or keep only one',
        },
      ],
    },
    {
      name: 'the same content as an info',
      manifests: configMap('settings', 'a', '1') + configMap('settings', 'a', '1'),
      findings: [
        {
          object: 'ConfigMap/default/settings',
          path: 'metadata.name',
          severity: 'info',
          message: 'ConfigMap/default/settings occurs twice with the same content: again in case.yaml:7',
          fix: 'keep only one',
        },
      ],
    },
  ],
});
