import { printLiteral, printText } from '../print-typescript';
import type { ProgramStyle } from './main-program';

/** Where the example application runs: weights of one or two clusters, and the replicas that these make. */
interface WebPlacement {
  readonly replicas: number;
  readonly weights: Readonly<Record<string, number>>;
}

function webPlacement([first, second]: readonly string[]): WebPlacement {
  if (first === undefined) throw new Error('the example needs a cluster');
  if (second === undefined) return { replicas: 2, weights: { [first]: 2 } };
  return { replicas: 3, weights: { [first]: 2, [second]: 1 } };
}

/**
 * A chart with one application, as an example to start from.
 *
 * @param clusters - names of clusters that accept workloads; the first two are used
 */
export function webChart(clusters: readonly string[], { extension = '' }: ProgramStyle = {}): string {
  const { replicas, weights } = webPlacement(clusters);
  const placement = printLiteral(weights, '      ', '      placement: fleet.weighted('.length, '),'.length);
  return `import { Chart } from 'cdk8s';
import { FederatedApp } from 'cdk8s-karmada';
import type { Construct } from 'constructs';
import { fleet } from ${printText(`./fleet${extension}`)};

/** A web server. Whatever is created under \`app\` is propagated with it. */
export class Web extends Chart {
  readonly app: FederatedApp;

  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'default' });
    this.app = new FederatedApp(this, 'web', {
      placement: fleet.weighted(${placement}),
      image: 'nginx:1.29',
      replicas: ${replicas},
      port: 80,
    });
  }
}
`;
}

/** How the test of the example is written. */
export interface WebTestStyle extends ProgramStyle {
  /** Whether \`test\` is imported from vitest, or a global function as in jest. */
  readonly runner: 'vitest' | 'jest';
}

/** The test of the example application. */
export function webTest(clusters: readonly string[], { extension = '', runner }: WebTestStyle): string {
  const { weights } = webPlacement(clusters);
  const survives = Object.keys(weights).length > 1;
  const placed = printLiteral(weights, '  ', "  expectPlan(federation).toPlace('Deployment/web', ".length, ');'.length);
  const loss = `
test('one replica is left, whichever cluster is lost', () => {
  expectPlan(federation).toFulfil(Contract.on(web.app).keeps(1).whenLosing('any cluster'));
});
`;
  return `import { ${survives ? 'Contract, ' : ''}Federation } from 'cdk8s-karmada';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';
${runner === 'vitest' ? "import { test } from 'vitest';\n" : ''}import { fleet } from ${printText(`./fleet${extension}`)};
import { Web } from ${printText(`./web${extension}`)};

const federation = new Federation({ fleet });
${survives ? 'const web = ' : ''}new Web(federation, 'web');

test('the replicas are divided by weight', () => {
  expectPlan(federation).toPlace('Deployment/web', ${placed});
});
${survives ? loss : ''}
test('the linter finds nothing', () => {
  expectNoFindings(federation);
});
`;
}
