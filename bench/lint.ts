import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { compile } from './compile';

/**
 * Times of linting 10,000 objects over 100 clusters: of each rule, and of all rules compared with the planner. First with
 * apps of a Deployment, a Service, a ConfigMap, a policy for all clusters and sometimes an override, then only with
 * Deployments and policies that have a weight for every cluster.
 */
export function run(): void {
  const { status } = spawnSync(process.execPath, [join(compile(), 'bench/lint-child.js')], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
