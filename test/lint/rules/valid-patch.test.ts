import { describeRule } from '../../support/rule-cases';
import { object, overriding, sending, service, workload } from '../../support/workload-texts';

const web = workload('web') + sending(['Deployment web'], ['member1', 'member2']);
const settings =
  object('v1', 'ConfigMap', 'settings', "data: { app.yaml: 'log: { level: info }' }") +
  sending(['ConfigMap settings'], ['member1', 'member2']);
const secret =
  object('v1', 'Secret', 'token', 'stringData: { token: abc, app.yaml: "a: b" }') +
  sending(['Secret token'], ['member1']);

describeRule('valid-patch', {
  passes: [
    {
      name: 'a field whose parent is there',
      manifests:
        web +
        overriding(
          'slow',
          ['Deployment web'],
          'plaintext: [{ path: /spec/template/spec/nodeSelector, operator: add, value: { disk: ssd } }]',
          { clusters: ['member1'] },
        ),
    },
    {
      name: 'fields that the API server fills in',
      manifests:
        web +
        service('web') +
        sending(['Service web'], ['member1', 'member2'], { name: 'web-service' }) +
        overriding(
          'pull',
          ['Deployment web'],
          'plaintext: [{ path: /spec/template/spec/containers/0/imagePullPolicy, operator: replace, value: Always }, { path: /spec/strategy/type, operator: replace, value: Recreate }]',
        ) +
        overriding('type', ['Service web'], 'plaintext: [{ path: /spec/type, operator: replace, value: NodePort }]'),
    },
    {
      name: 'the port that a Service of type NodePort gets',
      manifests:
        service('web').replace('spec: { selector', 'spec: { type: NodePort, selector') +
        sending(['Service web'], ['member1']) +
        overriding(
          'port',
          ['Service web'],
          'plaintext: [{ path: /spec/ports/0/nodePort, operator: replace, value: 30080 }]',
        ),
    },
    {
      name: 'an annotation on an object without any, since Karmada writes its own',
      manifests:
        web +
        overriding(
          'note',
          ['Deployment web'],
          'plaintext: [{ path: /metadata/annotations/note, operator: add, value: x }]',
        ),
    },
    {
      name: 'a broken patch for a cluster that the object does not go to',
      manifests:
        web +
        overriding('gone', ['Deployment web'], 'plaintext: [{ path: /spec/nothing/here, operator: remove }]', {
          clusters: ['member3'],
        }),
    },
    {
      name: 'a field in the text of a ConfigMap',
      manifests:
        settings +
        overriding(
          'level',
          ['ConfigMap settings'],
          'fieldOverrider: [{ fieldPath: /data/app.yaml, yaml: [{ subPath: /log/level, operator: replace, value: debug }] }]',
        ),
    },
    {
      name: 'base64 in a Secret',
      manifests:
        secret +
        overriding('token', ['Secret token'], 'plaintext: [{ path: /data/token, operator: replace, value: YWJj }]'),
    },
  ],
  reports: [
    {
      name: 'a parent that is not there',
      manifests:
        web +
        overriding(
          'slow',
          ['Deployment web'],
          'plaintext: [{ path: /spec/replicas, operator: replace, value: 4 }, { path: /spec/template/spec/nodeSelector/disk, operator: add, value: ssd }]',
          { clusters: ['member1'] },
        ),
      findings: [
        {
          object: 'OverridePolicy/default/slow',
          path: 'spec.overrideRules[0].overriders.plaintext[1]',
          severity: 'error',
          message:
            'cannot add "/spec/template/spec/nodeSelector/disk": "nodeSelector" does not exist or holds no fields; Deployment/default/web cannot be sent to member1',
          fix: 'add /spec/template/spec/nodeSelector first, with an object as value, for example { "disk": … }, or set /spec/template/spec/nodeSelector in the template',
        },
      ],
    },
    {
      name: 'a field to remove that is not there, in a cluster policy by label',
      manifests:
        workload('web', { namespace: 'shop' }) +
        sending(['Deployment web'], ['member1'], { namespace: 'shop' }) +
        overriding(
          'bare',
          ['Deployment app=web'],
          'plaintext: [{ path: /spec/template/spec/tolerations, operator: remove }]',
          { namespace: '' },
        ),
      findings: [
        {
          object: 'ClusterOverridePolicy/bare',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'error',
          message:
            'cannot remove "/spec/template/spec/tolerations": "tolerations" does not exist; Deployment/shop/web cannot be sent to member1',
          fix: 'remove this operation: the field does not exist',
        },
      ],
    },
    {
      name: 'a field to replace that is not there',
      manifests:
        web +
        overriding(
          'fast',
          ['Deployment web'],
          'plaintext: [{ path: /spec/template/spec/priorityClassName, operator: replace, value: high }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/fast',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'error',
          message:
            'cannot replace "/spec/template/spec/priorityClassName": "priorityClassName" does not exist; Deployment/default/web cannot be sent to member1 and member2',
          fix: 'use the operator add, or set /spec/template/spec/priorityClassName in the template',
        },
      ],
    },
    {
      name: 'a path into the text that is not there',
      manifests:
        settings +
        overriding(
          'level',
          ['ConfigMap settings'],
          'fieldOverrider: [{ fieldPath: /data/app.yml, yaml: [{ subPath: /log/level, operator: replace, value: debug }] }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/level',
          path: 'spec.overrideRules[0].overriders.fieldOverrider[0]',
          severity: 'error',
          message:
            'the fieldPath "/data/app.yml" leads nowhere at "app.yml"; ConfigMap/default/settings cannot be sent to member1 and member2',
          fix: 'set fieldPath to a string field, and subPath to a path in its content',
        },
      ],
    },
    {
      name: 'the text of a Secret, which is base64',
      manifests:
        secret +
        overriding(
          'token',
          ['Secret token'],
          'fieldOverrider: [{ fieldPath: /data/app.yaml, yaml: [{ subPath: /a, operator: replace, value: c }] }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/token',
          path: 'spec.overrideRules[0].overriders.fieldOverrider[0]',
          severity: 'error',
          message:
            '/data/app.yaml: the value to patch is neither an object nor a list; Secret/default/token cannot be sent to member1',
          fix: 'replace the whole value with a plaintext overrider, in base64: the data of a Secret is base64, so its content cannot be patched',
        },
      ],
    },
    {
      name: 'a plain text in a Secret',
      manifests:
        secret +
        overriding(
          'token',
          ['Secret token'],
          'plaintext: [{ path: /data/token, operator: replace, value: not-encoded }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/token',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'error',
          message:
            'data.token of the Secret is not base64 after the patch; Secret/default/token cannot be sent to member1',
          fix: 'write the value in base64',
        },
      ],
    },
    {
      name: 'stringData, which is stored as data',
      manifests:
        secret +
        overriding('token', ['Secret token'], 'plaintext: [{ path: /stringData/token, operator: replace, value: x }]'),
      findings: [
        {
          object: 'OverridePolicy/default/token',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'error',
          message:
            'cannot replace "/stringData/token": "stringData" does not exist or holds no fields; Secret/default/token cannot be sent to member1',
          fix: 'patch data with a base64 value: the API server stores stringData there',
        },
      ],
    },
    {
      name: 'an image that the predicate does not lead to',
      manifests:
        web +
        overriding(
          'tag',
          ['Deployment web'],
          'imageOverrider: [{ predicate: { path: /spec/template/spec/initContainers/0/image }, component: Tag, operator: replace, value: "2" }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/tag',
          path: 'spec.overrideRules[0].overriders.imageOverrider[0]',
          severity: 'error',
          message:
            'the predicate path "/spec/template/spec/initContainers/0/image" leads nowhere at "initContainers"; Deployment/default/web cannot be sent to member1 and member2',
          fix: 'set predicate.path to an image field, for example /spec/template/spec/initContainers/0/image',
        },
      ],
    },
    {
      name: 'a policy that meets more than it is written for',
      manifests:
        web +
        service('web') +
        sending(['Service web'], ['member1', 'member2'], { name: 'web-service' }) +
        overriding(
          'all',
          [],
          'plaintext: [{ path: /spec/template/spec/nodeSelector, operator: add, value: { disk: ssd } }]',
        ),
      findings: [
        {
          object: 'OverridePolicy/default/all',
          path: 'spec.overrideRules[0].overriders.plaintext[0]',
          severity: 'error',
          message:
            'cannot add "/spec/template/spec/nodeSelector": "template" does not exist or holds no fields; Service/default/web cannot be sent to member1 and member2',
          fix: 'list the objects that the patch is for in spec.resourceSelectors: without selectors it also applies to Service objects',
        },
      ],
    },
  ],
});
