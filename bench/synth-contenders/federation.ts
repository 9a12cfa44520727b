import type { ApiObjectProps } from 'cdk8s';
import { addRaw, synthesize } from './cdk8s';
import type { Contender } from './job';
import { deploymentOf, hasOverride, imageOf, nameOf, serviceOf } from './objects';

function ours() {
  return require('../../src') as typeof import('../../src');
}

export const federationRaw: Contender = (job) => {
  const { Federation } = ours();
  synthesize(new Federation({ outdir: job.outdir, lint: false }), job, addRaw);
};

/** Workloads as plain objects, policies as constructs. */
export const federationTyped: Contender = (job) => {
  const { Federation, Fleet, PropagationPolicy, OverridePolicy } = ours();
  const { ApiObject } = require('cdk8s') as typeof import('cdk8s');
  const fleet = Fleet.of({ member1: {}, member2: {}, member3: {} });
  synthesize(new Federation({ outdir: job.outdir, fleet, lint: false }), job, (chart, index) => {
    const name = nameOf(index);
    const resources = [deploymentOf(index), serviceOf(index)].map(
      (object, position) => new ApiObject(chart, `${name}-${position}`, object as ApiObjectProps),
    );
    if (hasOverride(index)) {
      new OverridePolicy(chart, `${name}-deployment-override`, {
        resources: resources.slice(0, 1),
        overrideRules: [fleet.in('member3').image({ tag: 'edge' })],
      });
    }
    const placement = fleet.weighted({ member1: 10, member2: 10, member3: 10 });
    new PropagationPolicy(chart, `${name}-propagation`, { placement, resources });
  });
};

export const federatedApp: Contender = (job) => withFederatedApps(job, false);

/** The default, with linter and plan. */
export const federatedAppLinted: Contender = (job) => withFederatedApps(job, true);

function withFederatedApps(job: Parameters<Contender>[0], lint: boolean): void {
  const { Federation, FederatedApp, Fleet } = ours();
  const fleet = Fleet.of({ member1: {}, member2: {}, member3: {} });
  synthesize(new Federation({ outdir: job.outdir, fleet, lint }), job, (chart, index) => {
    new FederatedApp(chart, nameOf(index), {
      placement: fleet.weighted({ member1: 10, member2: 10, member3: 10 }),
      image: imageOf(index),
      replicas: 3,
      port: 8080,
      command: ['server'],
      args: ['--port', '8080'],
      overrides: hasOverride(index) ? [fleet.in('member3').image({ tag: 'edge' })] : [],
    });
  });
}
