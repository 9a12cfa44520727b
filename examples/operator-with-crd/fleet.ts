import { Fleet } from 'cdk8s-karmada';

/** The member clusters. */
export const fleet = Fleet.of({
  'eu-1': { region: 'eu' },
  'eu-2': { region: 'eu' },
  'us-1': { region: 'us' },
});
