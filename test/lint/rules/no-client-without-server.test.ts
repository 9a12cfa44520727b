import { configMap, deployment, policy, service } from '../../support/app-texts';
import { describeRule } from '../../support/rule-cases';

const equal = { member1: 1, member2: 1, member3: 1 };

/** `web` with one replica for each cluster but one, or as many as it says. */
const server = (replicas = 2) =>
  deployment('web', { replicas }) +
  service('web') +
  policy('web', { selects: ['Deployment/web', 'Service/web'], weights: equal });

/** `client` in the third cluster. */
const client = (text: Parameters<typeof deployment>[1] = {}, clusters: readonly string[] = ['member3']) =>
  deployment('client', text) + policy('client', { selects: ['Deployment/client'], clusters, propagateDeps: true });

const env = (name: string, value: string) => ({ container: `env: [{ name: ${name}, value: '${value}' }]` });

const tooFew = {
  object: 'Deployment/default/client',
  message:
    'calls Service/default/web, which may have no pod in member3: the 2 replicas of Deployment/default/web go to member1 and member2, or to member2 and member3',
  fix: 'set spec.replicas of Deployment/default/web to at least 3, or run Deployment/default/client only where Deployment/default/web always runs, or expose Service/default/web with a MultiClusterService',
};
const reports = (name: string, text: Parameters<typeof deployment>[1], path: string, more = '') => ({
  name,
  manifests: server() + client(text) + more,
  findings: [{ ...tooFew, path }],
});
const envPath = 'spec.template.spec.containers[0].env[0].value';

