import { Fleet } from '../../../src/model/fleet';
import { describeRule } from '../../support/rule-cases';
import { object, sending, service, workload } from '../../support/workload-texts';

const mcs = ['v1', 'apps/v1', 'multicluster.x-k8s.io/v1alpha1'];
const kinds = ['Service', 'Deployment', 'ConfigMap', 'ServiceExport', 'ServiceImport'];
const enabled = { apiEnablements: mcs.map((groupVersion) => ({ groupVersion, kinds })) };
const fleet = Fleet.of({ member1: enabled, member2: enabled, member3: enabled });
const api = 'multicluster.x-k8s.io/v1alpha1';
const server =
  workload('web') +
  service('web') +
  object(api, 'ServiceExport', 'web') +
  sending(['Deployment web', 'Service web', 'ServiceExport web'], ['member1']);
const imported = object(api, 'ServiceImport', 'web', 'spec: { type: ClusterSetIP, ports: [{ port: 80 }] }');
const shop = (url: string) => workload('shop', { container: `, env: [{ name: WEB_URL, value: '${url}' }]` });
const client = (clusters: readonly string[], more: readonly string[] = ['ServiceImport web']) =>
  sending(['Deployment shop', ...more], clusters, { spec: 'propagateDeps: true' });

describeRule('valid-imported-service-name', {
  passes: [
    {
      name: 'the derived name',
      manifests: server + imported + shop('http://derived-web.default.svc:80') + client(['member2']),
      fleet,
    },
    {
      name: 'the plain name, where the Service is',
      manifests: server + imported + shop('http://web:80') + client(['member1']),
      fleet,
    },
    { name: 'no import at all', manifests: server + shop('http://example.org') + client(['member2'], []), fleet },
  ],
  reports: [
    {
      name: 'the plain name, elsewhere',
      manifests: server + imported + shop('http://web.default.svc:80') + client(['member2']),
      fleet,
      findings: [
        {
          object: 'Deployment/default/shop',
          path: 'spec.template.spec.containers[0].env[0].value',
          severity: 'error',
          message: 'calls "web", but in member2 the imported Service is named "derived-web"',
          fix: 'call derived-web.default.svc',
        },
      ],
    },
    {
      name: 'the plain name in a ConfigMap',
      manifests:
        server +
        imported +
        workload('shop', { container: ', envFrom: [{ configMapRef: { name: urls } }]' }) +
        object('v1', 'ConfigMap', 'urls', 'data: { WEB_URL: "http://web:80" }') +
        client(['member2', 'member3']),
      fleet,
      findings: [
        {
          object: 'Deployment/default/shop',
          path: 'spec.template.spec',
          severity: 'error',
          message:
            'calls "web" (ConfigMap "urls" names it), but in member2 and member3 the imported Service is named "derived-web"',
          fix: 'call derived-web.default.svc',
        },
      ],
    },
    {
      name: 'the derived name where the import is not sent',
      manifests:
        server +
        imported +
        shop('http://derived-web') +
        sending(['ServiceImport web'], ['member2'], { name: 'import', spec: 'propagateDeps: true' }) +
        client(['member2', 'member3'], []),
      fleet,
      findings: [
        {
          object: 'Deployment/default/shop',
          path: 'spec.template.spec.containers[0].env[0].value',
          severity: 'error',
          message: 'calls "derived-web" in member3, where ServiceImport/default/web is not sent',
          fix: 'send ServiceImport/default/web to member3 as well',
        },
      ],
    },
    {
      name: 'the derived name without an import',
      manifests: server + shop('http://derived-web:80') + client(['member2'], []),
      fleet,
      findings: [
        {
          object: 'Deployment/default/shop',
          path: 'spec.template.spec.containers[0].env[0].value',
          severity: 'error',
          message: 'calls "derived-web", but there is no ServiceImport/default/web from which Karmada would create it',
          fix: 'add ServiceImport/default/web, and send it to member2',
        },
      ],
    },
  ],
});
