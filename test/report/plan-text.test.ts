import { describe, expect, test } from 'vitest';
import { planSummary, planText } from '../../src/report';
import { demo, deployment, planFor as planned, policy, service, weighted } from '../support/report-plans';

/** The release is part of the text, and not of what these tests are about. */
const planFor: typeof planned = (objects, options) => planned(objects, { karmada: '1.18', ...options });

describe('planText', () => {
  test('says of the demo that only k3d-cluster-2 is certain to have a pipy', () => {
    expect(planText(planFor(demo()), { width: 140 })).toMatchInlineSnapshot(`
      "3 templates over 3 clusters, Karmada v1.18

      ┌─────────────────────────┬──────────────────┬───────────────┬───────────────┬───────────────┬────────────────────┐
      │ template                │ policy           │ k3d-cluster-1 │ k3d-cluster-2 │ k3d-cluster-3 │ outcome            │
      ├─────────────────────────┼──────────────────┼───────────────┼───────────────┼───────────────┼────────────────────┤
      │ Deployment/default/pipy │ pipy-propagation │    0 or 1     │       1       │    0 or 1     │ one of two results │
      │ Service/default/pipy    │ pipy-propagation │      yes      │      yes      │      yes      │ certain            │
      │ Deployment/default/curl │ curl-propagation │       -       │       -       │       1       │ certain            │
      └─────────────────────────┴──────────────────┴───────────────┴───────────────┴───────────────┴────────────────────┘
      numbers are replicas; "yes": an object without replicas; "-": nothing

      Deployment/default/pipy: 2 replicas, one of two results
        either   1 each in k3d-cluster-1 and k3d-cluster-2, none in k3d-cluster-3
        or       1 each in k3d-cluster-2 and k3d-cluster-3, none in k3d-cluster-1
        certain  only 1 in k3d-cluster-2; k3d-cluster-1 and k3d-cluster-3 may have none
        why      clusters are equally entitled to a replica, and Karmada decides between them by the UID of
                 Deployment/default/pipy, which is unknown until the object is created

      2 certain, 1 one of two results
      "
    `);
  });

  test('names the clusters of each template where the table is wider than the terminal', () => {
    expect(planText(planFor(demo()), { width: 80 })).toMatchInlineSnapshot(`
      "3 templates over 3 clusters, Karmada v1.18

      Deployment/default/pipy · policy: pipy-propagation · one of two results
        0 or 1 each in k3d-cluster-1 and k3d-cluster-3
        1 in k3d-cluster-2
      Service/default/pipy · policy: pipy-propagation · certain
        in k3d-cluster-1, k3d-cluster-2 and k3d-cluster-3
      Deployment/default/curl · policy: curl-propagation · certain
        1 in k3d-cluster-3

      Deployment/default/pipy: 2 replicas, one of two results
        either   1 each in k3d-cluster-1 and k3d-cluster-2, none in k3d-cluster-3
        or       1 each in k3d-cluster-2 and k3d-cluster-3, none in k3d-cluster-1
        certain  only 1 in k3d-cluster-2; k3d-cluster-1 and k3d-cluster-3 may have
                 none
        why      clusters are equally entitled to a replica, and Karmada decides
                 between them by the UID of Deployment/default/pipy, which is unknown
                 until the object is created

      2 certain, 1 one of two results
      "
    `);
  });

  test('explains what has no place, and what nothing sends anywhere', () => {
    const web = deployment('web', 2);
    const objects = [web, policy('web', [web], { clusterAffinity: { clusterNames: ['member9'] } }), service('alone')];
    expect(planText(planFor(objects), { width: 120 })).toMatchInlineSnapshot(`
      "2 templates over 3 clusters, Karmada v1.18

      ┌────────────────────────┬────────┬───────────────┬───────────────┬───────────────┬───────────────┐
      │ template               │ policy │ k3d-cluster-1 │ k3d-cluster-2 │ k3d-cluster-3 │ outcome       │
      ├────────────────────────┼────────┼───────────────┼───────────────┼───────────────┼───────────────┤
      │ Deployment/default/web │ web    │       -       │       -       │       -       │ unschedulable │
      │ Service/default/alone  │ none   │       -       │       -       │       -       │ unmatched     │
      └────────────────────────┴────────┴───────────────┴───────────────┴───────────────┴───────────────┘
      numbers are replicas; "yes": an object without replicas; "-": nothing

      Deployment/default/web: 2 replicas, unschedulable
        why      NoClusterFit: none of the 3 clusters passes the scheduler's filters
        not in   k3d-cluster-1, k3d-cluster-2 and k3d-cluster-3: it does not match the cluster affinity of the
                 placement

      Service/default/alone, unmatched
        why      no PropagationPolicy in namespace "default" and no ClusterPropagationPolicy selects it

      1 unschedulable, 1 unmatched: nothing sends it anywhere
      "
    `);
  });

  test('explains what the running system decides', () => {
    const web = deployment('web', 3);
    const placement = {
      clusterAffinity: { clusterNames: ['k3d-cluster-1', 'k3d-cluster-2'] },
      replicaScheduling: { replicaSchedulingType: 'Divided', replicaDivisionPreference: 'Aggregated' },
    };
    expect(planText(planFor([web, policy('web', [web], placement)]), { width: 120 })).toMatchInlineSnapshot(`
      "1 template over 3 clusters, Karmada v1.18

      ┌────────────────────────┬────────┬───────────────┬───────────────┬───────────────┬─────────────────────┐
      │ template               │ policy │ k3d-cluster-1 │ k3d-cluster-2 │ k3d-cluster-3 │ outcome             │
      ├────────────────────────┼────────┼───────────────┼───────────────┼───────────────┼─────────────────────┤
      │ Deployment/default/web │ web    │    0 to 3     │    0 to 3     │       -       │ decided at run time │
      └────────────────────────┴────────┴───────────────┴───────────────┴───────────────┴─────────────────────┘
      numbers are replicas; "yes": an object without replicas; "-": nothing

      Deployment/default/web: 3 replicas, decided at run time
        why      aggregated division depends on the room in each cluster
        possible k3d-cluster-1 and k3d-cluster-2
        certain  no cluster is certain to have it

      1 decided at run time
      "
    `);
  });

  test('groups a hundred clusters by what they get', () => {
    const fleet = Array.from({ length: 100 }, (_, index) => ({ name: `member${index}` }));
    const web = deployment('web', 250);
    const weights = Object.fromEntries(fleet.map(({ name }) => [name, 1]));
    const text = planText(planFor([web, weighted('web', weights, [web])], { fleet }), { width: 120 });
    expect(text).toMatchInlineSnapshot(`
      "1 template over 100 clusters, Karmada v1.18

      Deployment/default/web · policy: web · one of two results
        2 or 3 each in member0, member1, member2, member3, member4 and 95 more

      Deployment/default/web: 250 replicas, one of two results
        either   3 each in member0, member1, member10, member11, member12, member13, member14 and 43 more, 2 each in
                 member54, member55, member56, member57, member58, member59, member6 and 43 more
        or       2 each in member0, member1, member10, member11, member12, member13, member14 and 43 more, 3 each in
                 member54, member55, member56, member57, member58, member59, member6 and 43 more
        certain  at least 2 each in member0, member1, member10, member11, member12, member13, member14 and 93 more
        why      clusters are equally entitled to a replica, and Karmada decides between them by the UID of
                 Deployment/default/web, which is unknown until the object is created

      1 one of two results
      "
    `);
  });

  test('tells what is bound and no longer among the manifests', () => {
    const binding = {
      apiVersion: 'work.karmada.io/v1alpha2',
      kind: 'ResourceBinding',
      metadata: { name: 'old-deployment', namespace: 'default' },
      spec: {
        resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'default', name: 'old' },
        clusters: [{ name: 'k3d-cluster-1', replicas: 1 }],
      },
    };
    expect(planText(planFor(demo(3), { bindings: [binding] }))).toContain(
      'Bound at present, but not among the manifests\n  Deployment/default/old runs in k3d-cluster-1 and would be removed there',
    );
  });

  test('is coloured only where asked', () => {
    const start = String.fromCharCode(27);
    expect(planText(planFor(demo()))).not.toContain(start);
    expect(planText(planFor(demo()), { color: true })).toContain(`${start}[33m0 or 1${start}[39m`);
  });

  test('has no table without templates', () => {
    expect(planText(planFor([]))).toBe('0 templates over 3 clusters, Karmada v1.18\n\nno templates\n');
  });
});

test('planSummary counts the outcomes', () => {
  expect(planSummary(planFor([...demo(), service('alone')]))).toEqual({
    templates: 4,
    clusters: 3,
    certain: 2,
    either: 1,
    atRunTime: 0,
    unschedulable: 0,
    unmatched: 1,
    failing: 0,
  });
});
