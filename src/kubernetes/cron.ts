/**
 * Cron expressions in the syntax of the library that Karmada's webhook uses: 5 fields, optionally followed by a year or
 * preceded by seconds, and its own tags. The controller that runs the schedule is stricter.
 *
 * The library detects some mistakes only at certain times (`60` in minutes is accepted on the full hour). Here, an expression
 * that it rejects at any time is invalid.
 *
 * @see adhocore/gronx v1.6.3, used by Karmada v1.18.2 pkg/webhook/cronfederatedhpa/validating.go
 */
export function cronProblem(expression: string): string | undefined {
  const fields = fieldsOf(expression);
  if (fields.length < 5 || fields.length > 7) return wrongCount(fields.length);
  const withSeconds =
    fields.length === 5 || (fields.length === 6 && /\d{4}/.test(fields[5]!)) ? ['0', ...fields] : fields;
  for (const [position, field] of withSeconds.entries()) {
    const problem = fieldProblem(field, positions[position]!);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * Why an expression is not standard cron, which both the webhook and the controller of Karmada accept: five fields of
 * numbers, words, ranges and steps, or a common tag.
 */
export function standardCronProblem(expression: unknown): string | undefined {
  if (typeof expression !== 'string') return 'must be text';
  if (standardTags.includes(expression)) return undefined;
  if (expression.startsWith('@')) return `must be one of ${standardTags.join(', ')}`;
  const fields = expression === '' ? [] : expression.split(' ');
  return fiveFieldsProblem(fields, (field) => field.split(','), isStandard);
}

function fiveFieldsProblem(
  fields: readonly string[],
  partsOf: (field: string) => readonly string[],
  fits: (part: string, position: Position) => boolean,
): string | undefined {
  if (fields.length !== 5) return wrongCount(fields.length);
  for (const [index, field] of fields.entries()) {
    const position = standardPositions[index]!;
    const wrong = partsOf(field).find((part) => !fits(part, position));
    if (wrong !== undefined) return `has "${wrong}" as ${position.name}, which goes from ${boundsOf(position)}`;
  }
  return undefined;
}

function wrongCount(count: number): string {
  return `must have 5 fields (minute, hour, day of month, month, day of week), has ${count}`;
}

/** An item of a field: `*`, `5`, `MON`, `1-5`, each with an optional step `/2`. A single number with a step is a range to the end. */
function isStandard(part: string, position: Position): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return false;
  return range === '*' || isWithin(range.split('-'), position, /^\d{1,2}$/);
}

/** Whether one or two bounds, in numbers or words, are in order and within those of the field. */
function isWithin(
  bounds: readonly string[],
  { lowest, highest, words: names = [] }: Position,
  number: RegExp,
): boolean {
  const [first = Number.NaN, last = first] = bounds.map((bound) => {
    const word = names.indexOf(bound.toUpperCase());
    return word < 0 ? (number.test(bound) ? Number(bound) : Number.NaN) : word + lowest;
  });
  return bounds.length < 3 && first >= lowest && last <= highest && first <= last;
}

interface Position {
  /** Words for the numbers, starting at `lowest`. */
  readonly words?: readonly string[];
  readonly name: string;
  readonly lowest: number;
  readonly highest: number;
}

const dayOfMonth: Position = { name: 'day of month', lowest: 1, highest: 31 };
const dayOfWeek: Position = { name: 'day of week', lowest: 0, highest: 7 };

const positions: readonly Position[] = [
  { name: 'second', lowest: 0, highest: 59 },
  { name: 'minute', lowest: 0, highest: 59 },
  { name: 'hour', lowest: 0, highest: 23 },
  dayOfMonth,
  { name: 'month', lowest: 1, highest: 12 },
  dayOfWeek,
  { name: 'year', lowest: 1, highest: 9999 },
];

const tags: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@hourly': '0 * * * *',
  '@always': '* * * * *',
  '@5minutes': '*/5 * * * *',
  '@10minutes': '*/10 * * * *',
  '@15minutes': '*/15 * * * *',
  '@30minutes': '0,30 * * * *',
  '@everysecond': '* * * * * *',
};

const standardTags: readonly string[] = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly', '@annually'];

const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const standardPositions: readonly Position[] = [
  ...positions.slice(1, 4),
  { name: 'month', lowest: 1, highest: 12, words: months },
  { name: 'day of week', lowest: 0, highest: 6, words: days },
];
const words = new RegExp([...days, ...months].join('|'), 'g');

function fieldsOf(expression: string): string[] {
  const trimmed = expression.replace(/^[ \t]+|[ \t]+$/g, '');
  const tag = trimmed.toLowerCase();
  const plain = Object.hasOwn(tags, tag) ? tags[tag]! : trimmed;
  return plain
    .replace(/[\t\n\f\r ]+/g, ' ')
    .toUpperCase()
    .replace(words, (word) => String(days.includes(word) ? days.indexOf(word) : months.indexOf(word) + 1))
    .split(' ');
}

function fieldProblem(field: string, position: Position): string | undefined {
  for (const part of field.split(',')) {
    if (part === '*' || part === '?') return undefined;
    const problem = partProblem(part, position);
    if (problem !== undefined) return problem;
    // The library stops at the first part that matches, so it never checks parts after one that always matches.
    if (isAlwaysDue(part, position)) return undefined;
  }
  return undefined;
}

