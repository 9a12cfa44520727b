import type { ContractAnswer, ContractVerdict } from '../planner/contract/answer';
import { counted } from '../problem/words';
import { code, escaped } from './markdown';
import { defaultWidth, type Style, styleFor, type TextOptions } from './style';
import { labelled } from './words';

/** Number of contracts by verdict: each counts by its worst answer. */
export type ContractSummary = Readonly<Record<ContractVerdict, number>>;

const rank = { broken: 0, cannotTell: 1, holds: 2 } as const;

/** Counts contracts: the `contracts` of the `summary` in `--json`. */
export function contractSummary(answers: readonly ContractAnswer[]): ContractSummary {
  const verdicts = new Map<string, ContractVerdict>();
  for (const { contract, verdict } of answers) {
    const known = verdicts.get(contract) ?? 'holds';
    verdicts.set(contract, rank[verdict] < rank[known] ? verdict : known);
  }
  const summary = { holds: 0, broken: 0, cannotTell: 0 };
  for (const verdict of verdicts.values()) summary[verdict]++;
  return summary;
}

/** Contracts that do not hold or cannot be told, each with its reason, after a line of counts. */
export function contractsText(answers: readonly ContractAnswer[], options: TextOptions = {}): string {
  const { width = defaultWidth, color = false } = options;
  const style = styleFor(color);
  const open = answers.filter(({ verdict }) => verdict !== 'holds').sort((a, b) => rank[a.verdict] - rank[b.verdict]);
  const lines = open.flatMap((answer) => answerLines(answer, width, style));
  return [`${style.bold('Contracts')}: ${summaryText(contractSummary(answers), style)}`, ...lines, ''].join('\n');
}

function summaryText({ holds, broken, cannotTell }: ContractSummary, style: Style): string {
  const parts = [
    broken > 0 && style.red(`${broken} broken`),
    cannotTell > 0 && style.yellow(`${cannotTell} cannot be told`),
    holds > 0 && style.green(`${holds} ${holds === 1 ? 'holds' : 'hold'}`),
  ].filter((part) => part !== false);
  return parts.join(', ') || 'none';
}

function answerLines({ contract, verdict, template, why, fix }: ContractAnswer, width: number, style: Style): string[] {
  const [word, colour] = verdict === 'broken' ? (['broken', style.red] as const) : (['open', style.yellow] as const);
  const about = template === undefined || contract.startsWith(template) ? '' : ` (${template})`;
  return [
    ...labelled(word, `${contract}${about}`, width).map((line) => colour(line)),
    ...labelled('why', why, width),
    ...(fix === undefined ? [] : labelled('fix', fix, width)),
  ];
}

/** Contracts that a change breaks: those broken after it, and not before. */
export function newlyBroken(
  before: readonly ContractAnswer[],
  after: readonly ContractAnswer[],
): readonly ContractAnswer[] {
  const known = new Set(before.filter(({ verdict }) => verdict === 'broken').map(identityOf));
  return after.filter((answer) => answer.verdict === 'broken' && !known.has(identityOf(answer)));
}

function identityOf({ contract, template = '' }: ContractAnswer): string {
  return `${contract} ${template}`;
}

/** What a change breaks, as the first lines of a diff; empty if nothing. */
export function brokenByChange(answers: readonly ContractAnswer[], options: TextOptions = {}): string {
  if (answers.length === 0) return '';
  const { width = defaultWidth, color = false } = options;
  const style = styleFor(color);
  const title = style.red(style.bold(`This change breaks ${counted(contractSummary(answers).broken, 'contract')}`));
  return [title, ...answers.flatMap((answer) => answerLines(answer, width, style)), '', ''].join('\n');
}

/** The same as Markdown. */
export function brokenByChangeMarkdown(answers: readonly ContractAnswer[]): string {
  if (answers.length === 0) return '';
  const items = answers.map(({ contract, template, why }) => {
    const about = template === undefined || contract.startsWith(template) ? '' : ` (${code(template)})`;
    return `- ${code(contract)}${about}: ${escaped(why)}`;
  });
  return `### This change breaks ${counted(contractSummary(answers).broken, 'contract')}\n\n${items.join('\n')}\n\n`;
}
