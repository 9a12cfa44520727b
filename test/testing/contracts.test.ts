import { Chart } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { Contract, FederatedApp, Federation, Fleet } from '../../src';
import { planOf } from '../../src/planner';
import { expectPlan } from '../../src/testing';
import { demo, demoFleet } from '../support/report-plans';

const fleet = Fleet.of({ member1: { region: 'eu' }, member2: { region: 'eu' }, member3: { region: 'us' } });

describe('toFulfil', () => {
  test('throws with the contract, the numbers and a fix', () => {
    const expectation = expectPlan(demo(), { fleet: demoFleet });
    expectation.toFulfil(Contract.on('pipy').keeps(1).whenLosing('any cluster'));
    expect(() => expectation.toFulfil(Contract.on('pipy').keeps(2).whenLosing('any cluster'))).toThrow(
      /expected the contracts to hold\n.*1 broken[\s\S]*losing k3d-cluster-1 leaves 1 of 2 replicas[\s\S]*fix/,
    );
  });

  test('plans again for clusters that are unjoined, which an existing plan cannot', () => {
    const contract = Contract.on('pipy').keeps(2).whenLosing('any cluster', { mode: 'unjoined' });
    expectPlan(demo(), { fleet: demoFleet }).toFulfil(contract);
    const plan = planOf(demo(), { fleet: demoFleet });
    expect(() => expectPlan(plan).toFulfil(contract)).toThrow(/pass the app or its manifests/);
  });
});

describe('contracts of a Federation', () => {
  test('a contract on a FederatedApp is about everything below it', () => {
    const federation = new Federation({ fleet });
    const chart = new Chart(federation, 'shop', { namespace: 'shop' });
    const web = new FederatedApp(chart, 'web', {
      placement: fleet.weighted({ member1: 1, member2: 1, member3: 1 }),
      image: 'example.com/web:1.0',
      replicas: 3,
    });
    expectPlan(federation).toFulfil(Contract.on(web).keeps(2).whenLosing('any cluster'), Contract.on(web).maxSkew(0));
    expect(() => federation.addContracts(Contract.on(web).maxSkew(0)).synthYaml()).not.toThrow();
    federation.addContracts(Contract.on(web).keeps(3).whenLosing('any cluster'));
    expect(() => federation.synthYaml()).toThrow(/losing member1 leaves 2 of 3 replicas/);
    expect(() => federation.addContracts(Contract.on(web).keeps(3) as never)).toThrow(/must be a Contract/);
  });

  test('synth refuses what is broken', () => {
    const federation = new Federation({
      fleet,
      contracts: [Contract.on('Deployment/web').keeps(2).whenLosing('any region')],
    });
    const chart = new Chart(federation, 'shop', { namespace: 'shop' });
    new FederatedApp(chart, 'web', {
      placement: fleet.weighted({ member1: 1, member2: 1, member3: 1 }),
      image: 'example.com/web:1.0',
      replicas: 3,
    });
    expect(() => federation.synthYaml()).toThrow(/losing region eu leaves 1 of 3 replicas[\s\S]*no-broken-contract/);
  });
});
