import type { CommandRun } from './io';

/** What is known of a command before it is loaded. */
export interface CommandEntry {
  readonly name: string;
  /** What follows `cdk8s-karmada NAME`. */
  readonly usage: string;
  readonly summary: string;
  /** Loads the command, which is the expensive part. */
  readonly load: () => Promise<{ readonly run: CommandRun }>;
}

/**
 * Every command, in the order of the help: a new one is one line here and one file.
 * `import()` is an ECMAScript import even in CommonJS, and those name the extension.
 */
export const commands: readonly CommandEntry[] = [
  {
    name: 'plan',
    usage: '[PATH...] --fleet FILE',
    summary: 'say where everything runs, before it is applied',
    load: () => import('./plan.js'),
  },
  {
    name: 'lint',
    usage: '[PATH...] --fleet FILE',
    summary: 'find what Karmada would refuse, and what it accepts silently',
    load: () => import('./lint.js'),
  },
  {
    name: 'render',
    usage: '[PATH...] --fleet FILE --out DIR',
    summary: 'write the objects that each member cluster receives',
    load: () => import('./render.js'),
  },
  {
    name: 'diff',
    usage: 'OLD NEW --fleet FILE',
    summary: 'say what changes where between two states of the manifests',
    load: () => import('./diff.js'),
  },
  {
    name: 'apply',
    usage: '[PATH...] --kubeconfig FILE',
    summary: 'bring manifests to a control plane, and wait until every member has them',
    load: () => import('./apply.js'),
  },
  {
    name: 'status',
    usage: '[PATH...] --kubeconfig FILE',
    summary: 'say how far each template has come in each member, and why not',
    load: () => import('./status.js'),
  },
  {
    name: 'lab',
    usage: 'up|down [OPTIONS]',
    summary: 'make a control plane with three members on this machine, and remove it',
    load: () => import('./lab.js'),
  },
];
