// Every entry of the package, so that the declarations of each are checked with the library that a cdk8s project has.
import { ok } from 'node:assert';
import { admit } from 'cdk8s-karmada/admission';
import { WorkloadRebalancer } from 'cdk8s-karmada/l1/apps.karmada.io';
import { FederatedHpa } from 'cdk8s-karmada/l1/autoscaling.karmada.io';
import { ResourceInterpreterCustomization } from 'cdk8s-karmada/l1/config.karmada.io';
import { ServiceExport } from 'cdk8s-karmada/l1/multicluster.x-k8s.io';
import { MultiClusterService } from 'cdk8s-karmada/l1/networking.karmada.io';
import { OverridePolicy } from 'cdk8s-karmada/l1/policy.karmada.io';
import { Remedy } from 'cdk8s-karmada/l1/remedy.karmada.io';
import { ResourceBinding } from 'cdk8s-karmada/l1/work.karmada.io';
import { formatText, lint } from 'cdk8s-karmada/lint';
import { type Outcome, planOf } from 'cdk8s-karmada/planner';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';

const fleet = { clusters: [{ name: 'member-1' }] };
const objects = [
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' }, spec: { ports: [{ port: 80 }] } },
  {
    apiVersion: 'policy.karmada.io/v1alpha1',
    kind: 'PropagationPolicy',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      resourceSelectors: [{ apiVersion: 'v1', kind: 'Service', name: 'web' }],
      placement: { clusterAffinity: { clusterNames: ['member-1'] } },
    },
  },
];

const outcome: Outcome | undefined = planOf(objects, { fleet }).template('Service/shop/web')?.outcome;
ok(outcome?.kind === 'certain', formatText(lint(objects, { fleet })));
expectPlan(objects, { fleet }).toPlace('Service/web', ['member-1']);
expectNoFindings(objects, { fleet, atLeast: 'error' });
ok(admit(objects[1]!, { operation: 'CREATE' }).causes.length === 0);

for (const kind of [
  WorkloadRebalancer,
  FederatedHpa,
  ResourceInterpreterCustomization,
  ServiceExport,
  MultiClusterService,
  OverridePolicy,
  Remedy,
  ResourceBinding,
]) {
  ok(kind.GVK.apiVersion.length > 0);
}
