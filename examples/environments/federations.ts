import { Contract, Federation } from 'cdk8s-karmada';
import { Api } from './api';
import { environments } from './environments';

/** A Federation for each environment. Each writes its own folder, which records its fleet. */
export const federations = Object.entries(environments).map(([name, environment]) => {
  const federation = new Federation({ name: `api-${name}`, fleet: environment.fleet, outdir: `dist/${name}` });
  const { app } = new Api(federation, 'api', environment);
  if (name === 'production') federation.addContracts(Contract.on(app).keeps(3).whenLosing('any cluster'));
  return { name, federation };
});
