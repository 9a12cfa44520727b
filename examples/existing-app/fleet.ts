import { Fleet } from 'cdk8s-karmada';

/** The member clusters. */
export const fleet = Fleet.of({ 'paris-1': { region: 'eu' }, 'berlin-1': { region: 'eu' } });
