import { Fleet } from '../../../src/model/fleet';
import { definitionOf, duplicatedOver, object, propagation, texts } from '../../support/federation-texts';
import { describeRule } from '../../support/rule-cases';

const runbooks = definitionOf('ops.example.com', 'Runbook');
const restart = object('ops.example.com/v1', 'Runbook/shop/restart');
const drain = object('ops.example.com/v1', 'Runbook/tools/drain');
const sendsBooks = propagation('ClusterPropagationPolicy/books', ['ops.example.com/v1 Runbook']);
const definition = 'apiextensions.k8s.io/v1 CustomResourceDefinition runbooks.ops.example.com';
const served = [{ groupVersion: 'ops.example.com/v1', kinds: ['Runbook'] }];
const known = Fleet.of({
  member1: { apiEnablements: served },
  member2: { apiEnablements: [{ groupVersion: 'apps/v1', kinds: ['Deployment'] }] },
  member3: {},
});

describeRule('require-crd-propagation', {
  passes: [
    {
      name: 'a definition that goes to the same clusters',
      manifests: texts(
        runbooks,
        restart,
        sendsBooks,
        propagation('ClusterPropagationPolicy/crds', ['apiextensions.k8s.io/v1 CustomResourceDefinition']),
      ),
    },
    {
      name: 'a policy that sends the definition by name, which the manifests do not have',
      manifests: texts(restart, sendsBooks, propagation('ClusterPropagationPolicy/crds', [definition])),
      fleet: known,
    },
    {
      name: 'a definition that goes to more clusters',
      manifests: texts(
        runbooks,
        restart,
        propagation('PropagationPolicy/shop/books', ['ops.example.com/v1 Runbook'], {
          placement: duplicatedOver('member1'),
        }),
        propagation('ClusterPropagationPolicy/crds', [definition]),
      ),
    },
    {
      name: 'clusters that serve the kind already',
      fleet: known,
      manifests: texts(
        runbooks,
        restart,
        propagation('PropagationPolicy/shop/books', ['ops.example.com/v1 Runbook'], {
          placement: duplicatedOver('member1'),
        }),
      ),
    },
    {
      name: 'objects that stay at home like their definition',
      manifests: texts(runbooks, restart, propagation('ClusterPropagationPolicy/rest', ['v1 ConfigMap'])),
    },
    {
      name: 'a definition whose policy waits for something else',
      manifests: texts(
        runbooks,
        restart,
        sendsBooks,
        propagation('ClusterPropagationPolicy/crds', [definition], { dependentOverrides: ['missing'] }),
      ),
    },
  ],
  reports: [
    {
      name: 'a definition that no policy selects',
      manifests: texts(runbooks, restart, drain, sendsBooks),
      findings: [
        {
          object: 'CustomResourceDefinition/runbooks.ops.example.com',
          message:
            'the definition of Runbook, runbooks.ops.example.com, is selected by no policy, so Runbook/shop/restart and Runbook/tools/drain cannot go to member1, member2 and member3',
          fix: 'select the CustomResourceDefinition in a ClusterPropagationPolicy for member1, member2 and member3, or declare in the fleet that the clusters serve the kind',
        },
      ],
    },
    {
      name: 'a definition that goes to fewer clusters',
      manifests: texts(
        runbooks,
        restart,
        propagation('PropagationPolicy/shop/books', ['ops.example.com/v1 Runbook restart']),
        propagation('ClusterPropagationPolicy/crds', [definition], {
          placement: { clusterAffinity: { labelSelector: { matchLabels: { env: 'prod' } } } },
        }),
      ),
      findings: [
        {
          object: 'CustomResourceDefinition/runbooks.ops.example.com',
          message:
            'the definition of Runbook, runbooks.ops.example.com, does not go to member3, where Runbook/shop/restart should go',
          fix: 'add member3 to the placement of ClusterPropagationPolicy/crds, or remove member3 from the placement of PropagationPolicy/shop/books',
        },
      ],
    },
    {
      name: 'a definition that is not there, as an info where it may be in the clusters',
      manifests: texts(restart, sendsBooks),
      findings: [
        {
          object: 'Runbook/shop/restart',
          message:
            'Runbook/shop/restart cannot go to member1, member2 and member3: ops.example.com/v1 Runbook is not known to be served there',
          fix: 'propagate the CustomResourceDefinition of Runbook there, or declare in the fleet that the clusters serve ops.example.com/v1',
          severity: 'info',
        },
      ],
    },
    {
      name: 'a named cluster that surely does not serve the kind',
      fleet: known,
      manifests: texts(
        restart,
        propagation('PropagationPolicy/shop/books', ['ops.example.com/v1 Runbook'], {
          placement: duplicatedOver('member1', 'member2'),
        }),
      ),
      findings: [
        {
          object: 'Runbook/shop/restart',
          message: 'Runbook/shop/restart cannot go to member2: ops.example.com/v1 Runbook is not served in member2',
          fix: 'propagate the CustomResourceDefinition of Runbook there, or declare in the fleet that the clusters serve ops.example.com/v1',
          severity: 'warning',
        },
      ],
    },
    {
      name: 'no cluster left',
      fleet: known,
      manifests: texts(
        restart,
        propagation('PropagationPolicy/shop/books', ['ops.example.com/v1 Runbook'], {
          placement: duplicatedOver('member2'),
        }),
      ),
      findings: [
        {
          object: 'Runbook/shop/restart',
          message: 'Runbook/shop/restart cannot go to member2: ops.example.com/v1 Runbook is not served in member2',
          fix: 'propagate the CustomResourceDefinition of Runbook there, or declare in the fleet that the clusters serve ops.example.com/v1',
          severity: 'error',
        },
      ],
    },
  ],
});
