import type { ClusterProperties } from '../model/cluster-properties';
import type { FleetData } from '../model/fleet-data';
import { ConstantName, type LiteralValue, printLiteral, printProperty } from './print-typescript';
import { readConstants } from './read-typescript';

/** Comment lines at the top of a file that the command `fleet` writes, and replaces when it is run again. */
export const fleetHeader = [
  'Written by `cdk8s-karmada fleet`. Run it again when clusters come and go: it replaces this file.',
] as const;

/** Properties that are long and often the same in several clusters. */
const shared = ['apiEnablements', 'resourceModels'] as const;

/**
 * A TypeScript program that exports a fleet, so that the names of its clusters are types. Lists that several clusters share are
 * constants. The same fleet makes the same text.
 *
 * @param header - comment lines at the top
 */
export function fleetProgram({ clusters }: FleetData, header: readonly string[]): string {
  const constants = new Map<string, { readonly name: string; readonly value: LiteralValue }>();
  for (const property of shared) {
    let count = 0;
    for (const [text, value] of sharedValues(clusters, property)) {
      count++;
      const name = count === 1 ? property : `${property}${count}`;
      constants.set(`${property} ${text}`, { name, value });
    }
  }
  const lines = Object.entries(clusters).map(([name, properties]) => {
    const entries = Object.entries(properties).map(([property, value]): [string, LiteralValue] => {
      const constant = constants.get(`${property} ${JSON.stringify(value)}`);
      return [property, constant ? new ConstantName(constant.name) : (value as LiteralValue)];
    });
    return `  ${printProperty(name, Object.fromEntries(entries), '  ')},\n`;
  });
  const declared = [...constants.values()].map(({ name, value }) => {
    const start = `const ${name} = `;
    return `${start}${printLiteral(value, '', start.length)};\n\n`;
  });
  return `${header.map((line) => `// ${line}\n`).join('')}import { Fleet } from 'cdk8s-karmada';

${declared.join('')}/** The member clusters. */
export const fleet = Fleet.of({
${lines.join('')}});
`;
}

/** The fleet of such a program, also after a formatter changed its layout; undefined if it cannot be read. */
export function readFleetProgram(program: string): unknown {
  const clusters = readConstants(program).get('fleet');
  return clusters === undefined ? undefined : { clusters };
}

/** Values of a property that more than one cluster has, by their text, in the order of the clusters. */
function sharedValues(
  clusters: FleetData['clusters'],
  property: (typeof shared)[number],
): ReadonlyMap<string, LiteralValue> {
  const values = new Map<string, LiteralValue>();
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const cluster of Object.values<ClusterProperties>(clusters)) {
    const value = cluster[property];
    if (value === undefined || value.length === 0) continue;
    const text = JSON.stringify(value);
    (seen.has(text) ? repeated : seen).add(text);
    values.set(text, value as unknown as LiteralValue);
  }
  return new Map([...values].filter(([text]) => repeated.has(text)));
}
