import { describe, expect, test } from 'vitest';
import { diffMarkdown, diffSummary, diffText, fieldChanges, planDiff } from '../../src/report';
import { demo, deployment, planFor, policy, secret, weighted } from '../support/report-plans';

describe('planDiff', () => {
  const diff = planDiff(planFor(demo(2)), planFor(demo(3, 'flomesh/pipy:1.0')));

  test('as text', () => {
    expect(diffText(diff)).toMatchInlineSnapshot(`
      "Placement
      ~ Deployment/default/pipy: k3d-cluster-1 0 or 1 → 1, k3d-cluster-3 0 or 1 → 1

      Objects in k3d-cluster-1
      ~ Deployment/default/pipy (if ties go to the first name)
          spec.template.spec.containers[pipy].image: "flomesh/pipy" → "flomesh/pipy:1.0"
      + Deployment/default/pipy (if ties go to the last name)

      Objects in k3d-cluster-2
      ~ Deployment/default/pipy
          spec.template.spec.containers[pipy].image: "flomesh/pipy" → "flomesh/pipy:1.0"

      Objects in k3d-cluster-3
      + Deployment/default/pipy (if ties go to the first name)
      ~ Deployment/default/pipy (if ties go to the last name)
          spec.template.spec.containers[pipy].image: "flomesh/pipy" → "flomesh/pipy:1.0"

      1 placement changes, 3 objects in 3 clusters
      "
    `);
  });

  test('as Markdown', () => {
    expect(diffMarkdown(diff)).toMatchInlineSnapshot(`
      "### What changes where

      1 placement changes, 3 objects in 3 clusters.

      \`\`\`mermaid
      flowchart TB
        subgraph c0["k3d-cluster-1"]
          n0["Deployment/default/pipy<br>0 or 1 → 1"]
        end
        subgraph c1["k3d-cluster-3"]
          n1["Deployment/default/pipy<br>0 or 1 → 1"]
        end
        classDef changed stroke:#9a6700,stroke-width:2px
        class n0,n1 changed
      \`\`\`

      | template | cluster | before | after | outcome |
      | --- | --- | :---: | :---: | --- |
      | \`Deployment/default/pipy\` | \`k3d-cluster-1\` | 0 or 1 | 1 | one of two results → certain |
      |  | \`k3d-cluster-3\` | 0 or 1 | 1 |  |

      <details><summary>k3d-cluster-1: 2 objects</summary>

      | object | field | before | after |
      | --- | --- | --- | --- |
      | \`Deployment/default/pipy\`, if ties go to the first name | \`spec.template.spec.containers[pipy].image\` | \`"flomesh/pipy"\` | \`"flomesh/pipy:1.0"\` |
      | \`Deployment/default/pipy\` | added, if ties go to the last name |  |  |

      </details>

      <details><summary>k3d-cluster-2: 1 object</summary>

      | object | field | before | after |
      | --- | --- | --- | --- |
      | \`Deployment/default/pipy\` | \`spec.template.spec.containers[pipy].image\` | \`"flomesh/pipy"\` | \`"flomesh/pipy:1.0"\` |

      </details>

      <details><summary>k3d-cluster-3: 2 objects</summary>

      | object | field | before | after |
      | --- | --- | --- | --- |
      | \`Deployment/default/pipy\` | added, if ties go to the first name |  |  |
      | \`Deployment/default/pipy\`, if ties go to the last name | \`spec.template.spec.containers[pipy].image\` | \`"flomesh/pipy"\` | \`"flomesh/pipy:1.0"\` |

      </details>
      "
    `);
  });

  test('counts objects once in each cluster', () => {
    expect(diffSummary(diff)).toEqual({ placements: 1, clusters: 3, objects: 3, nowhere: 0 });
  });

  test('of the same plan is empty', () => {
    const same = planDiff(planFor(demo()), planFor(demo()));
    expect(same).toEqual({ placements: [], members: [] });
    expect(diffText(same)).toBe('nothing changes\n');
    expect(diffMarkdown(same)).toBe('### What changes where\n\nNothing: every cluster keeps what it has.\n');
  });

  test('tells what is new, gone, claimed by another policy, and without a place', () => {
    const [web, old, moved] = [deployment('web', 1), deployment('old', 1), deployment('moved', 1)];
    const in1 = { clusterAffinity: { clusterNames: ['k3d-cluster-1'] } };
    const before = planFor([old, policy('old', [old], in1), moved, policy('first', [moved], in1)]);
    const after = planFor([
      web,
      policy('web', [web], { clusterAffinity: { clusterNames: ['member9'] } }),
      moved,
      policy('second', [moved], in1),
    ]);
    expect(diffText(planDiff(before, after))).toMatchInlineSnapshot(`
      "Placement
      ! Deployment/default/web
          nowhere  none of the 3 clusters passes the scheduler's filters
      ~ Deployment/default/moved
          policy   PropagationPolicy/default/first → PropagationPolicy/default/second
      - Deployment/default/old: k3d-cluster-1 1 → none

      Objects in k3d-cluster-1
      - Deployment/default/old

      3 placements change, 1 object in 1 cluster, 1 with nowhere to go
      "
    `);
  });

  test('compares the copies of unchanged templates only where overrides may differ', () => {
    const override = (tag: string) => ({
      apiVersion: 'policy.karmada.io/v1alpha1',
      kind: 'OverridePolicy',
      metadata: { name: 'edge', namespace: 'default' },
      spec: {
        overrideRules: [
          {
            targetCluster: { clusterNames: ['k3d-cluster-3'] },
            overriders: { imageOverrider: [{ component: 'Tag', operator: 'replace', value: tag }] },
          },
        ],
      },
    });
    const [before, after] = [planFor([...demo(3), override('one')]), planFor([...demo(3), override('two')])];
    const fields = planDiff(before, after).members.flatMap(({ cluster, objects }) =>
      objects.flatMap((object) => object.fields.map(({ path, before: old, after: now }) => [cluster, path, old, now])),
    );
    expect(fields).toEqual([
      ['k3d-cluster-3', 'spec.template.spec.containers[pipy].image', 'flomesh/pipy:one', 'flomesh/pipy:two'],
      ['k3d-cluster-3', 'spec.template.spec.containers[curl].image', 'nginx:one', 'nginx:two'],
    ]);
    expect(planDiff(before, after, true).members).toEqual([]);
  });
});

