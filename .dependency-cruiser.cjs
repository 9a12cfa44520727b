/** Import directions: each room may enter only the rooms named for it (docs/architecture.md has the table). */
const may = {
  problem: [],
  process: ['problem'],
  kubernetes: ['problem'],
  karmada: ['kubernetes', 'problem', 'imports-tables'],
  yaml: ['problem'],
  model: ['kubernetes', 'karmada', 'yaml', 'admission-rules', 'problem'],
  manifests: ['kubernetes', 'yaml', 'problem'],
  admission: ['kubernetes', 'karmada', 'problem', 'imports-tables'],
  planner: ['kubernetes', 'karmada', 'model', 'yaml', 'admission', 'problem'],
  lint: ['kubernetes', 'karmada', 'admission', 'planner', 'manifests', 'yaml', 'problem', 'model', 'imports-tables'],
  constructs: [
    'kubernetes',
    'karmada',
    'model',
    'admission',
    'planner',
    'lint',
    'manifests',
    'yaml',
    'problem',
    'imports-tables',
    'imports',
  ],
  import: ['kubernetes', 'karmada', 'model', 'manifests', 'admission', 'planner', 'lint', 'yaml', 'problem'],
  report: ['kubernetes', 'planner', 'yaml', 'problem'],
  view: ['kubernetes', 'karmada', 'model', 'planner', 'lint', 'report', 'yaml', 'problem', 'import'],
  testing: ['kubernetes', 'karmada', 'planner', 'lint', 'manifests', 'report', 'problem', 'model'],
  apply: [
    'kubernetes',
    'karmada',
    'planner',
    'report',
    'manifests',
    'admission',
    'yaml',
    'problem',
    'process',
    'model',
  ],
  lab: ['kubernetes', 'manifests', 'problem', 'process'],
  cli: [
    'kubernetes',
    'karmada',
    'model',
    'planner',
    'report',
    'manifests',
    'admission',
    'lint',
    'import',
    'view',
    'apply',
    'lab',
    'yaml',
    'problem',
    'process',
  ],
  site: ['kubernetes', 'karmada', 'model', 'planner', 'lint', 'manifests', 'view', 'yaml', 'problem'],
  apps: ['index'],
};

const toPath = (room) => {
  if (room === 'imports') return '^imports/';
  if (room === 'imports-tables') return '^imports/(schema-tables|policy-specs)';
  if (room === 'admission-rules') return '^src/admission/rules/';
  if (room === 'index') return '^src/index\\.ts$';
  return room.includes('/') ? `^src/${room}\\.ts$` : `^src/${room}/`;
};

const rooms = Object.entries(may).map(([room, allowed]) => ({
  name: `${room}-imports-only-its-neighbours`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^(src|imports)/', pathNot: [`^src/${room}/`, ...allowed.map(toPath)] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...rooms,
    {
      name: 'constructs-enter-planner-and-lint-by-their-entry',
      severity: 'error',
      from: { path: '^src/constructs/' },
      // The linter's entry would load every format: synthesis needs the linter and one.
      to: { path: '^src/(planner|lint)/', pathNot: '/index\\.ts$|^src/lint/engine/(lint|format/text)\\.ts$' },
    },
    {
      name: 'no-cdk8s-right-of-the-manifests',
      comment: 'everything right of the manifests runs without cdk8s',
      severity: 'error',
      from: {
        path: '^src/(problem|process|kubernetes|karmada|yaml|manifests|admission|planner|lint|import|report|testing|apply|lab|cli)/',
      },
      to: { path: '(^|/)node_modules/(cdk8s|constructs)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-node-in-what-runs-in-a-browser',
      comment: 'the page computes plans, and the playground lints',
      severity: 'error',
      from: { path: '^src/(problem|kubernetes|karmada|yaml|model|admission|planner|lint|report|view|site)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-development-dependency-in-the-package',
      severity: 'error',
      // The page is built into one file, with what it needs in it.
      from: { path: '^src/', pathNot: '^src/(apps|site|view/page)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/(cdk8s|constructs|@types)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
