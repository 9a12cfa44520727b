import { Federation } from '../index';
import { Curl } from './curl';
import { fleet } from './fleet';
import { Pipy } from './pipy';

const federation = new Federation({ fleet });
const pipy = new Pipy(federation, 'pipy');
new Curl(federation, 'curl', pipy.app);
federation.synth();
