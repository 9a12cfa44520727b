import type { FleetData } from '../../model/fleet-data';
import { ModelError } from '../../problem/model-error';
import { fleetHeader, fleetProgram } from '../fleet-program';
import { mainProgram } from './main-program';
import { type ExistingPackage, packageJson } from './package-json';
import { webChart, webTest } from './web-chart';

/** What a new project is made of. */
export interface ProjectSettings {
  /** Name of the package and of the Federation. */
  readonly name: string;
  readonly fleet: FleetData;
  /** Version of cdk8s-karmada that the project depends on. */
  readonly version: string;
  /** What a package.json in the folder says. @default - there is none, and a new one is CommonJS with vitest */
  readonly existing?: ExistingPackage;
}

/**
 * The files of a cdk8s project with one application, by name.
 *
 * @throws ModelError `init.no-cluster` if no cluster of the fleet accepts the application
 */
export function projectFiles({ name, fleet, version, existing }: ProjectSettings): ReadonlyMap<string, string> {
  const style = existing?.isModule ? { extension: '.js' } : {};
  const clusters = openClusters(fleet);
  return new Map([
    ['package.json', packageJson(name, version)],
    ['tsconfig.json', tsconfig],
    ['cdk8s.yaml', cdk8sYaml],
    ['.gitignore', 'node_modules/\n'],
    ['README.md', readme(name)],
    ['fleet.ts', fleetProgram(fleet, fleetHeader)],
    ['main.ts', mainProgram(name, [{ className: 'Web', module: './web', id: 'web' }], style)],
    ['web.ts', webChart(clusters, style)],
    ['web.test.ts', webTest(clusters, { ...style, runner: existing?.runner ?? 'vitest' })],
  ]);
}

/** Clusters that a Deployment without tolerations may be scheduled to. */
function openClusters({ clusters }: FleetData): readonly string[] {
  const open = Object.entries(clusters).filter(
    ([, { taints = [], apiEnablements }]) =>
      !taints.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute') &&
      (apiEnablements === undefined ||
        apiEnablements.some(({ groupVersion, kinds }) => groupVersion === 'apps/v1' && kinds.includes('Deployment'))),
  );
  if (open.length > 0) return open.map(([name]) => name);
  throw new ModelError('no cluster of the fleet accepts the example application: all have taints, or no Deployments', {
    code: 'init.no-cluster',
    fix: 'run this without the fleet, then `cdk8s-karmada fleet --force` to write fleet.ts',
  });
}

const tsconfig = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "nodenext",
    "strict": true,
    "noEmit": true,
    "noFallthroughCasesInSwitch": true,
    "noImplicitReturns": true,
    "noUnusedLocals": true,
    "noUnusedParameters": true,
    "resolveJsonModule": true,
    "skipLibCheck": true
  },
  "include": ["**/*.ts"],
  "exclude": ["node_modules"]
}
`;

const cdk8sYaml = `language: typescript
app: npx tsx main.ts
output: dist
`;

function readme(name: string): string {
  return `# ${name}

One application in several clusters, with [cdk8s](https://cdk8s.io) and [Karmada](https://karmada.io).

| | |
| --- | --- |
| \`fleet.ts\` | the member clusters; their names are types |
| \`web.ts\`, \`web.test.ts\` | an application and its test |
| \`main.ts\` | everything that is deployed |
| \`dist/\` | the YAML: commit it, and apply it to the Karmada API server |

\`\`\`sh
npm install
npm run compile   # check the types
npm test
npm run synth     # write dist/
npm run lint      # check dist/
npm run plan      # show what runs where
\`\`\`

Write the fleet from your control plane, and again when clusters come and go:

\`\`\`sh
npx cdk8s-karmada fleet --kubeconfig FILE --context NAME --out fleet.ts
\`\`\`

Check, apply, and wait for the rollout:

\`\`\`sh
npx cdk8s-karmada apply dist --kubeconfig FILE --context NAME
\`\`\`
`;
}
