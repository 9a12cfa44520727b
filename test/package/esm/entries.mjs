// Named imports in plain Node, without a compiler: the package is CommonJS, and Node finds its names by reading it.
import { deepStrictEqual, ok } from 'node:assert';
import { createRequire } from 'node:module';
import { FederatedApp, Federation, Fleet, Lint, ModelError, Override, Placement } from 'cdk8s-karmada';
import { admit } from 'cdk8s-karmada/admission';
import { PropagationPolicy } from 'cdk8s-karmada/l1/policy.karmada.io';
import { formatText, lint } from 'cdk8s-karmada/lint';
import { planOf } from 'cdk8s-karmada/planner';
import { expectNoFindings, expectPlan } from 'cdk8s-karmada/testing';

for (const imported of [FederatedApp, Federation, Fleet, Lint, ModelError, Override, Placement, PropagationPolicy]) {
  ok(typeof imported === 'function');
}
for (const imported of [admit, formatText, lint, planOf, expectNoFindings, expectPlan]) {
  ok(typeof imported === 'function');
}

const require = createRequire(import.meta.url);
const manifest = require('cdk8s-karmada/package.json');
for (const entry of Object.keys(manifest.exports).filter((path) => !/[*]|json$/.test(path))) {
  const name = entry.replace('.', 'cdk8s-karmada');
  const imported = await import(name);
  for (const [exported, value] of Object.entries(require(name))) {
    deepStrictEqual(imported[exported], value, `${exported} of ${name} cannot be imported by name`);
  }
}