describeRule('no-client-without-server', {
  passes: [
    { name: 'a server in every cluster', manifests: server(3) + client(env('WEB_HOST', 'web')) },
    {
      name: 'a client where the server runs in any case',
      manifests: server() + client(env('WEB_HOST', 'web'), ['member2']),
    },
    {
      name: 'a workload that calls itself',
      manifests: server().replace('image:', 'env: [{ name: PEER, value: web:80 }], image:'),
    },
    {
      name: 'words that are no hosts',
      manifests: server() + client({ container: 'args: [web, --mode=web, "a web page", ./web.js, web/index.html]' }),
    },
    { name: 'the name of the client itself', manifests: server() + client(env('SERVICE_NAME', 'web')) },
    {
      name: 'a port that the Service does not have',
      manifests: server() + client({ container: 'args: ["web:9999"]' }),
    },
    {
      name: 'a Service of this name in another namespace',
      manifests: server() + client(env('WEB_URL', 'http://web.other')),
    },
    {
      name: 'a name in front of a longer domain',
      manifests: server() + client(env('WEB_URL', 'http://web.default.example.com')),
    },
    { name: 'a server that is asleep', manifests: server(0) + client(env('WEB_HOST', 'web')) },
    {
      name: 'a Service that a MultiClusterService brings to the client',
      manifests: `${server() + client(env('WEB_HOST', 'web'))}---
apiVersion: networking.karmada.io/v1alpha1
kind: MultiClusterService
metadata: { name: web, namespace: default }
spec: { types: [CrossCluster] }
`,
    },
    {
      name: 'the name that a ServiceImport makes',
      manifests: server() + client(env('WEB_URL', 'http://derived-web.default.svc')),
    },
    {
      name: 'an address that an override changes in this cluster',
      manifests: `${server() + client(env('WEB_URL', 'http://web'))}---
apiVersion: policy.karmada.io/v1alpha1
kind: OverridePolicy
metadata: { name: client, namespace: default }
spec:
  resourceSelectors: [{ apiVersion: apps/v1, kind: Deployment, name: client }]
  overrideRules:
    - targetCluster: { clusterNames: [member3] }
      overriders:
        plaintext:
          - { path: /spec/template/spec/containers/0/env/0/value, operator: replace, value: 'https://web.example.com' }
`,
    },
  ],
  reports: [
    {
      name: 'a call that is declared, to a Service whose ServiceImport no policy sends',
      manifests: `${server() + client({})}---
apiVersion: multicluster.x-k8s.io/v1alpha1
kind: ServiceImport
metadata: { name: web, namespace: default }
spec: { type: ClusterSetIP, ports: [{ port: 80 }] }
`,
      calls: [{ client: 'Deployment/default/client', server: 'web' }],
      findings: [tooFew],
    },
    reports('the whole value of a variable for hosts', env('WEB_HOST', 'web'), envPath),
    reports('a URL', env('X', 'http://web/path'), envPath),
    reports('a URL with a user', env('X', 'amqp://user:secret@web/vhost'), envPath),
    reports('a name with its namespace', env('X', 'web.default'), envPath),
    reports('a fully qualified name with a port', env('X', 'tcp://web.default.svc.cluster.local:80'), envPath),
    reports('a name before a port of the Service', env('X', 'web:80'), envPath),
    reports('a list of names', env('BROKERS', 'other:80,web:80'), envPath),
    reports('a flag', { container: 'args: [--upstream=web]' }, 'spec.template.spec.containers[0].args[0]'),
    reports(
      'the word behind a flag',
      { container: 'args: [--web-addr, web]' },
      'spec.template.spec.containers[0].args[1]',
    ),
    reports(
      'an argument of curl',
      { container: 'command: [curl, -s, web]' },
      'spec.template.spec.containers[0].command[2]',
    ),
    reports(
      'a shell script',
      { container: "command: [sh, -c, 'while true; do curl -s web; sleep 1; done']" },
      'spec.template.spec.containers[0].command[2]',
    ),
    reports(
      'an annotation',
      { annotations: '{ cdk8s-karmada.dev/calls: web }' },
      'metadata.annotations[cdk8s-karmada.dev/calls]',
    ),
    reports(
      'an annotation with the key of the workload behind the Service',
      { annotations: '{ cdk8s-karmada.dev/calls: Deployment/default/web }' },
      'metadata.annotations[cdk8s-karmada.dev/calls]',
    ),
    {
      name: 'a call that the configuration names',
      manifests: server() + client(),
      calls: [{ client: 'Deployment/default/client', server: 'Service/default/web' }],
      findings: [tooFew],
    },
    {
      name: 'a ConfigMap that the client mounts',
      manifests:
        server() +
        client({ container: 'envFrom: [{ configMapRef: { name: settings } }]' }) +
        configMap('settings', 'app.properties', 'colour=blue\nweb.host=web\n'),
      findings: [
        {
          ...tooFew,
          path: 'spec.template.spec',
          message: tooFew.message.replace('web, which', 'web (ConfigMap "settings" names it), which'),
        },
      ],
    },
    {
      name: 'a Service that is not sent to the client',
      manifests:
        deployment('web') +
        service('web') +
        policy('web', { selects: ['Deployment/web', 'Service/web'], clusters: ['member1', 'member2'] }) +
        client(env('WEB_HOST', 'web'), ['member2', 'member3']),
      findings: [
        {
          object: 'Deployment/default/client',
          path: envPath,
          severity: 'warning',
          message:
            'calls Service/default/web, which has no pod in member3: Deployment/default/web goes to member1 and member2 only',
          fix: 'send Deployment/default/web and Service/default/web to member3 as well, or run Deployment/default/client in the same clusters, or expose Service/default/web with a MultiClusterService',
        },
      ],
    },
    {
      name: 'a server whose clusters are decided at run time, as an info',
      manifests:
        deployment('web', { replicas: 2 }) +
        service('web') +
        policy('web', {
          selects: ['Deployment/web', 'Service/web'],
          clusters: ['member2', 'member3'],
          replicaScheduling: '{ replicaSchedulingType: Divided, replicaDivisionPreference: Aggregated }',
        }) +
        client(env('WEB_HOST', 'web')),
      findings: [
        {
          object: 'Deployment/default/client',
          path: envPath,
          severity: 'info',
          message:
            'calls Service/default/web, which may have no pod in member3: the clusters of its pods are decided at run time',
          fix: 'place Deployment/default/client, Deployment/default/web and Service/default/web together, or expose Service/default/web with a MultiClusterService',
        },
      ],
    },
    {
      name: 'a call to something that is not there',
      manifests: server() + client({ annotations: '{ cdk8s-karmada.dev/calls: wep }' }),
      findings: [
        {
          object: 'Deployment/default/client',
          path: 'metadata.annotations[cdk8s-karmada.dev/calls]',
          severity: 'warning',
          message: 'is declared to call wep, which is not in the manifests',
          fix: 'name a Service or workload from the manifests, for example Service/default/pipy, or remove the call',
        },
      ],
    },
  ],
});
