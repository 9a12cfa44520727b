import { Fleet } from 'cdk8s-karmada';

/** The member clusters. */
export const fleet = Fleet.of({
  'site-a': { region: 'eu', labels: { tier: 'database' } },
  'site-b': { region: 'eu', labels: { tier: 'database' } },
  edge: { region: 'eu' },
});
