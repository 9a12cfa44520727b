import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compile } from './compile';

/**
 * Times of linting 10,000 objects over 100 clusters: of every rule, and of all beside the planner. Once with apps of a
 * Deployment, a Service, a ConfigMap, a policy of all clusters and now and then an override; once with nothing but
 * Deployments and policies, each with a weight for every cluster.
 */
export function run(): void {
  const { status } = spawnSync(process.execPath, [join(compile(), 'bench/lint-child.js')], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
