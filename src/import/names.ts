/** Names that generated files import, and globals that a class must not hide. */
const taken = new Set(
  'Chart Include ApiObject JsonPatch Duration Construct FederatedApp PropagationPolicy ClusterPropagationPolicy OverridePolicy ClusterOverridePolicy Placement Clusters Override Toleration Failover Suspension ResourceSelector Fleet Federation Object Array String Number Boolean Symbol Error Map Set Date Promise Proxy Reflect JSON Math Function RegExp Buffer'.split(
    ' ',
  ),
);

/** Names that Windows gives to devices, the file that stands for its folder, and an id that constructs takes for one of its own. */
const unusable = /^(con|prn|aux|nul|com\d|lpt\d|index|constructor)$/;

const longestName = 50;

/** A name for a file and a chart, from any text: lower-case letters, digits and `-`. */
export function fileNameFor(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .toLowerCase()
    .slice(0, longestName)
    .replace(/^-+|-+$/g, '');
  if (words === '') return 'app';
  return unusable.test(words) ? `${words}-app` : words;
}

/** A class name for such a name: `web-shop` is `WebShop`. */
export function classNameFor(fileName: string): string {
  const name = fileName
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');
  const valid = /^\d/.test(name) ? `App${name}` : name;
  return taken.has(valid) ? `${valid}Chart` : valid;
}

/** The wanted name, with the first number from 2 on that makes it free where it is taken. */
export function numbered(wanted: string, isTaken: (name: string) => boolean, separator = '-'): string {
  let name = wanted;
  for (let count = 2; isTaken(name); count++) name = `${wanted}${separator}${count}`;
  return name;
}

/** Gives each wanted name once; a further one gets a number. Case does not count, as on some file systems. */
export class DistinctNames {
  readonly #taken = new Set<string>();

  take(wanted: string): string {
    const name = numbered(wanted, (candidate) => this.#taken.has(candidate.toLowerCase()));
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

const reserved = new Set(
  'abstract any arguments as async await boolean break case catch class const constructor continue debugger declare default delete do else enum eval export extends false finally for from function get id if implements import in instanceof interface is join let module namespace never new null number object of package private protected public require return scope set static string super switch symbol this throw true try type typeof undefined unknown var void while with yield fleet __dirname'.split(
    ' ',
  ),
);

/** A variable name for such a name: `web-shop` is `webShop`. */
export function variableFor(fileName: string): string {
  const name = classNameFor(fileName).replace(/Chart$/, '');
  const variable = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return reserved.has(variable) ? `${variable}App` : variable;
}
