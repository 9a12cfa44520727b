import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Include, JsonPatch, Lazy, type ResolutionContext, YamlOutputType } from 'cdk8s';
import { ConfigMap, Deployment, k8s } from 'cdk8s-plus-27';
import { Construct, Dependable } from 'constructs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FederatedApp } from '../../src/constructs/federated-app';
import { Federation, type FederationProps } from '../../src/constructs/federation';
import { defaultKarmadaVersion } from '../../src/karmada/release';
import { Fleet } from '../../src/model/fleet';
import { Placement } from '../../src/model/placement';
import { filesWritten, readFolder } from '../support/construct-trees';

let outdir: string;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'federation-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const unlinted = (props: FederationProps = {}) => new Federation({ outdir, lint: false, ...props });

function configMap(scope: Construct, id: string, fields: object = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, ...fields });
}

/** What an application writes under cdk8s and under ours. */
function both(make: (app: App) => void, props: FederationProps = {}) {
  const write = (app: (outdir: string) => App) =>
    filesWritten((folder) => {
      const made = app(folder);
      make(made);
      made.synth();
    });
  return {
    cdk8s: write((folder) => new App({ ...props, outdir: folder })),
    ours: write((folder) => new Federation({ lint: false, ...props, outdir: folder })),
  };
}

describe('Federation', () => {
  test('is an App with the defaults of cdk8s', () => {
    const federation = new Federation();
    expect(federation).toBeInstanceOf(App);
    const { outdir: folder, outputFileExtension, yamlOutputType } = new App();
    expect(federation).toMatchObject({ outdir: folder, outputFileExtension, yamlOutputType });
    expect(federation).toMatchObject({
      name: 'app',
      karmada: defaultKarmadaVersion,
      featureGates: [],
      lint: true,
      fleet: undefined,
    });
  });

  test('is found from any construct in it, and not from one in a plain App', () => {
    const fleet = Fleet.of({ member1: {} });
    const federation = new Federation({ fleet, karmada: '1.16', name: 'shop' });
    expect(Federation.tryOf(configMap(new Chart(federation, 'a'), 'b'))).toBe(federation);
    expect(Federation.tryOf(new Chart(new App(), 'a'))).toBeUndefined();
    expect(federation).toMatchObject({ fleet, karmada: '1.16', name: 'shop' });
  });

  test('writes into the folder that cdk8s synth asks for', () => {
    vi.stubEnv('CDK8S_OUTDIR', outdir);
    const federation = new Federation({ lint: false });
    configMap(new Chart(federation, 'a'), 'b');
    federation.synth();
    expect(Object.keys(readFolder(outdir))).toEqual(['a.k8s.yaml']);
  });

  test.each([{ name: 'a: b' }, { name: '' }, { name: '# a' }])('fails when its name is $name', ({ name }) => {
    expect(() => new Federation({ name })).toThrow(
      `the name of a Federation is letters, digits, "-", "_" and ".", and not "render", got "${name}"\n  fix: choose a name such as "shop"`,
    );
  });
});

