import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { FederatedApp } from '../index';
import { fleet } from './fleet';

/** A client in one cluster, to send requests from. */
export class Curl extends Chart {
  readonly app: FederatedApp;

  constructor(scope: Construct, id: string, server: FederatedApp) {
    super(scope, id, { namespace: 'default' });
    this.app = new FederatedApp(this, 'curl', {
      placement: fleet.weighted({ 'k3d-cluster-3': 1 }),
      image: 'curlimages/curl',
      replicas: 1,
      command: ['sleep', '365d'],
      calls: [server],
    });
  }
}
