import { ApiObject, App, Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { FederatedApp, type FederatedAppProps, Placement } from '../../../src';
import { refusal, untyped } from '../../support/refusal';
import { chartIn, synth } from '../../support/synthesis';

const placement = Placement.duplicated('member1');
const make = (props: Partial<FederatedAppProps>, id = 'web') =>
  refusal(() => new FederatedApp(chartIn(), id, { placement, ...props }));

/** The validation errors of a chart, without cdk8s's heading. */
function problems(build: (app: FederatedApp, chart: Chart) => void, props: Partial<FederatedAppProps> = {}): string {
  const chart = chartIn();
  build(new FederatedApp(chart, 'web', { placement, ...props }), chart);
  return failure(() => synth(chart));
}

function failure(call: () => unknown): string {
  const heading = 'Validation failed with the following errors:\n  ';
  try {
    call();
  } catch (error) {
    const { message } = error as Error;
    expect(message.startsWith(heading)).toBe(true);
    return message.slice(heading.length);
  }
  return '';
}

function object(
  scope: Construct,
  kind: string,
  name: string,
  more: Partial<ConstructorParameters<typeof ApiObject>[2]> = {},
): ApiObject {
  const id = [`${kind}-0`, `${kind}-1`, `${kind}-2`].find((free) => !scope.node.tryFindChild(free)) ?? kind;
  return new ApiObject(scope, id, { apiVersion: 'v1', kind, metadata: { name }, ...more });
}

function deployment(scope: Construct, name: string, spec: object = {}, labels: Record<string, string> = {}) {
  return object(scope, 'Deployment', name, { apiVersion: 'apps/v1', metadata: { name, labels }, spec });
}

describe('a FederatedApp fails when', () => {
  test('there is nothing in it', () => {
    expect(problems(() => {})).toBe(`[shop/web] this FederatedApp has no object to send to a cluster
    why: Karmada refuses a policy that selects nothing
    fix: give it an image, put workloads under it, or pass \`resources\``);
  });

  test('a property is misspelled', () => {
    expect(make(untyped({ image: 'nginx', replica: 2 }))).toStrictEqual({
      code: 'property.unknown',
      message: 'FederatedApp "shop/web" has no property "replica"\n  fix: write "replicas" in place of "replica"',
    });
  });

  test('an enum has another word', () => {
    expect(make({ image: 'nginx', conflictResolution: untyped('overwrite') })).toStrictEqual({
      code: 'property.value',
      message:
        'conflictResolution of FederatedApp "shop/web" must be Abort or Overwrite, got "overwrite"\n  fix: write "Overwrite"',
    });
  });

  test('there is no placement', () => {
    expect(make({ image: 'nginx', placement: untyped(undefined) })).toStrictEqual({
      code: 'policy.placement',
      message: `FederatedApp "shop/web": placement is missing
  why: Karmada would send the objects to every cluster, each with all replicas
  fix: say where they go, such as Placement.duplicated("member1") or fleet.weighted({ member1: 1 })`,
    });
  });

  test('shorthand stands without an image', () => {
    expect(make({ port: 80 })).toStrictEqual({
      code: 'app.image',
      message: `FederatedApp "shop/web": port is given, but no image
  why: without an image the app has no container for it
  fix: add the image, or leave out port and create your own workload under the app`,
    });
  });

  test.each([{ replicas: 1.5 }, { replicas: -1 }, { replicas: Number.NaN }, { port: 0 }, { port: 65536 }])(
    'a number is out of range: %o',
    (props) => {
      const [[property, value]] = Object.entries(props) as [[string, number]];
      const range = property === 'port' ? '1 to 65535' : '0 to 2147483647';
      expect(make({ image: 'nginx', ...props })).toStrictEqual({
        code: `app.${property}`,
        message: `FederatedApp "shop/web": ${property} is ${value}
  why: Kubernetes takes a whole number from ${range}
  fix: use a whole number from ${range}`,
      });
    },
  );

  test('the id cannot name the Deployment', () => {
    expect(make({ image: 'nginx' }, 'Web_1')).toStrictEqual({
      code: 'object.name',
      message: `FederatedApp "shop/Web_1": the id "Web_1" must be lower case letters, digits and "-", with a letter or digit at both ends
  why: it names the Deployment and its container, and Kubernetes refuses that name
  fix: choose another construct id`,
    });
  });

  test('the id cannot name the Service', () => {
    expect(
      make({ image: 'nginx', port: 80 }, '1web').message,
    ).toBe(`FederatedApp "shop/1web": the id "1web" must be lower case letters, digits and "-", beginning with a letter and ending with a letter or digit
  why: it names the Deployment, its container and the Service, and Kubernetes refuses that name
  fix: choose another construct id`);
  });

  test('the id cannot name the policies', () => {
    expect(
      make({}, 'Web_1').message,
    ).toBe(`FederatedApp "shop/Web_1": the id "Web_1" must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part
  why: it names the policies, and Kubernetes refuses that name
  fix: choose another construct id`);
  });

  test('a child has a name that Kubernetes refuses', () => {
    expect(
      problems((app) => object(app, 'ConfigMap', 'Settings')),
    ).toBe(`[shop/web] the name "Settings" of ConfigMap at shop/web/ConfigMap-0 must be lower case letters, digits, "-" and ".", with a letter or digit at both ends of each part
    why: Kubernetes refuses a ConfigMap of that name
    fix: choose another name`);
  });

  test('a child has a namespace that Kubernetes refuses', () => {
    const metadata = { name: 'settings', namespace: 'my.shop' };
    const message = problems((app) => object(app, 'ConfigMap', 'settings', { metadata }));
    expect(message).toContain(
      `[shop/web] the namespace "my.shop" of ConfigMap "settings" at shop/web/ConfigMap-0 must be lower case letters, digits and "-", with a letter or digit at both ends
    why: Kubernetes has no namespace of that name
    fix: choose another namespace`,
    );
  });

  test('a child has no kind', () => {
    expect(
      problems((app) => object(app, untyped(undefined), 'settings')),
    ).toBe(`[shop/web] the object "settings" at shop/web/undefined-0 has no kind
    why: Kubernetes would not know what it is
    fix: add its kind, such as kind: ConfigMap`);
  });

  test('an item of a List is no object', () => {
    const items = [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }, { kind: 'ConfigMap' }];
    const chart = chartIn();
    object(new FederatedApp(chart, 'web', { placement }), 'List', 'list', { items });
    expect(refusal(() => synth(chart))).toStrictEqual({
      code: 'list.item',
      message:
        'List at shop/web/List-0: items[1] has no apiVersion and kind\n  fix: give each item its apiVersion and kind',
    });
  });

  test('a cluster-scoped child has a namespace of its own', () => {
    const metadata = { name: 'reader', namespace: 'shop' };
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata };
    expect(
      problems((app) => object(app, 'ClusterRole', 'reader', role)),
    ).toBe(`[shop/web] ClusterRole "reader" at shop/web/ClusterRole-0 has namespace "shop", but a ClusterRole is cluster-scoped
    why: a cluster-scoped object has no namespace
    fix: leave metadata.namespace out`);
  });

  describe('two objects have the same kind, name and namespace', () => {
    test('in one app', () => {
      const message = problems((app) => {
        object(app, 'ConfigMap', 'settings');
        object(app, 'ConfigMap', 'settings', { metadata: { name: 'settings', namespace: 'shop' } });
      });
      expect(
        message,
      ).toBe(`[] ConfigMap "settings" of namespace "shop" is made twice: at shop/web/ConfigMap-0 and at shop/web/ConfigMap-1
    why: the second would overwrite the first in the cluster
    fix: rename one of them, or make it once and pass it to the others`);
    });

    test('in two charts', () => {
      const app = new App();
      for (const id of ['a', 'b'])
        new FederatedApp(new Chart(app, id, { namespace: 'shop' }), 'web', { placement, image: 'nginx' });
      const message = failure(() => app.synthYaml());
      expect(message).toContain(
        'Deployment "web" of namespace "shop" is made twice: at a/web/Deployment and at b/web/Deployment',
      );
      expect(message).toContain(
        'PropagationPolicy "web-propagation" of namespace "shop" is made twice: at a/web/Propagation/Resource and at b/web/Propagation/Resource',
      );
    });

    test('though their API groups differ', () => {
      const message = problems((app) => {
        object(app, 'Service', 'web');
        object(app, 'Service', 'web', { apiVersion: 'serving.knative.dev/v1' });
      });
      expect(
        message,
      ).toBe(`[] Service "web" of namespace "shop" is made twice: at shop/web/Service-0 and at shop/web/Service-1
    why: the API groups differ, but the names of both bindings in Karmada are the same, so one object would not be propagated
    fix: rename one of them`);
    });
  });

  describe('two apps propagate one object', () => {
    const shared = (chart: Chart) =>
      new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });

    test('that both are passed', () => {
      const chart = chartIn();
      const resources = [shared(chart)];
      new FederatedApp(chart, 'a', { placement, resources });
      new FederatedApp(chart, 'b', { placement: Placement.duplicated('member2'), resources });
      const message = failure(() => synth(chart));
      expect(message).toBe(`[] ConfigMap "settings" at shop/settings is propagated by shop/a and by shop/b
    why: Karmada lets one policy have it, and the placement of the other has no effect on it
    fix: pass it to one of them, or make an app of its own for it; a ConfigMap, Secret, ServiceAccount or volume claim that workloads refer to follows them without being passed`);
    });

    test('that stands under one and is passed to the other', () => {
      const message = problems((web, chart) => {
        const settings = object(web, 'ConfigMap', 'settings');
        new FederatedApp(chart, 'api', { placement, resources: [settings] });
      });
      expect(message).toContain('is propagated by shop/web and by shop/api');
    });

    test('but not if one has a higher priority', () => {
      const chart = chartIn();
      const resources = [shared(chart)];
      new FederatedApp(chart, 'a', { placement, resources });
      new FederatedApp(chart, 'b', { placement, resources, priority: 1 });
      expect(failure(() => synth(chart))).toBe('');
    });

    test('but not if one was removed again', () => {
      const chart = chartIn();
      const resources = [shared(chart)];
      new FederatedApp(chart, 'a', { placement, resources });
      new FederatedApp(chart, 'b', { placement, resources });
      chart.node.tryRemoveChild('b');
      expect(failure(() => synth(chart))).toBe('');
    });
  });

  describe('the placement is exactly so many replicas, and', () => {
    const exactly = Placement.exactly({ member1: 2, member2: 1 });

    test('replicas is another number', () => {
      expect(make({ placement: exactly, image: 'nginx', replicas: 4 })).toStrictEqual({
        code: 'app.replicas',
        message: `FederatedApp "shop/web": replicas is 4, but the placement is exactly 3
  why: Karmada divides the replicas of the workload, so no cluster would run the number that the placement gives
  fix: leave replicas out, or choose Placement.weighted`,
      });
    });

    test('a workload has another number, or leaves it to Kubernetes', () => {
      const message = problems(
        (app) => {
          deployment(app, 'a', { replicas: 3 });
          deployment(app, 'b', { replicas: 4 });
          deployment(app, 'c');
        },
        { placement: exactly },
      );
      expect(
        message,
      ).toBe(`[shop/web] Deployment "b" at shop/web/Deployment-1 has replicas 4, but its placement is exactly 3
    why: Karmada divides the replicas of the workload, so no cluster would run the number that the placement gives
    fix: set its replicas to 3, or choose Placement.weighted
  [shop/web] Deployment "c" at shop/web/Deployment-2 has replicas 1, but its placement is exactly 3
    why: Karmada divides the replicas of the workload, so no cluster would run the number that the placement gives
    fix: set its replicas to 3, or choose Placement.weighted`);
    });
  });

  describe('a HorizontalPodAutoscaler would be sent with its target', () => {
    const autoscaler = (scope: Construct, kind: string) =>
      object(scope, 'HorizontalPodAutoscaler', 'web', {
        apiVersion: 'autoscaling/v2',
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind, name: 'web' }, maxReplicas: 5 },
      });

    test('a Deployment', () => {
      const message = problems((app) => {
        deployment(app, 'web');
        autoscaler(app, 'Deployment');
      });
      expect(
        message,
      ).toBe(`[shop/web] HorizontalPodAutoscaler "web" at shop/web/HorizontalPodAutoscaler-0 scales Deployment "web", which is propagated
    why: Karmada keeps reverting the replicas of each cluster, and the maximum applies to each cluster separately
    fix: use \`autoscale\` of FederatedApp, which scales over all clusters, or let each cluster scale separately with the label resourcetemplate.karmada.io/retain-replicas: "true"`);
    });

    test('a StatefulSet, for which there is no label', () => {
      const message = problems((app) => {
        object(app, 'StatefulSet', 'web', { apiVersion: 'apps/v1' });
        autoscaler(app, 'StatefulSet');
      });
      expect(message.endsWith('fix: use `autoscale` of FederatedApp, which scales over all clusters')).toBe(true);
    });

    test('but not when the Deployment keeps the replicas of each cluster', () => {
      const message = problems((app) => {
        deployment(app, 'web', {}, { 'resourcetemplate.karmada.io/retain-replicas': 'true' });
        autoscaler(app, 'Deployment');
      });
      expect(message).toBe('');
    });
  });
});

describe('a FederatedApp does not fail when', () => {
  test('a cluster-scoped child inherits the namespace of its chart', () => {
    const build = (app: FederatedApp) =>
      object(app, 'ClusterRole', 'reader', { apiVersion: 'rbac.authorization.k8s.io/v1' });
    expect(problems(build)).toBe('');
  });

  test('objects outside it have the same name', () => {
    const chart = chartIn({ namespace: 'shop' } satisfies ChartProps);
    new FederatedApp(chart, 'web', { placement, image: 'nginx' });
    for (const id of ['a', 'b'])
      new ApiObject(chart, id, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    expect(() => synth(chart)).not.toThrow();
  });

  test('exactly fixes the replicas and none are given: they are written', () => {
    const chart = chartIn();
    new FederatedApp(chart, 'web', { placement: Placement.exactly({ member1: 2, member2: 1 }), image: 'nginx' });
    expect(synth(chart)[0]?.spec).toMatchObject({ replicas: 3 });
  });

  test('its id is long, where it names nothing but policies', () => {
    const id = 'a'.repeat(100);
    const chart = chartIn();
    object(new FederatedApp(chart, id, { placement }), 'ConfigMap', 'settings');
    expect(() => synth(chart)).not.toThrow();
  });
});
