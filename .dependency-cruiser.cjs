/** Import directions: each room may enter only the rooms named for it (docs/architecture.md has the table). */
const may = {
  yaml: ['model/model-error', 'model/kubernetes-object', 'model/manifest'],
  model: ['yaml'],
  manifests: ['model', 'yaml'],
  admission: ['model', 'imports-tables'],
  planner: ['model', 'yaml'],
  lint: ['model', 'admission', 'planner', 'manifests', 'yaml', 'imports-tables'],
  constructs: ['model', 'admission', 'planner', 'lint', 'manifests', 'yaml', 'imports-tables', 'imports'],
  report: ['model', 'planner', 'yaml'],
  testing: ['model', 'planner', 'lint', 'manifests', 'report'],
  lab: ['model', 'planner', 'report', 'manifests', 'admission', 'yaml'],
  cli: ['model', 'planner', 'report', 'manifests', 'admission', 'lint', 'lab', 'yaml'],
  apps: ['index'],
};

const toPath = (room) => {
  if (room === 'imports') return '^imports/';
  if (room === 'imports-tables') return '^imports/schema-tables';
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
      to: { path: '^src/(planner|lint)/', pathNot: '/index\\.ts$|^src/lint/(lint|format/text)\\.ts$' },
    },
    {
      name: 'no-cdk8s-right-of-the-manifests',
      comment: 'planner, admission, lint, manifests and yaml run anywhere, without cdk8s',
      severity: 'error',
      from: { path: '^src/(yaml|manifests|admission|planner|lint|report|testing|lab|cli)/' },
      to: { path: '(^|/)node_modules/(cdk8s|constructs)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-development-dependency-in-the-package',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/apps/' },
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
