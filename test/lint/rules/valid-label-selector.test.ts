import { deploymentIn, labelling, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const web = deploymentIn('shop', 'web');
const by = (labelSelector: object) => ({ apiVersion: 'apps/v1', kind: 'Deployment', labelSelector });
const expression = (operator: string, values?: readonly string[]) =>
  by({ matchExpressions: [{ key: 'app', operator, ...(values && { values }) }] });

describeRule('valid-label-selector', {
  passes: [
    {
      name: 'each operator as it is meant',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [
          expression('In', ['web']),
          expression('NotIn', ['db']),
          expression('Exists'),
          expression('DoesNotExist'),
          by({ matchLabels: { 'app.kubernetes.io/name': 'web' } }),
        ]),
      ),
    },
    {
      name: 'a broken selector that a name makes irrelevant',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', [{ ...expression('In'), name: 'web' }])),
    },
  ],
  reports: [
    {
      name: 'In without values',
      manifests: texts(web, propagation('PropagationPolicy/shop/web', [expression('In')])),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0].labelSelector.matchExpressions[0].values',
          message: 'PropagationPolicy/shop/web selects no Deployment at all: In of the key "app" has no values',
          fix: 'list the values of "app", or use Exists',
        },
      ],
    },
    {
      name: 'an operator in lower case, one from elsewhere and one with values',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', [
          expression('in', ['web']),
          expression('Equals', ['web']),
          expression('Exists', ['web']),
        ]),
      ),
      findings: [
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[0].labelSelector.matchExpressions[0].operator',
          message: 'PropagationPolicy/shop/web selects no Deployment at all: "in" of the key "app" is not an operator',
          fix: 'use In, NotIn, Exists or DoesNotExist, here probably In',
        },
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[1].labelSelector.matchExpressions[0].operator',
          message:
            'PropagationPolicy/shop/web selects no Deployment at all: "Equals" of the key "app" is not an operator',
          fix: 'use In, NotIn, Exists or DoesNotExist, here probably In',
        },
        {
          object: 'PropagationPolicy/shop/web',
          path: 'spec.resourceSelectors[2].labelSelector.matchExpressions[0].values',
          message:
            'PropagationPolicy/shop/web selects no Deployment at all: Exists of the key "app" has values, which it must not',
          fix: 'remove the values, or use In',
        },
      ],
    },
    {
      name: 'a key and a value that labels cannot have, in cluster policies',
      manifests: texts(
        web,
        propagation('ClusterPropagationPolicy/web', [
          by({ matchLabels: { 'app name': 'web' } }),
          by({ matchLabels: { app: 'web frontend' } }),
        ]),
      ),
      findings: [
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.resourceSelectors[0].labelSelector.matchLabels',
          message:
            'ClusterPropagationPolicy/web selects no Deployment at all: the key "app name" must be letters, digits, "-", "_" and ".", with a letter or digit at both ends',
          fix: 'write a valid label key',
        },
        {
          object: 'ClusterPropagationPolicy/web',
          path: 'spec.resourceSelectors[1].labelSelector.matchLabels[app]',
          message:
            'ClusterPropagationPolicy/web selects no Deployment at all: the value "web frontend" of the key "app" must be empty, or letters, digits, "-", "_" and ".", with a letter or digit at both ends',
          fix: 'write a valid label value',
        },
      ],
    },
    {
      name: 'an override policy',
      manifests: texts(
        web,
        propagation('PropagationPolicy/shop/web', ['apps/v1 Deployment web']),
        labelling('OverridePolicy/shop/web', [expression('NotIn', [])]),
      ),
      findings: [
        {
          object: 'OverridePolicy/shop/web',
          path: 'spec.resourceSelectors[0].labelSelector.matchExpressions[0].values',
          message: 'OverridePolicy/shop/web selects no Deployment at all: NotIn of the key "app" has no values',
          fix: 'list the values of "app", or use DoesNotExist',
        },
      ],
    },
  ],
});
