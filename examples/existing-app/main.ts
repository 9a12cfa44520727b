import { FederatedApp, Federation } from 'cdk8s-karmada';
import { fleet } from './fleet';
import { Tickets } from './tickets';

const app = new Federation({ fleet, name: 'tickets' });
const tickets = new Tickets(app, 'tickets');
new FederatedApp(tickets, 'tickets', {
  placement: fleet.weighted({ 'paris-1': 3, 'berlin-1': 1 }),
  resources: [tickets],
});
app.synth();
