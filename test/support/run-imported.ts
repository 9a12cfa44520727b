import { posix } from 'node:path';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import * as karmada from '../../src';
import type { ImportedProgram } from '../../src/import';
import type { KubernetesObject } from '../../src/kubernetes/object';
import { readManifestsFrom } from '../../src/manifests';
import { readAsCdk8s } from '../../src/yaml/read-as-cdk8s';

/**
 * Runs an imported program in this process and returns the objects that it makes. `Include` reads the files of the program instead
 * of those of the disk, for which cdk8s starts a process each.
 */
export function runImported({ files }: Pick<ImportedProgram, 'files'>): readonly KubernetesObject[] {
  const texts = new Map(files.map(({ path, text }) => [`/program/${path}`, text]));
  let output: string | undefined;

  class Include extends Construct {
    constructor(scope: Construct, id: string, { url }: cdk8s.IncludeProps) {
      super(scope, id);
      const objects = readAsCdk8s(texts.get(url)!) as readonly KubernetesObject[];
      for (const object of objects) {
        const { name, namespace } = object.metadata ?? {};
        new cdk8s.ApiObject(this, [name, object.kind.toLowerCase(), namespace].filter(Boolean).join('-'), object);
      }
    }
  }

  class Federation extends karmada.Federation {
    override synth(): void {
      output = this.synthYaml();
    }
  }

  const loaded = new Map<string, object>();
  const load = (path: string): object => {
    const known = loaded.get(path);
    if (known) return known;
    const exports = {};
    loaded.set(path, exports);
    const { outputText } = transpileModule(texts.get(path)!, {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
    });
    const require = (name: string): object => {
      if (name === 'cdk8s') return { ...cdk8s, Include };
      if (name === 'cdk8s-karmada') return { ...karmada, Federation };
      if (name === 'node:path') return posix;
      return load(`${posix.join(posix.dirname(path), name)}.ts`);
    };
    new Function('exports', 'require', '__dirname', outputText)(exports, require, posix.dirname(path));
    return exports;
  };
  load('/program/main.ts');
  if (output === undefined) throw new Error('the program does not synthesize');
  return readManifestsFrom(output, 'out').manifests.map(({ object }) => object);
}
