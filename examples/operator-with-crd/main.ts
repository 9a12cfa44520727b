import { Federation } from 'cdk8s-karmada';
import { fleet } from './fleet';
import { CacheOperator } from './operator';
import { Sessions } from './sessions';

const federation = new Federation({ fleet, name: 'caches' });
new CacheOperator(federation, 'operator');
new Sessions(federation, 'sessions');
federation.synth();
