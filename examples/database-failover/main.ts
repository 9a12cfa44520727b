import { Federation } from 'cdk8s-karmada';
import { Database } from './database';
import { fleet } from './fleet';

const federation = new Federation({ fleet, name: 'orders-db', featureGates: ['Failover'] });
new Database(federation, 'database');
federation.synth();
