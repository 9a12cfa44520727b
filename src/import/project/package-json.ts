import { isRecord } from '../../problem/record';

/** Packages with their versions, and scripts. */
export interface PackageParts {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Packages of a project that is made from TypeScript files, of versions that run on Node 20. */
export const toolVersions = {
  cdk8s: '^2.70.106',
  constructs: '^10.8.1',
  '@types/node': '^20.19.43',
  'cdk8s-cli': '^2.207.60',
  tsx: '^4.23.15',
  typescript: '~5.9.3',
  vitest: '~4.1.12',
} as const;

/** @param version - version of cdk8s-karmada */
function packageParts(version: string): PackageParts {
  const { cdk8s, constructs, ...devDependencies } = toolVersions;
  return {
    scripts: {
      compile: 'tsc',
      test: 'vitest run',
      synth: 'cdk8s synth --no-check-upgrade',
      build: 'npm run compile && npm test && npm run synth',
      lint: 'npm run synth && cdk8s-karmada lint',
      plan: 'npm run synth && cdk8s-karmada plan',
    },
    dependencies: { cdk8s, 'cdk8s-karmada': `^${version}`, constructs },
    devDependencies,
  };
}

/** The package.json of a new project. */
export function packageJson(name: string, version: string): string {
  const { scripts, dependencies, devDependencies } = packageParts(version);
  return `${JSON.stringify({ name, version: '1.0.0', private: true, scripts, dependencies, devDependencies }, null, 2)}\n`;
}

/** What an existing package.json says about how its sources are written. */
export interface ExistingPackage {
  readonly isModule: boolean;
  readonly runner: 'vitest' | 'jest';
}

/** A package.json that exists. */
interface ReadPackage extends ExistingPackage {
  /**
   * What it lacks.
   *
   * @param unneeded - packages that the project does without
   */
  missing(version: string, unneeded: readonly string[]): PackageParts;
}

/** What an existing package.json says; undefined if it is not a JSON object. */
export function existingPackage(text: string): ReadPackage | undefined {
  const json = parsed(text);
  if (json === undefined) return undefined;
  const part = (name: string) => (isRecord(json[name]) ? json[name] : {});
  const packages = { ...part('peerDependencies'), ...part('devDependencies'), ...part('dependencies') };
  const runner = 'jest' in packages && !('vitest' in packages) ? 'jest' : 'vitest';
  const without = (wanted: Readonly<Record<string, string>>, known: object) =>
    Object.fromEntries(Object.entries(wanted).filter(([key]) => !Object.hasOwn(known, key)));
  return {
    isModule: json['type'] === 'module',
    runner,
    missing: (version, unneeded) => {
      const { scripts, dependencies, devDependencies } = packageParts(version);
      const left = Object.fromEntries(
        [...unneeded, ...(runner === 'jest' ? ['vitest'] : [])].map((name) => [name, '']),
      );
      return {
        scripts: without(scripts, writtenScripts(part('scripts'))),
        dependencies: without(dependencies, packages),
        devDependencies: without(devDependencies, { ...packages, ...left }),
      };
    },
  };
}

/** Without the one that `npm init` writes, which only fails. */
function writtenScripts(scripts: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(scripts).filter(([, script]) => !/no test specified/.test(String(script))));
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
