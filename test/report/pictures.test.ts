import { describe, expect, test } from 'vitest';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { planOf } from '../../src/planner';
import { planMermaid, planSvg } from '../../src/report';
import { changesMermaid } from '../../src/report/mermaid';
import { placementChanges } from '../../src/report/placement-change';
import { partOf } from '../../src/report/plan-part';
import { demo, demoFleet, deployment, weighted } from '../support/report-plans';

const fleet = { fleet: demoFleet };
const call = {
  client: 'Deployment/default/curl',
  server: 'Service/default/pipy',
  workloads: ['Deployment/default/pipy'],
  missing: [{ cluster: 'k3d-cluster-3', always: false }],
};

function svgTexts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, content = '']) => content);
}

describe('pictures of a plan', () => {
  test('the demo as mermaid: a box for each cluster, the trap in red', () => {
    expect(planMermaid(partOf(planOf(demo(), fleet)), [call])).toMatchInlineSnapshot(`
      "\`\`\`mermaid
      flowchart TB
        subgraph c0["k3d-cluster-1"]
          n0["pipy<br>0 or 1"]
        end
        subgraph c1["k3d-cluster-2"]
          n1["pipy<br>1"]
        end
        subgraph c2["k3d-cluster-3"]
          n2["pipy<br>0 or 1"]
          n3["curl<br>1"]
        end
        n3 -->|"may find no server"| n2
        linkStyle 0 stroke:#d1242f,color:#d1242f
        classDef maybe stroke-dasharray:4 3
        class n0,n2 maybe
      \`\`\`
      "
    `);
  });

  test('a client without any server gets a box that says so', () => {
    const curl = deployment('curl', 1);
    const pipy = deployment('pipy', 1);
    const objects = [
      curl,
      weighted('a', { 'k3d-cluster-3': 1 }, [curl]),
      pipy,
      weighted('b', { 'k3d-cluster-1': 1 }, [pipy]),
    ];
    const missing = [{ cluster: 'k3d-cluster-3', always: true }];
    const picture = planMermaid(partOf(planOf(objects, fleet)), [{ ...call, missing }]);
    expect(picture).toContain('["no pipy"]');
    expect(picture).toMatch(/n1 -->\|"finds no server"\| n2/);
  });

  test('names are text, and end neither the label nor the block', () => {
    const name = 'x"]\n```\n<script>#quot;%%{init}%% click n0 "javascript:alert(1)"';
    const evil: KubernetesObject = { ...deployment('web', 1), metadata: { name, namespace: 'default' } };
    const plan = planOf([evil, weighted('p', { 'k3d-cluster-1': 1 }, [evil])], fleet);
    const picture = planMermaid(partOf(plan));
    expect(picture.match(/```/g)).toHaveLength(2);
    expect(picture).not.toMatch(/<script|javascript:|%%|\n```\n[^$]/);
    expect(planSvg(partOf(plan))).not.toContain('<script');
  });

  test('what moves: old and new numbers', () => {
    const changes = placementChanges(planOf(demo(2), fleet), planOf(demo(3), fleet));
    expect(changesMermaid(changes)).toContain('["Deployment/default/pipy<br>0 or 1 → 1"]');
    expect(changesMermaid([])).toBe('');
  });

  test('a large plan is cut, and says so', () => {
    const apps = Array.from({ length: 60 }, (_, at) => deployment(`app-${at}`, 3));
    const everywhere = { 'k3d-cluster-1': 1, 'k3d-cluster-2': 1, 'k3d-cluster-3': 1 };
    const picture = planMermaid(partOf(planOf([...apps, weighted('all', everywhere, apps)], fleet)));
    expect(picture).toContain('["and 60 more placements"]');
  });

  test('the demo as SVG has the cells of the table', () => {
    const svg = planSvg(partOf(planOf(demo(), fleet)), [call]);
    expect(svgTexts(svg)).toEqual([
      'template',
      ...['k3d-cluster-1', 'k3d-cluster-2', 'k3d-cluster-3'],
      ...['Deployment/default/pipy', '0 or 1', '1', '0 or 1', 'one of two results'],
      ...['Service/default/pipy', 'yes', 'yes', 'yes', 'certain'],
      ...['Deployment/default/curl', '-', '-', '1', 'certain'],
    ]);
    expect(svg.match(/class="missing"/g)).toHaveLength(1);
  });
});
