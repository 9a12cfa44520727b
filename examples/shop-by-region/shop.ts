import { ApiObject, Chart } from 'cdk8s';
import { FederatedApp, Metric, Override } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import { fleet } from './fleet';

const europe = fleet.where({ region: 'eu' });
const america = fleet.where({ region: 'us' });

/** The storefront: two thirds of it in Europe, one third in North America, scaled by load over all clusters together. */
export class Shop extends Chart {
  readonly storefront: FederatedApp;

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });
    new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });

    const storefront = new FederatedApp(this, 'storefront', {
      placement: fleet.weighted([
        { clusters: europe, share: 2 },
        { clusters: america, share: 1 },
      ]),
      image: 'registry.example.com/shop/storefront:4.2.0',
      ports: { http: { port: 80, targetPort: 8080 } },
      env: {
        CURRENCY: { configMap: 'storefront', key: 'currency' },
        SESSION_KEY: { secret: 'storefront', key: 'session-key' },
      },
      requests: { cpu: '250m', memory: '256Mi' },
      limits: { memory: '512Mi' },
      readinessProbe: { httpGet: { path: '/ready' } },
      autoscale: { minReplicas: 6, maxReplicas: 30, metrics: [Metric.resource('cpu', { averageUtilization: 70 })] },
      overrides: [
        // The new release goes to North America first.
        Override.image({ tag: '4.3.0' }).for(america),
      ],
    });
    this.storefront = storefront;

    const settings = new ApiObject(storefront, 'settings', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'storefront' },
      data: { currency: 'EUR' },
    });
    storefront.addOverride(
      Override.jsonPatch({ operator: 'replace', path: '/data/currency', value: 'USD' }).for(america),
      settings,
    );

    new ApiObject(storefront, 'session', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'storefront' },
      stringData: { 'session-key': process.env['SESSION_KEY'] ?? 'for-development-only' },
    });

    const ingress = new ApiObject(storefront, 'ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'storefront' },
      spec: {
        ingressClassName: 'nginx',
        rules: [
          {
            host: 'eu.shop.example.com',
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: 'storefront', port: { name: 'http' } } } },
              ],
            },
          },
        ],
      },
    });
    storefront.addOverride(
      Override.jsonPatch({ operator: 'replace', path: '/spec/rules/0/host', value: 'us.shop.example.com' }).for(
        america,
      ),
      ingress,
    );
  }
}