function isAlwaysDue(part: string, { lowest, highest }: Position): boolean {
  const [range = '', step = '1'] = part.split('/');
  if (Math.abs(Number(step)) !== 1) return false;
  if (range === '*' || range === '0') return part.includes('/');
  const [first, last] = range.split('-');
  if (Number(first) !== lowest) return false;
  // Sunday is both 0 and 7.
  return last === undefined ? part.includes('/') : Number(last) >= (highest === 7 ? 6 : highest);
}

function partProblem(part: string, position: Position): string | undefined {
  if (position === dayOfMonth && /[LW#]/.test(part)) {
    const weekday = /^(.+?)W/.exec(part)?.[1];
    const fits = part === 'L' || (weekday !== undefined && isWholeNumber(weekday));
    return fits ? undefined : `day of month "${part}" must be L or a day and W, such as 15W`;
  }
  if (position === dayOfWeek && /[LW#]/.test(part)) {
    const fits = isLastWeekday(part) || isNthWeekday(part);
    return fits
      ? undefined
      : `day of week "${part}" must be a day and L, such as 5L, or a day and its count, such as 5#2`;
  }
  if (part.includes('/')) return stepProblem(part, position);
  if (part.includes('-')) return rangeProblem(position === dayOfWeek ? part.replace('7-', '0-') : part, part, position);
  // The library accepts 0 in any field, even if the lowest value is 1.
  if (part === '0') return undefined;
  return numberProblem(part, position);
}

function isLastWeekday(part: string): boolean {
  const at = part.replaceAll('7L', '0L').indexOf('L');
  return at > 0 && isWholeNumber(part.slice(0, at));
}

function isNthWeekday(part: string): boolean {
  if (part.replaceAll('7L', '0L').indexOf('L') > 0) return false;
  const [day = '', count = ''] = part.split('#');
  return part.indexOf('#') > 0 && isWholeNumber(day) && isWholeNumber(count);
}

function stepProblem(part: string, position: Position): string | undefined {
  const [range = '', step = ''] = part.split('/');
  const fromAny = range === '*' || range === '0';
  // A negative step from any other start never ends: the webhook hangs.
  if (!isWholeNumber(step) || Number(step) === 0 || (Number(step) < 0 && !fromAny)) {
    return `step "${step}" of ${position.name} must be a number above 0`;
  }
  if (fromAny) return undefined;
  const bounds = range.split('-');
  const [first = '', last] = bounds;
  if (last !== undefined) return rangeProblem(range, part, position);
  if (!isWholeNumber(first)) return `${position.name} "${range}" is not a number`;
  return Number(first) < position.lowest
    ? `${position.name} "${range}" must be at least ${position.lowest}`
    : undefined;
}

function rangeProblem(range: string, part: string, position: Position): string | undefined {
  const [first = '', last = ''] = range.split('-');
  if (!isWholeNumber(first) || !isWholeNumber(last)) return `range "${part}" of ${position.name} must be two numbers`;
  if (Number(last) < Number(first)) return `range "${part}" of ${position.name} ends before it begins`;
  const inside = Number(first) >= position.lowest && Number(last) <= position.highest;
  return inside ? undefined : `range "${part}" of ${position.name} must be within ${boundsOf(position)}`;
}

function numberProblem(part: string, position: Position): string | undefined {
  if (!isWholeNumber(part)) return `${position.name} "${part}" is not a number`;
  const inside = Number(part) >= position.lowest && Number(part) <= position.highest;
  return inside ? undefined : `${position.name} ${part} must be within ${boundsOf(position)}`;
}

function boundsOf({ lowest, highest }: Position): string {
  return `${lowest} to ${highest}`;
}

function isWholeNumber(text: string): boolean {
  return /^[+-]?\d{1,18}$/.test(text);
}

/**
 * Why the API server refuses the schedule of a CronJob. In contrast to {@link standardCronProblem}, `?` is a star, steps may
 * have any number of digits, and `@midnight` and `@every 90m` are tags.
 *
 * @see robfig/cron v3, used by Kubernetes pkg/apis/batch/validation/validation.go
 */
export function kubernetesCronProblem(schedule: string): string | undefined {
  if (/TZ=/.test(schedule)) return 'must not have a time zone; spec.timeZone has it';
  if (schedule.startsWith('@')) {
    if (standardTags.includes(schedule) || schedule === '@midnight') return undefined;
    return /^@every ([-+]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(schedule)
      ? undefined
      : `must be one of ${standardTags.join(', ')}, @midnight, or @every with a duration`;
  }
  const fields = schedule.split(/\s+/).filter((field) => field !== '');
  return fiveFieldsProblem(fields, (field) => field.split(',').filter(Boolean), isKubernetesRange);
}

function isKubernetesRange(part: string, position: Position): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !(/^\d+$/.test(step) && Number(step) > 0))) return false;
  const bounds = range.split('-');
  return bounds[0] === '*' || bounds[0] === '?' || isWithin(bounds, position, /^\d+$/);
}
