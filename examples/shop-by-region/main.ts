import { Contract, Federation } from 'cdk8s-karmada';
import { fleet } from './fleet';
import { Shop } from './shop';

const federation = new Federation({ fleet, name: 'shop' });
const shop = new Shop(federation, 'shop');
federation.addContracts(Contract.on(shop.storefront).keeps(2).whenLosing('any region'));
federation.synth();
