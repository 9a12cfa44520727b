import { Federation } from 'cdk8s-karmada';
import { Batch } from './batch';
import { fleet } from './fleet';

const federation = new Federation({ fleet, name: 'batch' });
new Batch(federation, 'batch');
federation.synth();
