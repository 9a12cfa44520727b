// Packs the package and tests the tarball: its size in addition to cdk8s and constructs, its exports and types,
// a CommonJS project with cdk8s' TypeScript template, an ESM project, and the project that `init` writes.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'cdk8s-karmada-package-'));
const versions = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies;

const mostPackages = 15;
const mostMegabytes = 8;

function run(command, args, cwd, options = {}) {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
  } catch (error) {
    console.error(`$ ${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`);
    throw new Error(`${command} ${args[0]} failed in ${cwd}`);
  }
}

function install(folder, manifest) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, version: '1.0.0', ...manifest }, null, 2),
  );
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'], folder);
}

/** Packages below a node_modules folder, with the bytes of each. */
function packagesIn(modules) {
  const found = new Map();
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const path = join(modules, entry.name);
    const names = entry.name.startsWith('@') ? readdirSync(path).map((name) => `${entry.name}/${name}`) : [entry.name];
    for (const name of names) {
      const folder = join(modules, name);
      found.set(folder, bytesOf(folder));
      const nested = join(folder, 'node_modules');
      if (existsSync(nested)) for (const [inner, bytes] of packagesIn(nested)) found.set(inner, bytes);
    }
  }
  return found;
}

function bytesOf(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

function expectDocuments(file, kinds) {
  const text = readFileSync(file, 'utf8');
  const found = [...text.matchAll(/^kind: (\w+)$/gm)].map((match) => match[1]);
  for (const kind of kinds) {
    if (!found.includes(kind)) throw new Error(`${file} has no ${kind}, only ${found.join(', ')}`);
  }
}

try {
  run('npm', ['pack', '--pack-destination', scratch], root);
  const tarball = join(
    scratch,
    readdirSync(scratch).find((name) => name.endsWith('.tgz')),
  );
  const peers = { cdk8s: versions.cdk8s, constructs: versions.constructs };

  const weighed = join(scratch, 'weighed');
  install(weighed, { dependencies: peers });
  const before = packagesIn(join(weighed, 'node_modules'));
  install(weighed, { dependencies: { ...peers, 'cdk8s-karmada': `file:${tarball}` } });
  const after = packagesIn(join(weighed, 'node_modules'));
  const added = [...after].filter(([folder]) => !before.has(folder));
  const megabytes = added.reduce((sum, [, bytes]) => sum + bytes, 0) / 1e6;
  console.log(`package: adds ${added.length} packages and ${megabytes.toFixed(1)} MB to cdk8s and constructs`);
  if (added.length > mostPackages || megabytes > mostMegabytes) {
    throw new Error(
      `more than ${mostPackages} packages or ${mostMegabytes} MB: ${added.map(([folder]) => folder).join(', ')}`,
    );
  }

  run('npx', ['publint', '--strict', tarball], root);
  run('npx', ['attw', tarball, '--exclude-entrypoints', './package.json'], root);
  console.log('package: exports and types are correct for node10, CommonJS, ESM and bundlers');

  const commonjs = join(scratch, 'commonjs');
  install(commonjs, {
    dependencies: { ...peers, 'cdk8s-plus-33': versions['cdk8s-plus-33'], 'cdk8s-karmada': `file:${tarball}` },
    devDependencies: {
      '@types/node': '^14',
      typescript: '5.9.x',
      'ts-node': '^10',
      'cdk8s-cli': versions['cdk8s-cli'],
    },
  });
  cpSync(join(root, 'test/package/commonjs'), commonjs, { recursive: true });
  const template = join(root, 'node_modules/cdk8s-cli/templates/typescript-app');
  cpSync(join(template, 'tsconfig.json'), join(commonjs, 'tsconfig.json'));
  cpSync(join(template, 'cdk8s.yaml'), join(commonjs, 'cdk8s.yaml'));
  run('npx', ['tsc', '--build'], commonjs);
  run('npx', ['cdk8s', 'synth'], commonjs);
  expectDocuments(join(commonjs, 'dist/shop.k8s.yaml'), [
    'Deployment',
    'Service',
    'ConfigMap',
    'FlinkLike',
    'PropagationPolicy',
    'OverridePolicy',
  ]);
  run('node', ['entries.js'], commonjs);
  run('npx', ['cdk8s-karmada', '--version'], commonjs);
  run('npx', ['cdk8s-karmada', 'explain', 'no-dead-selector'], commonjs);
  console.log("package: works in a stock cdk8s project (the template's tsconfig, ts-node)");

  const esm = join(scratch, 'esm');
  install(esm, {
    type: 'module',
    dependencies: { ...peers, 'cdk8s-karmada': `file:${tarball}` },
    devDependencies: { '@types/node': '^20', typescript: '5.9.x' },
  });
  cpSync(join(root, 'test/package/esm'), esm, { recursive: true });
  writeFileSync(
    join(esm, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, outDir: 'out', types: ['node'] },
      include: ['main.ts'],
    }),
  );
  run('npx', ['tsc', '-p', '.'], esm);
  run('node', ['out/main.js'], esm);
  run('node', ['entries.mjs'], esm);
  run('node', ['without-cdk8s.mjs'], esm);
  expectDocuments(join(esm, 'dist/hello.k8s.yaml'), ['Deployment', 'Service', 'PropagationPolicy']);
  console.log('package: works in an ESM NodeNext project');

  for (const folder of [commonjs, esm]) {
    const { proven, proof } = JSON.parse(
      run('npx', ['cdk8s-karmada', 'import', 'dist', '--out', 'imported', '--json'], folder),
    );
    if (!proven) throw new Error(`the imported program is not proven: ${proof}`);
  }
  console.log('package: imports what these projects make, proven with their own tools');

  run('npx', ['cdk8s-karmada', 'init', join(scratch, 'new'), '--name', 'shop', '--yes'], esm);
  const project = join(scratch, 'new');
  const { scripts, ...manifest } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const dependencies = { ...manifest.dependencies, 'cdk8s-karmada': `file:${tarball}` };
  install(project, { ...manifest, scripts, dependencies });
  for (const script of Object.keys(scripts)) run('npm', ['run', script], project);
  expectDocuments(join(project, 'dist/web.k8s.yaml'), ['Deployment', 'Service', 'PropagationPolicy']);
  const planned = run('npm', ['run', '--silent', 'plan'], project);
  if (!planned.includes('2 certain')) throw new Error(`the plan of a new project is not certain:\n${planned}`);
  console.log(`package: the project of init works: ${Object.keys(scripts).join(', ')}`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
