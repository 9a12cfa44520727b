import { federations } from './federations';

for (const { federation } of federations) federation.synth();
