import { Fleet } from '../index';

/** The member clusters of the lab. */
export const fleet = Fleet.of({
  'k3d-cluster-1': {},
  'k3d-cluster-2': {},
  'k3d-cluster-3': {},
});
