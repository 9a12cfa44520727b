import { defaultKarmadaVersion } from '../../karmada/release';
import { featureGatesOn, gateSettings } from '../../lint/analysis/gates';
import { lintConfig } from '../../lint/engine/config';
import { lint } from '../../lint/engine/lint';
import { readManifestsFrom } from '../../manifests/parse-manifests';
import { Contract } from '../../model/contract';
import { Fleet } from '../../model/fleet';
import type { PlanOptions } from '../../planner';
import type { Finding } from '../../problem/finding';
import { ModelError } from '../../problem/model-error';
import type { ViewData } from '../../view/view-data';
import { viewData } from '../../view/view-of';
import { parseYamlValue } from '../../yaml/parse';
import { fileNames, type InputName, type Inputs, type Remark } from './inputs';
import { shareable } from './shareable';

/** What the playground knows of a text. */
export interface Checked {
  readonly remarks: readonly Remark[];
  readonly objects: number;
  /** What the view shows. @default - there is no fleet, or there are no objects */
  readonly data?: ViewData;
  /** The text as a link may contain it: without values of Secrets. @default - it is not known where they are */
  readonly shareable?: Inputs;
}

/** Reads, lints and plans what was written. */
export function checked(inputs: Inputs, title: string): Checked {
  const remarks: Remark[] = [];
  const read = <Value>(input: InputName, parse: (text: string) => Value): Value | undefined => {
    if (inputs[input].trim() === '') return undefined;
    try {
      return parse(inputs[input]);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      remarks.push(remarkOf(input, error));
      return undefined;
    }
  };
  const config = read('settings', (text) => lintConfig(parseYamlValue(text, fileNames.settings))) ?? {};
  const fleet = read('fleet', (text) => Fleet.parse(text));
  const contracts = read('contracts', (text) => Contract.parse(text)) ?? [];
  const { manifests, problems, unread } = readManifestsFrom(inputs.manifests, fileNames.manifests);
  for (const { line, column, severity, code, message, why, fix } of problems) {
    const place = { ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
    remarks.push({ input: 'manifests', ...place, severity, code, isRule: false, message, why, fix });
  }

  const { karmada = defaultKarmadaVersion, featureGates = [], calls = [], rules } = config;
  const { findings } = lint(manifests, {
    ...(fleet && { fleet }),
    ...(rules && { rules }),
    karmada,
    featureGates,
    calls,
    contracts,
    unread,
  });
  remarks.push(...findings.map(remarkOfFinding));
  const planOptions: PlanOptions | undefined = fleet && {
    fleet,
    karmada,
    featureGates: gateSettings(featureGatesOn(karmada, featureGates)),
  };
  const shared = problems.some(({ severity }) => severity === 'error') ? undefined : shareable(inputs);
  return {
    remarks: remarks.sort((one, other) => rank[one.severity] - rank[other.severity]),
    objects: manifests.length,
    ...(planOptions &&
      manifests.length > 0 && { data: viewData({ title, manifests, planOptions, calls, contracts, findings }) }),
    ...(shared && { shareable: shared }),
  };
}

const rank = { error: 0, warning: 1, info: 2 } as const;

/** Errors of a text name its line, in one of two forms. */
function remarkOf(input: InputName, { code, problem, fix }: ModelError): Remark {
  const [start = '', one, two] = /^(?:line (\d+): |[\w.]+:(\d+):\d+ )/.exec(problem) ?? [];
  const line = Number(one ?? two ?? 0);
  const message = problem.slice(start.length);
  return { input, ...(line > 0 && { line }), severity: 'error', code, isRule: false, message, fix };
}

function remarkOfFinding({ rule, severity, message, why, fix, location }: Finding): Remark {
  const place = location && 'line' in location ? { line: location.line, column: location.column } : {};
  return { input: 'manifests', ...place, severity, code: rule, isRule: true, message, why, fix };
}
