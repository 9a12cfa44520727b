import { AssertionError } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import { describe, expect, test } from 'vitest';
import * as karmada from '../../src';
import * as testing from '../../src/testing';
import { codeBlocks, runExample } from '../support/doc-examples';

const page = readFileSync(join(__dirname, '../../docs/testing.md'), 'utf8');
const blocks = codeBlocks(page);
const [prelude, ...examples] = blocks.filter(({ language }) => language === 'ts').map(({ code }) => code);
const messages = blocks.filter(({ language }) => language === 'text').map(({ code }) => code.trimEnd());

/** Runs an example behind the application that the page begins with. */
function run(example: string): void {
  const modules = { cdk8s, 'cdk8s-karmada': karmada, 'cdk8s-karmada/testing': testing };
  runExample(`${prelude}\n${example}`, modules, 'federation');
}

/** Examples that the page shows a message for fail with it. */
const failing = examples.filter((example) => page.includes(`${example}\`\`\`\n\n\`\`\`text\n`));

describe('docs/testing.md', () => {
  test.each(examples.filter((example) => !failing.includes(example)))('has an example that holds: %s', (example) => {
    expect(() => run(example)).not.toThrow();
  });

  test.each(failing.map((example, index) => ({ example, message: messages[index] })))(
    'shows the message of: $example',
    ({ example, message }) => {
      const failure = expect.objectContaining({ constructor: AssertionError, message });
      expect(() => run(example)).toThrow(failure);
    },
  );

  test('lists every statement about a plan', () => {
    const listed = [...page.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name);
    const methods = Object.getOwnPropertyNames(testing.PlanExpectation.prototype).filter(
      (name) => name !== 'constructor',
    );
    expect(listed.sort()).toEqual(methods.sort());
  });
});
