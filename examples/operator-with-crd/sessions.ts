import { ApiObject, Chart } from 'cdk8s';
import { FederatedApp, Override } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import { fleet } from './fleet';

/** The cache of a team: five nodes, divided over two clusters, with more memory in one of them. */
export class Sessions extends Chart {
  readonly cache: ApiObject;

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'sessions' });
    new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'sessions' } });

    const app = new FederatedApp(this, 'sessions', { placement: fleet.weighted({ 'eu-1': 3, 'us-1': 2 }) });
    this.cache = new ApiObject(app, 'cache', {
      apiVersion: 'cache.example.com/v1',
      kind: 'Cache',
      metadata: { name: 'sessions' },
      spec: { nodes: 5, memory: '2Gi' },
    });
    app.addOverride(
      Override.jsonPatch({ operator: 'replace', path: '/spec/memory', value: '4Gi' }).for('us-1'),
      this.cache,
    );
  }
}
