import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { FederatedApp } from '../index';
import { fleet } from './fleet';

/** An HTTP server that answers each request with the name of its own pod. */
export class Pipy extends Chart {
  readonly app: FederatedApp;

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'default' });
    this.app = new FederatedApp(this, 'pipy', {
      placement: fleet.weighted({ 'k3d-cluster-1': 10, 'k3d-cluster-2': 10, 'k3d-cluster-3': 10 }),
      image: 'flomesh/pipy',
      replicas: 2,
      port: 8080,
      command: ['pipy'],
      args: ['-e', "pipy().listen(8080).serveHTTP(() => new Message(os.env['HOSTNAME'] +'\\n'))"],
    });
  }
}
