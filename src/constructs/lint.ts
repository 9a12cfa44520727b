import { Construct, type IConstruct } from 'constructs';
import { ModelError } from '../problem/model-error';
import { checkValue, kindOf, name, text } from '../problem/value-kinds';

const ignoreMetadata = 'cdk8s-karmada.dev/lint-ignore';

/** A rule that an author silenced in code. */
export interface IgnoredRule {
  /** Path of the construct; constructs below it are included. */
  readonly construct: string;
  readonly rule: string;
  readonly reason: string;
}

/** Instructions to the linter in code. */
export class Lint {
  /**
   * Silences a rule on the objects of a construct and of those below it. An unused suppression is a finding itself.
   *
   * @param rule - its id, such as `require-override`
   * @param reason - why the finding does not matter here
   * @throws ModelError `lint.reason` without a reason
   * @example
   * ```ts
   * Lint.ignore(chart, 'require-override', 'curl runs the same image everywhere')
   * ```
   */
  static ignore(construct: IConstruct, rule: string, reason: string): void {
    checkValue(construct, anyConstruct, 'the first argument of Lint.ignore');
    checkValue(rule, name, 'the rule of Lint.ignore');
    checkValue(reason, text, 'the reason of Lint.ignore');
    if (reason.trim() === '') {
      throw new ModelError(
        `the rule "${rule}" is ignored at ${construct.node.path || 'the whole application'} without a reason`,
        {
          code: 'lint.reason',
          fix: 'say why the finding does not matter there',
        },
      );
    }
    construct.node.addMetadata(ignoreMetadata, { rule, reason });
  }

  private constructor() {}
}

const anyConstruct = kindOf('a construct', 'write it like Lint.ignore(chart, rule, reason)', (value) =>
  Construct.isConstruct(value),
);

/** The rules that are silenced at some constructs. */
export function ignoredRules(constructs: readonly IConstruct[]): IgnoredRule[] {
  return constructs.flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === ignoreMetadata)
      .map(({ data }) => ({ construct: node.path, ...(data as Omit<IgnoredRule, 'construct'>) })),
  );
}