describe('Federation.synth', () => {
  test('says the same the second time, and leaves the files alone', () => {
    const federation = unlinted();
    configMap(new Chart(federation, 'a'), 'b');
    federation.synth();
    const before = readFolder(outdir);
    federation.synth();
    expect(readFolder(outdir)).toEqual(before);
  });

  test('removes what it wrote before and no longer makes, and says so', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const first = unlinted({ name: 'shop' });
    for (const id of ['a', 'b']) configMap(new Chart(first, id), id);
    first.synth();
    writeFileSync(join(outdir, 'mine.yaml'), 'mine');
    const second = unlinted({ name: 'shop' });
    configMap(new Chart(second, 'a'), 'a');
    second.synth();
    expect(Object.keys(readFolder(outdir)).sort()).toEqual(['a.k8s.yaml', 'mine.yaml']);
    expect(error.mock.calls).toEqual([[`removed from ${outdir}, because shop no longer makes it: b.k8s.yaml`]]);
  });

  test('without a name leaves what another application without a name wrote, and says so each time', () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    for (const id of ['eu', 'us']) {
      const federation = unlinted();
      configMap(new Chart(federation, id), id);
      federation.synth();
      federation.synth();
    }
    expect(Object.keys(readFolder(outdir)).sort()).toEqual(['eu.k8s.yaml', 'us.k8s.yaml']);
    const left = [
      `left in ${outdir}, although this application does not make it: eu.k8s.yaml\n  fix: remove it, or give the Federation a name, so that it removes stale files`,
    ];
    expect(error.mock.calls).toEqual([left, left]);
  });

  test('without a name removes what the same application wrote in the same run', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const federation = unlinted();
    configMap(new Chart(federation, 'a'), 'a');
    const late = new Chart(federation, 'b');
    configMap(late, 'b');
    federation.synth();
    federation.node.tryRemoveChild('b');
    federation.synth();
    expect(Object.keys(readFolder(outdir))).toEqual(['a.k8s.yaml']);
  });

  test('fails when its name is the one by which render marks its folders', () => {
    expect(() => unlinted({ name: 'render' })).toThrow(expect.objectContaining({ code: 'federation.name' }));
  });

  test.each([
    [YamlOutputType.FILE_PER_RESOURCE, ''],
    [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, 'shop/'],
  ])('gives every object a file of its own (%s)', (yamlOutputType, folder) => {
    const fleet = Fleet.of({ m1: {} });
    const federation = unlinted({ fleet, yamlOutputType });
    const chart = new Chart(federation, 'shop');
    const app = new FederatedApp(chart, 'shop', { placement: Placement.duplicated('m1') });
    for (const namespace of ['dev', 'prod'])
      configMap(app, namespace, { metadata: { name: 'settings', namespace }, data: { namespace } });
    for (const apiVersion of ['a.example.com/v1', 'b.example.com/v1'])
      new ApiObject(chart, apiVersion, { apiVersion, kind: 'Widget', metadata: { name: 'w', namespace: 'dev' } });
    configMap(chart, 'alone');
    federation.synth();
    expect(Object.keys(readFolder(outdir)).sort()).toEqual(
      [
        'ConfigMap.alone',
        'ConfigMap.dev.settings',
        'ConfigMap.prod.settings',
        'PropagationPolicy.dev.shop-propagation',
        'PropagationPolicy.prod.shop-propagation',
        'Widget.a.example.com.dev.w',
        'Widget.b.example.com.dev.w',
      ].map((name) => `${folder}${name}.k8s.yaml`),
    );
  });

  test('fails when one object is there twice and each would have a file of its own', () => {
    const federation = unlinted({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    const chart = new Chart(federation, 'shop');
    for (const id of ['a', 'b']) configMap(chart, id, { metadata: { name: 'settings' } });
    expect(() => federation.synth()).toThrow('shop/a and shop/b would share the file ConfigMap.settings');
  });

  test('leaves the files of an application with another name alone', () => {
    for (const name of ['one', 'two']) {
      const federation = unlinted({ name, yamlOutputType: YamlOutputType.FILE_PER_APP });
      configMap(new Chart(federation, 'a'), name);
      federation.synth();
    }
    expect(Object.keys(readFolder(outdir)).sort()).toEqual(['one.k8s.yaml', 'two.k8s.yaml']);
  });

  test('validates each construct once, and produces each lazy value once', () => {
    const federation = unlinted();
    const validate = vi.fn(() => []);
    const produce = vi.fn(() => 'late');
    for (const id of ['a', 'b', 'c']) {
      const object = configMap(new Chart(federation, id), id, { data: { value: Lazy.any({ produce }) } });
      object.node.addValidation({ validate });
    }
    federation.synth();
    expect(validate).toHaveBeenCalledTimes(3);
    expect(produce).toHaveBeenCalledTimes(3);
  });

  test('fails with the paths of all constructs whose validation fails, before it writes', () => {
    const federation = unlinted();
    configMap(new Chart(federation, 'a'), 'first').node.addValidation({ validate: () => ['no', 'never'] });
    new Construct(new Chart(federation, 'b'), 'second').node.addValidation({ validate: () => ['nor this'] });
    expect(() => federation.synth()).toThrow(
      'Validation failed with the following errors:\n  [a/first] no\n  [a/first] never\n  [b/second] nor this',
    );
    expect(readdirSync(outdir)).toEqual([]);
  });

  test('fails with the path of the object that cannot be written', () => {
    const federation = unlinted();
    configMap(new Chart(federation, 'a'), 'b', { data: new Date(0) });
    expect(() => federation.synth()).toThrow(
      `Failed serializing construct at path 'a/b' with name 'b': Error: can't render non-simple object of type 'Date'`,
    );
  });

  test.each([
    { what: 'a function', value: () => 1 },
    { what: 'a symbol', value: Symbol('x') },
  ])('fails with the path of the object that holds $what', ({ what, value }) => {
    const federation = unlinted();
    configMap(new Chart(federation, 'a'), 'b', { data: { value } });
    expect(() => federation.synth()).toThrow(
      `Failed serializing construct at path 'a/b': YAML documents must be plain data, got ${what}\n  fix: convert it`,
    );
    expect(readdirSync(outdir)).toEqual([]);
  });

  test('fails with the path of the object that has no name for a file', () => {
    const federation = unlinted({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    configMap(new Chart(federation, 'a'), 'b').addJsonPatch(JsonPatch.remove('/metadata'));
    expect(() => federation.synth()).toThrow(
      "Failed serializing construct at path 'a/b': its file is named by its metadata, but it has none",
    );
  });

  test('fails with the path of the object that a patch turns into something else', () => {
    const federation = unlinted();
    configMap(new Chart(federation, 'a'), 'b').addJsonPatch(JsonPatch.replace('', 5));
    expect(() => federation.synth()).toThrow("Failed serializing construct at path 'a/b' with name 'b': TypeError");
  });

  test('fails with the path of the object whose lazy value cannot be produced', () => {
    const federation = unlinted();
    const produce = () => {
      throw new Error('not yet');
    };
    configMap(new Chart(federation, 'a'), 'b', { data: Lazy.any({ produce }) });
    expect(() => federation.synth()).toThrow(
      `Failed serializing construct at path 'a/b' with name 'b': Error: not yet`,
    );
  });

  test('fails with the paths of objects that wait for each other', () => {
    const federation = unlinted();
    const chart = new Chart(federation, 'a');
    const [one, two, three] = ['one', 'two', 'three'].map((id) => configMap(chart, id)) as [
      ApiObject,
      ApiObject,
      ApiObject,
    ];
    one.addDependency(two);
    two.addDependency(three);
    three.addDependency(one);
    expect(() => federation.synth()).toThrow(
      'Dependency cycle detected: a/one => a/two => a/three => a/one\n  fix: remove one of these dependencies',
    );
  });

  test('fails when a construct depends on something it contains', () => {
    const federation = unlinted();
    const chart = new Chart(federation, 'a');
    const group = new Construct(chart, 'group');
    for (const id of ['one', 'two']) configMap(group, id);
    chart.node.addDependency(group);
    expect(() => federation.synth()).toThrow('Dependency cycle detected: a/group/one => a/group/two => a/group/one');
  });

  test('fails where cdk8s does when a chart waits for an object of the chart around it', () => {
    const { cdk8s, ours } = both((app) => {
      const outer = new Chart(app, 'a');
      const group = new Construct(outer, 'group');
      const middle = new Chart(outer, 'middle');
      const inner = new Chart(middle, 'inner');
      Dependable.implement(outer, { dependencyRoots: [configMap(middle, 'root')] });
      inner.node.addDependency(group);
    });
    for (const error of [cdk8s, ours]) {
      expect(error).toEqual(
        expect.objectContaining({ message: expect.stringContaining('a/middle => a/middle/inner') }),
      );
    }
  });

  test('fails when a dependency is outside of every chart', () => {
    const federation = unlinted();
    const outside = new Construct(federation, 'outside');
    configMap(new Chart(federation, 'a'), 'b').addDependency(outside as never);
    expect(() => federation.synth()).toThrow(
      'outside has a dependency but no chart: cannot find a parent chart (directly or indirectly)',
    );
  });

  test('orders a chain of 20,000 objects, where every way through cdk8s is too long for the stack', () => {
    const federation = unlinted();
    const chart = new Chart(federation, 'a');
    const objects = Array.from({ length: 20_000 }, (_, index) => configMap(chart, `m${index}`));
    objects.reduce((one, next) => {
      one.addDependency(next);
      return next;
    });
    expect(federation.synthYaml().match(/m\d+/)?.[0]).toBe('m19999');
  });

  test('orders 200 layers of 3 objects, which cdk8s explores in 3 to the power of 200 ways', () => {
    const federation = unlinted();
    const chart = new Chart(federation, 'a');
    let before: ApiObject[] = [];
    for (let layer = 0; layer < 200; layer++) {
      const objects = ['x', 'y', 'z'].map((id) => configMap(chart, `${id}${layer}`));
      for (const object of objects) object.addDependency(...before);
      before = objects;
    }
    const names = [...federation.synthYaml().matchAll(/name: ([xyz]\d+)/g)].map(([, name]) => name);
    expect(names).toEqual(
      Array.from({ length: 200 }, (_, layer) => ['x', 'y', 'z'].map((id) => `${id}${layer}`)).flat(),
    );
  });

  test('orders charts of 2,000 objects each that depend on each other, without a pair for each two objects', () => {
    const federation = unlinted({ yamlOutputType: YamlOutputType.FILE_PER_APP });
    const charts = ['c', 'b', 'a'].map((id) => new Chart(federation, id));
    for (const chart of charts) for (let index = 0; index < 2000; index++) configMap(chart, `${chart.node.id}${index}`);
    charts[0]?.addDependency(charts[1] as Chart);
    charts[1]?.addDependency(charts[2] as Chart);
    const names = [...federation.synthYaml().matchAll(/name: ([abc])\d+/g)].map(([, chart]) => chart);
    expect(names.join('')).toBe('a'.repeat(2000) + 'b'.repeat(2000) + 'c'.repeat(2000));
  });
});

describe('Federation.synth writes what App.synth writes', () => {
  test.each<{ what: string; props?: FederationProps; make: (app: App) => void }>([
    { what: 'no charts', make: () => {} },
    { what: 'an empty chart', make: (app) => void new Chart(app, 'empty') },
    {
      what: 'charts with numbers for names',
      make: (app) => {
        for (const id of ['b', '10', 'a', '9']) configMap(new Chart(new Construct(app, id), 'chart'), `m${id}`);
        for (const id of ['z', '3', '12']) configMap(new Chart(app, id), `m${id}`);
      },
      props: { yamlOutputType: YamlOutputType.FILE_PER_APP },
    },
    {
      what: 'the generated classes of Kubernetes, number-or-string unions included',
      make: (app) => {
        new k8s.KubeService(new Chart(app, 'a', { labels: { team: 'x' } }), 'service', {
          spec: { ports: [{ port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
        });
      },
    },
    {
      what: 'constructs of cdk8s-plus',
      make: (app) => {
        const chart = new Chart(app, 'a', { namespace: 'lab' });
        const deployment = new Deployment(chart, 'web', { containers: [{ image: 'nginx', portNumber: 80 }] });
        deployment.exposeViaService();
        new ConfigMap(chart, 'config', { data: { script: 'set -e\n\necho "$1"\n' } });
      },
    },
    {
      what: 'included files',
      make: (app) => {
        const file = join(outdir, 'include.yaml');
        writeFileSync(
          file,
          'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  finalizers: []\ndata:\n  mode: "0644"\n---\nkind: Secret\napiVersion: v1\n',
        );
        new Include(new Chart(app, 'a'), 'file', { url: file });
      },
    },
    {
      what: 'metadata that are added late, and patches',
      make: (app) => {
        const object = configMap(new Chart(app, 'a', { labels: { z: '1' } }), 'b', {
          data: { x: 'y' },
          kept: [1, null],
        });
        object.metadata.addLabel('a', 'b');
        object.metadata.addAnnotation('n', 'true');
        object.metadata.addFinalizers('f');
        object.metadata.add('generateName', 'g-');
        object.metadata.add('empty', { a: [], b: {} });
        object.addJsonPatch(
          JsonPatch.add('/data/z', { a: null }),
          JsonPatch.move('/kept', '/apart'),
          JsonPatch.replace('/kind', 'Secret'),
        );
      },
    },
    {
      what: 'charts that depend on each other, in folders',
      props: { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE },
      make: (app) => {
        const [one, two] = [new Chart(app, 'one'), new Chart(app, 'two')];
        configMap(one, 'a').addDependency(configMap(two, 'b'));
        configMap(new Chart(two, 'inner'), 'c');
      },
    },
    {
      what: 'a resolver of your own',
      props: {
        resolvers: [
          {
            resolve: (context: ResolutionContext) => {
              if (context.value === 'secret') context.replaceValue('***');
            },
          },
        ],
      },
      make: (app) => void configMap(new Chart(app, 'a'), 'b', { data: { password: 'secret' } }),
    },
    {
      what: 'a chart that changes its own objects',
      make: (app) => {
        class Shouting extends Chart {
          override toJson(): unknown[] {
            return super.toJson().map((object: object) => ({ ...object, shouting: true }));
          }
        }
        configMap(new Shouting(app, 'a'), 'b');
      },
    },
    {
      what: 'objects whose written names are not those of their constructs, in folders',
      props: { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE },
      make: (app) => {
        const chart = new Chart(app, 'a');
        configMap(chart, 'b').addJsonPatch(JsonPatch.replace('/metadata/name', 'renamed'));
        configMap(chart, 'c').addJsonPatch(JsonPatch.replace('/kind', 'Secret'));
      },
    },
    {
      what: 'objects without a kind or without metadata',
      make: (app) => {
        const chart = new Chart(app, 'a', { disableResourceNameHashes: true });
        new ApiObject(chart, 'b', { apiVersion: 'v1', kind: null as never });
        new ApiObject(chart, 'c', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: null as never } });
      },
    },
    {
      what: 'a dependency on an object that was replaced',
      make: (app) => {
        const chart = new Chart(app, 'a');
        configMap(chart, 'x').addDependency(configMap(chart, 'y'));
        chart.node.tryRemoveChild('y');
        configMap(chart, 'y', { data: { second: 'yes' } });
      },
    },
    {
      what: 'a dependency on a chart that was removed',
      make: (app) => {
        const gone = new Chart(app, 'gone');
        for (const id of ['b', 'a']) configMap(new Chart(app, id), 'x').addDependency(gone as never);
        app.node.tryRemoveChild('gone');
      },
    },
    {
      what: 'a dependency on a chart of another application',
      make: (app) => configMap(new Chart(app, 'a'), 'x').addDependency(configMap(new Chart(new App(), 'b'), 'y')),
    },
    {
      what: 'a chart that stands for another one',
      make: (app) => {
        const parent = new Chart(app, 'p');
        const [nested, other] = [new Chart(parent, 'n'), new Chart(app, 'o')];
        for (const chart of [parent, nested, other]) configMap(chart, 'x');
        Dependable.implement(nested, { dependencyRoots: [other] });
      },
    },
    {
      what: 'an object that stands for another one',
      make: (app) => {
        const chart = new Chart(app, 'a');
        const [one, two, three] = ['one', 'two', 'three'].map((id) => configMap(chart, id)) as [
          ApiObject,
          ApiObject,
          ApiObject,
        ];
        const group = new Construct(chart, 'group');
        configMap(group, 'four');
        Dependable.implement(two, { dependencyRoots: [three] });
        group.node.addDependency(two);
        one.node.addDependency(group);
      },
    },
    {
      what: 'a construct that adds an object when it is validated',
      make: (app) => {
        const chart = new Chart(app, 'a');
        chart.node.addValidation({
          validate: () => {
            if (chart.node.tryFindChild('late') === undefined) configMap(chart, 'late');
            return [];
          },
        });
      },
    },
    {
      what: 'objects of classes that make their own, with values that YAML knows and JSON does not',
      make: (app) => {
        class Dated extends ApiObject {
          override toJson(): unknown {
            return { ...super.toJson(), at: new Date(0), set: new Set([1]), own: { toJSON: () => 'shown' } };
          }
        }
        new Dated(new Chart(app, 'a'), 'b', { apiVersion: 'v1', kind: 'ConfigMap' });
      },
    },
    ...[YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FILE_PER_APP].map(
      (yamlOutputType) => ({
        what: `objects that leave themselves out, with output type ${yamlOutputType}`,
        props: { yamlOutputType },
        make: (app: App) => {
          class Hidden extends ApiObject {
            override toJson(): unknown {
              return undefined;
            }
          }
          const chart = new Chart(app, 'a');
          new Hidden(chart, 'b', { apiVersion: 'v1', kind: 'ConfigMap' });
          configMap(chart, 'c');
        },
      }),
    ),
    {
      what: 'a value that a patch removes before it would have to be written',
      make: (app) => {
        const object = configMap(new Chart(app, 'a'), 'b', { data: { call: () => 1, kept: 'yes' } });
        object.addJsonPatch(JsonPatch.remove('/data/call'));
      },
    },
    {
      what: 'the record of constructs for validation plugins',
      props: { recordConstructMetadata: true },
      make: (app) => void configMap(new Chart(app, 'a'), 'b'),
    },
  ])('for $what', ({ make, props }) => {
    const { cdk8s, ours } = both(make, props);
    expect(cdk8s).not.toBeInstanceOf(Error);
    expect(ours).toEqual(cdk8s);
  });

  test('with keys in the order of the author', () => {
    vi.stubEnv('CDK8S_DISABLE_SORT', '1');
    const { cdk8s, ours } = both((app) => {
      const metadata = { name: 'x', annotations: { z: '1', a: '2' } };
      new ApiObject(new Chart(app, 'a'), 'b', {
        kind: 'A',
        zeta: { y: 1, x: 2 },
        metadata,
        alpha: 1,
        apiVersion: 'v1',
      } as never);
    });
    expect(ours).toEqual(cdk8s);
  });

  test('as one text', () => {
    const texts = [new App(), new Federation({ lint: false })].map((app) => {
      configMap(new Chart(app, 'b'), 'x').addDependency(configMap(new Chart(app, 'a'), 'y'));
      return app.synthYaml();
    });
    expect(texts[1]).toBe(texts[0]);
  });
});

describe('cdk8s synth', () => {
  const root = join(__dirname, '../..');
  const run = (...args: string[]) => {
    const script = `
      const { Chart, ApiObject } = require('cdk8s');
      const { Federation } = require(${JSON.stringify(join(root, 'src/constructs/federation.ts'))});
      const federation = new Federation({ lint: false });
      new ApiObject(new Chart(federation, 'a'), 'b', { apiVersion: 'v1', kind: 'ConfigMap' });
      federation.synth();`;
    const app = join(outdir, 'app.cjs');
    writeFileSync(
      app,
      script.replaceAll("require('cdk8s')", `require(${JSON.stringify(join(root, 'node_modules/cdk8s'))})`),
    );
    const cli = join(root, 'node_modules/cdk8s-cli/bin/cdk8s');
    const command = `node --import ${join(root, 'node_modules/tsx/dist/loader.mjs')} ${app}`;
    return execFileSync(process.execPath, [cli, 'synth', '--no-check-upgrade', '--app', command, ...args], {
      cwd: outdir,
      encoding: 'utf8',
      env: { ...process.env, CI: '1' },
    });
  };
  const manifest = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a-b-c8a23ce0\n';

  test('finds the files in the folder, and lists only those', () => {
    expect(run('--output', 'dist')).toContain('- dist/a.k8s.yaml');
    expect(Object.keys(readFolder(join(outdir, 'dist')))).toEqual(['a.k8s.yaml']);
    expect(readFileSync(join(outdir, 'dist/a.k8s.yaml'), 'utf8')).toMatch(
      /^apiVersion: v1\nkind: ConfigMap\nmetadata:\n {2}name: a-b-c8/,
    );
  });

  test('prints them', () => {
    expect(run('--stdout')).toMatch(new RegExp(`^${manifest.replace(/c8\w+/, 'c8\\w+')}$`));
  });
});
