import { ApiObject, Chart } from 'cdk8s';
import { FederatedApp } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import type { Environment } from './environments';

/** The API, the same in each environment but for its settings. */
export class Api extends Chart {
  readonly app: FederatedApp;

  constructor(scope: Construct, id: string, { placement, replicas, tag, logLevel }: Environment) {
    super(scope, id, { namespace: 'api' });
    new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'api' } });
    this.app = new FederatedApp(this, 'api', {
      placement,
      replicas,
      image: `registry.example.com/api/server:${tag}`,
      port: 8080,
      env: { LOG_LEVEL: logLevel },
      readinessProbe: { httpGet: { path: '/ready' } },
    });
  }
}
