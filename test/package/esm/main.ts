import { App, Chart } from 'cdk8s';
import { FederatedApp, Federation, Fleet } from 'cdk8s-karmada';
import { planOf } from 'cdk8s-karmada/planner';

const fleet = Fleet.of({ 'member-1': {}, 'member-2': {} });

const federation = new Federation({ fleet });
const chart = new Chart(federation, 'hello', { namespace: 'greetings' });
new FederatedApp(chart, 'hello', {
  placement: fleet.weighted({ 'member-1': 1, 'member-2': 1 }),
  image: 'registry.example/hello:1.0',
  replicas: 2,
  port: 8080,
});
federation.synth();

// A plain App is as good, and the plan reads either.
const app = new App({ outdir: 'plain' });
const plain = new Chart(app, 'hello', { namespace: 'greetings' });
new FederatedApp(plain, 'hello', { placement: fleet.duplicated('member-1'), image: 'registry.example/hello:1.0' });
app.synth();
console.log(planOf(app, { fleet }).toString());

// @ts-expect-error -- member-9 is not in the fleet, so this must not compile
export const typo = () => fleet.weighted({ 'member-9': 1 });
