import { App, Chart } from 'cdk8s';
import { FederatedApp, Fleet, Override, Placement } from 'cdk8s-karmada';
import { PropagationPolicy as PropagationPolicyL1 } from 'cdk8s-karmada/l1/policy.karmada.io';
import { planOf } from 'cdk8s-karmada/planner';
import { ConfigMap, Deployment, EnvValue } from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import { Deployment as FlinkLike } from './custom-resource';

const fleet = Fleet.of({ 'member-1': { region: 'eu' }, 'member-2': { region: 'us' } });

class Shop extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop', disableResourceNameHashes: true });

    new FederatedApp(this, 'front', {
      placement: fleet.weighted({ 'member-1': 2, 'member-2': 1 }),
      image: 'registry.example/front:1.4',
      replicas: 3,
      port: 8080,
      overrides: [fleet.in('member-2').image({ tag: '1.5' })],
    });

    const back = new FederatedApp(this, 'back', { placement: Placement.duplicated('member-1', 'member-2') });
    const settings = new ConfigMap(back, 'settings', { data: { level: 'info' } });
    new Deployment(back, 'server', {
      replicas: 1,
      containers: [
        {
          image: 'registry.example/back:2.0',
          envVariables: { LEVEL: EnvValue.fromConfigMap(settings, 'level') },
        },
      ],
    });
    new FlinkLike(back, 'extra');

    new PropagationPolicyL1(this, 'by-hand', {
      spec: { resourceSelectors: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'elsewhere' }] },
    });
  }
}

// The value is used, so that its types are checked as well.
export const tag: Override = Override.image({ tag: 'edge' });

const app = new App();
const shop = new Shop(app, 'shop');
app.synth();

const plan = planOf(shop.toJson(), { fleet });
if (!plan.toString().includes('front')) {
  throw new Error(`the plan does not mention front:\n${plan.toString()}`);
}
