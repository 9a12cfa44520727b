import { Fleet } from 'cdk8s-karmada';

/** The member clusters: two in Europe, two in North America. */
export const fleet = Fleet.of({
  'eu-central': { region: 'eu', provider: 'aws' },
  'eu-north': { region: 'eu', provider: 'aws' },
  'us-east': { region: 'us', provider: 'aws' },
  'us-west': { region: 'us', provider: 'aws' },
});
