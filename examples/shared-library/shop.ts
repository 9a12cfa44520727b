import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { TeamService } from './library';

/** The services of two teams. */
export class Shop extends Chart {
  readonly services: readonly TeamService[];

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'shop' });
    new ApiObject(this, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });

    const payments = new TeamService(this, 'payments', {
      team: 'payments',
      tier: 'critical',
      image: 'registry.example.com/payments/api:3.8.1',
      port: 8080,
    });
    const checkout = new TeamService(this, 'checkout', {
      team: 'storefront',
      tier: 'critical',
      image: 'registry.example.com/storefront/checkout:12.0.0',
      port: 8080,
      env: { PAYMENTS_URL: 'http://payments:8080' },
      calls: [payments],
    });
    const reviews = new TeamService(this, 'reviews', {
      team: 'storefront',
      tier: 'standard',
      image: 'registry.example.com/storefront/reviews:1.4.0',
      port: 8080,
    });
    this.services = [payments, checkout, reviews];
  }
}
