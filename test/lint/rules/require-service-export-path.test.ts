import { Fleet } from '../../../src/model/fleet';
import { describeRule } from '../../support/rule-cases';
import { object, sending, service, workload } from '../../support/workload-texts';

const mcs = ['v1', 'apps/v1', 'multicluster.x-k8s.io/v1alpha1'];
const kinds = ['Service', 'Deployment', 'ServiceExport', 'ServiceImport'];
const enabled = { apiEnablements: mcs.map((groupVersion) => ({ groupVersion, kinds })) };
const fleet = Fleet.of({ member1: enabled, member2: enabled, member3: enabled });
const api = 'multicluster.x-k8s.io/v1alpha1';
const web = workload('web') + service('web');
const exported = object(api, 'ServiceExport', 'web');
const imported = object(api, 'ServiceImport', 'web', 'spec: { type: ClusterSetIP, ports: [{ port: 80 }] }');
const server = sending(['Deployment web', 'Service web', 'ServiceExport web'], ['member1']);
const client = sending(['ServiceImport web'], ['member2'], { name: 'client', spec: 'propagateDeps: true' });

describeRule('require-service-export-path', {
  passes: [
    { name: 'the whole path', manifests: web + exported + imported + server + client, fleet },
    { name: 'an export that others import', manifests: web + exported + server, fleet },
  ],
  reports: [
    {
      name: 'an export of no Service',
      manifests:
        web +
        object(api, 'ServiceExport', 'wbe') +
        sending(['Deployment web', 'Service web', 'ServiceExport wbe'], ['member1']),
      fleet,
      findings: [
        {
          object: 'ServiceExport/default/wbe',
          path: 'metadata.name',
          severity: 'error',
          message: 'exports Service/default/wbe, which is not in the manifests',
          fix: 'use the name and namespace of the Service for the ServiceExport',
        },
      ],
    },
    {
      name: 'an export that is not propagated',
      manifests: web + exported + imported + sending(['Deployment web', 'Service web'], ['member1']) + client,
      fleet,
      findings: [
        {
          object: 'ServiceExport/default/web',
          severity: 'error',
          message: 'ServiceExport/default/web is not propagated, so no endpoints of Service/default/web are collected',
          fix: 'select ServiceExport/default/web in the policy that sends Service/default/web',
        },
      ],
    },
    {
      name: 'an export that goes elsewhere',
      manifests:
        web +
        exported +
        imported +
        sending(['Deployment web', 'Service web'], ['member1']) +
        sending(['ServiceExport'], ['member3'], { name: 'exports', namespace: '' }) +
        client,
      fleet,
      findings: [
        {
          object: 'ServiceExport/default/web',
          severity: 'error',
          message:
            'ServiceExport/default/web goes to member3 but not to member1, where Service/default/web is sent: its endpoints there are not collected',
          fix: 'send ServiceExport/default/web to member1 as well',
        },
      ],
    },
    {
      name: 'an import that is not propagated',
      manifests: web + exported + imported + server,
      fleet,
      findings: [
        {
          object: 'ServiceImport/default/web',
          severity: 'error',
          message: 'ServiceImport/default/web is not propagated, so no cluster gets the Service "derived-web"',
          fix: 'select ServiceImport/default/web in the policy of the workloads that call the Service',
        },
      ],
    },
    {
      name: 'an import without export',
      manifests: web + imported + sending(['Deployment web', 'Service web'], ['member1']) + client,
      fleet,
      findings: [
        {
          object: 'ServiceImport/default/web',
          path: 'metadata.name',
          severity: 'error',
          message: 'imports Service/default/web, which no ServiceExport exports',
          fix: 'add a ServiceExport "web" in namespace "default", and send it to the clusters of the Service',
        },
      ],
    },
    {
      name: 'an export from one cluster of two, for a hint',
      manifests:
        web +
        exported +
        imported +
        sending(['Deployment web', 'Service web'], ['member1', 'member3']) +
        sending(['ServiceExport web'], ['member1'], { name: 'export' }) +
        client,
      fleet,
      findings: [
        {
          object: 'ServiceExport/default/web',
          severity: 'info',
          message:
            'ServiceExport/default/web goes to member1 but not to member3, where Service/default/web is sent: its endpoints there are not collected',
          fix: 'send ServiceExport/default/web to member3 as well',
        },
      ],
    },
  ],
});
