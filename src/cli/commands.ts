import type { CommandDeclaration } from './command';

/**
 * Every command, in the order of the help: a new one is one file and one line here. A command is loaded when it is asked for.
 * `import()` is an ECMAScript import even in CommonJS, and those name the extension.
 */
export const commands: Readonly<Record<string, () => Promise<{ readonly command: CommandDeclaration }>>> = {
  plan: () => import('./plan.js'),
  lint: () => import('./lint.js'),
  render: () => import('./render.js'),
  diff: () => import('./diff.js'),
  view: () => import('./view.js'),
  init: () => import('./init.js'),
  fleet: () => import('./fleet.js'),
  import: () => import('./import.js'),
  apply: () => import('./apply.js'),
  status: () => import('./status.js'),
  explain: () => import('./explain.js'),
  lab: () => import('./lab.js'),
};