describe('secrets', () => {
  test('are never shown, and yet seen to change', () => {
    const password = { 'k3d-cluster-1': 1 };
    const plan = (value: string) => {
      const object = {
        ...secret('login', { user: 'admin-name', password: value }),
        metadata: {
          name: 'login',
          namespace: 'default',
          annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"stringData":{"password":"${value}"}}` },
        },
      };
      return planFor([object, weighted('login', password, [object])]);
    };
    const diff = planDiff(plan('hunter1'), plan('hunter2'));
    for (const text of [diffText(diff), diffMarkdown(diff), JSON.stringify(diff)]) {
      expect(text).not.toMatch(/hunter|admin-name|aHVudGVy/);
      expect(text).toContain('data.password');
    }
    expect(diff.members[0]?.objects[0]?.fields).toEqual([
      { path: 'data.password', before: '(hidden, old value)', after: '(hidden, new value)' },
    ]);
  });
});

describe('diffMarkdown', () => {
  test('keeps what comes from manifests from being markup', () => {
    const plan = (image: string) => {
      const web = deployment('web', 1, image);
      return planFor([web, weighted('web', { 'k3d-cluster-1': 1 }, [web])]);
    };
    const text = diffMarkdown(planDiff(plan('a'), plan('b|`c`</details>\n@everyone')));
    expect(text).toContain('| `` "b\\|`c`</details>\\n@everyone" `` |');
  });

  test('stays below what GitHub takes, and counts what is left out', () => {
    const fleet = Array.from({ length: 20 }, (_, index) => ({ name: `member${index}` }));
    const weights = Object.fromEntries(fleet.map(({ name }) => [name, 1]));
    const plan = (image: string) => {
      const objects = Array.from({ length: 120 }, (_, index) => deployment(`web-${index}`, 20, image));
      return planFor([...objects, weighted('web', weights, objects)], { fleet });
    };
    const text = diffMarkdown(planDiff(plan('a'), plan('b')));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('| and 20 more rows: see `diff --json` |  |  |  |');
    expect(text).toMatch(/\n\n\d+ more sections left out: the comment would be too long\. See `diff --json`\.\n$/);
  });
});

describe('fieldChanges', () => {
  test.each([
    [{ a: 1 }, { a: 2 }, [{ path: 'a', before: 1, after: 2 }]],
    [
      { a: { b: 1 } },
      { a: { c: 1 } },
      [
        { path: 'a.b', before: 1 },
        { path: 'a.c', after: 1 },
      ],
    ],
    [{ a: [1, 2] }, { a: [1] }, [{ path: 'a[1]', before: 2 }]],
    [
      { a: [{ name: 'x', v: 1 }] },
      { a: [{ name: 'y' }, { name: 'x', v: 2 }] },
      [
        { path: 'a[x].v', before: 1, after: 2 },
        { path: 'a[y]', after: { name: 'y' } },
      ],
    ],
    [{ 'a.b/c': 1 }, {}, [{ path: '["a.b/c"]', before: 1 }]],
    [{ a: 1 }, { a: 1 }, []],
    [{ a: null }, { a: {} }, [{ path: 'a', before: null, after: {} }]],
  ])('%j to %j', (before, after, changes) => {
    expect(fieldChanges(before, after)).toEqual(changes);
  });
});
