import { Federation } from 'cdk8s-karmada';
import { fleet } from './library';
import { Shop } from './shop';

const federation = new Federation({ fleet, name: 'shop' });
const shop = new Shop(federation, 'shop');
federation.addContracts(...shop.services.flatMap(({ contracts }) => contracts));
federation.synth();
