import { Fleet } from 'cdk8s-karmada';

/** The member clusters that the platform team runs. */
export const fleet = Fleet.of({
  'eu-1': { region: 'eu', labels: { stage: 'production' } },
  'eu-2': { region: 'eu', labels: { stage: 'production' } },
  'us-1': { region: 'us', labels: { stage: 'production' } },
});
