import { Fleet, type Placement } from 'cdk8s-karmada';

/** What differs between environments. */
export interface Environment {
  readonly fleet: Fleet;
  readonly placement: Placement;
  readonly replicas: number;
  readonly tag: string;
  readonly logLevel: 'debug' | 'info';
}

const testing = Fleet.of({ 'test-1': { region: 'eu' } });

const production = Fleet.of({
  'eu-1': { region: 'eu' },
  'eu-2': { region: 'eu' },
  'us-1': { region: 'us' },
});

/** The environments by name. In each, the names of its own clusters are types. */
export const environments: Readonly<Record<'staging' | 'production', Environment>> = {
  staging: {
    fleet: testing,
    placement: testing.duplicated('test-1'),
    replicas: 1,
    tag: process.env['API_TAG'] ?? '2.5.0',
    logLevel: 'debug',
  },
  production: {
    fleet: production,
    placement: production.weighted({ 'eu-1': 2, 'eu-2': 2, 'us-1': 1 }),
    replicas: Number(process.env['API_REPLICAS'] ?? 5),
    tag: process.env['API_TAG'] ?? '2.4.1',
    logLevel: 'info',
  },
};
