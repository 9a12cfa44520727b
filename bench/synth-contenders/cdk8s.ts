import type { ApiObjectProps, App, Chart } from 'cdk8s';
import type { Contender, Job } from './job';
import { clusters, hasOverride, imageOf, nameOf, namespace, objectsOf } from './objects';

/** Adds the objects of an app to a chart. */
export type AddApp = (chart: Chart, index: number) => void;

/** Creates the charts of a job and synthesizes them. */
export function synthesize(app: App, { apps, charts }: Job, add: AddApp): void {
  const { Chart } = require('cdk8s') as typeof import('cdk8s');
  const shared = charts === 'one' ? new Chart(app, 'apps', { namespace }) : undefined;
  for (let index = 0; index < apps; index++) {
    add(shared ?? new Chart(app, `chart-${index}`, { namespace }), index);
  }
  app.synth();
}

/** Every object as a plain ApiObject. */
export const addRaw: AddApp = (chart, index) => {
  const { ApiObject } = require('cdk8s') as typeof import('cdk8s');
  objectsOf(index).forEach((object, position) => {
    new ApiObject(chart, `${nameOf(index)}-${position}`, object as ApiObjectProps);
  });
};

export const cdk8sRaw: Contender = (job) => {
  const { App } = require('cdk8s') as typeof import('cdk8s');
  synthesize(new App({ outdir: job.outdir }), job, addRaw);
};

/** Classes that `cdk8s import` generates, for Kubernetes and for Karmada. */
export const cdk8sL1: Contender = (job) => {
  const { App } = require('cdk8s') as typeof import('cdk8s');
  const { k8s } = require('cdk8s-plus-27') as typeof import('cdk8s-plus-27');
  const { KubeDeployment, KubeService } = k8s;
  synthesize(new App({ outdir: job.outdir }), job, (chart, index) => {
    const name = nameOf(index);
    const labels = { app: name };
    const metadata = { name, labels };
    const container = { name, image: imageOf(index), command: ['server'], args: ['--port', '8080'] };
    new KubeDeployment(chart, `${name}-deployment`, {
      metadata,
      spec: {
        replicas: 3,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container] } },
      },
    });
    new KubeService(chart, `${name}-service`, {
      metadata,
      spec: {
        selector: labels,
        ports: [{ port: 8080, targetPort: k8s.IntOrString.fromNumber(8080), protocol: 'TCP' }],
      },
    });
    addPolicies(chart, index);
  });
};

/** The constructs of cdk8s-plus, which write additional fields. */
export const cdk8sPlus: Contender = (job) => {
  const { App } = require('cdk8s') as typeof import('cdk8s');
  const { Deployment } = require('cdk8s-plus-27') as typeof import('cdk8s-plus-27');
  synthesize(new App({ outdir: job.outdir }), job, (chart, index) => {
    const name = nameOf(index);
    const deployment = new Deployment(chart, `${name}-deployment`, {
      metadata: { name },
      replicas: 3,
      containers: [{ name, image: imageOf(index), command: ['server'], args: ['--port', '8080'], portNumber: 8080 }],
    });
    deployment.exposeViaService({ name, ports: [{ port: 8080 }] });
    addPolicies(chart, index);
  });
};

function addPolicies(chart: Chart, index: number): void {
  const { PropagationPolicy, OverridePolicy, ...enums } = karmada();
  const name = nameOf(index);
  new PropagationPolicy(chart, `${name}-policy`, {
    metadata: { name: `${name}-propagation` },
    spec: {
      resourceSelectors: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name },
        { apiVersion: 'v1', kind: 'Service', name },
      ],
      placement: {
        clusterAffinity: { clusterNames: [...clusters] },
        replicaScheduling: {
          replicaSchedulingType: enums.PropagationPolicySpecPlacementReplicaSchedulingReplicaSchedulingType.DIVIDED,
          replicaDivisionPreference:
            enums.PropagationPolicySpecPlacementReplicaSchedulingReplicaDivisionPreference.WEIGHTED,
          weightPreference: {
            staticWeightList: clusters.map((one) => ({ targetCluster: { clusterNames: [one] }, weight: 10 })),
          },
        },
      },
    },
  });
  if (!hasOverride(index)) return;
  new OverridePolicy(chart, `${name}-override`, {
    metadata: { name: `${name}-deployment-override` },
    spec: {
      resourceSelectors: [{ apiVersion: 'apps/v1', kind: 'Deployment', name }],
      overrideRules: [
        {
          targetCluster: { clusterNames: ['member3'] },
          overriders: {
            imageOverrider: [
              {
                component: enums.OverridePolicySpecOverrideRulesOverridersImageOverriderComponent.TAG,
                operator: enums.OverridePolicySpecOverrideRulesOverridersImageOverriderOperator.REPLACE,
                value: 'edge',
              },
            ],
          },
        },
      ],
    },
  });
}

function karmada() {
  return require('../../imports/policy.karmada.io') as typeof import('../../imports/policy.karmada.io');
}
