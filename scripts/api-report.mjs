// Writes the public API of each entry to docs/api/. With --check, fails if it differs from the checked-in files.
// Reads the declarations in lib/, so run `npm run build` first.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const entries = {
  'cdk8s-karmada': 'lib/src/index.d.ts',
  'cdk8s-karmada-planner': 'lib/src/planner/index.d.ts',
  'cdk8s-karmada-lint': 'lib/src/lint/index.d.ts',
  'cdk8s-karmada-admission': 'lib/src/admission/index.d.ts',
  'cdk8s-karmada-import': 'lib/src/import/index.d.ts',
  'cdk8s-karmada-testing': 'lib/src/testing/index.d.ts',
};

mkdirSync(join(root, 'docs/api'), { recursive: true });
let failed = false;
for (const [name, entry] of Object.entries(entries)) {
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(root, 'api-extractor.json'),
    packageJsonFullPath: join(root, 'package.json'),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, entry),
      compiler: { tsconfigFilePath: join(root, 'tsconfig.build.json') },
      apiReport: {
        enabled: true,
        reportFileName: name,
        reportFolder: join(root, 'docs/api'),
        reportTempFolder: join(root, 'node_modules/.cache/api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: {
          default: { logLevel: 'error' },
          // Types of the assertions are exported by the entries of the planner and the linter, contracts by the main entry.
          ...(/\/(testing|lint)\//.test(entry) && { 'ae-forgotten-export': { logLevel: 'none' } }),
          'ae-missing-release-tag': { logLevel: 'none' },
          // Every export has a docstring; members with obvious names (kind, name) do not need one.
          'ae-undocumented': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'error' } },
      },
    },
  });
  const result = Extractor.invoke(config, { localBuild: !check, showVerboseMessages: false });
  if (!result.succeeded) {
    failed = true;
    console.error(
      `docs/api/${name}.api.md: ${check ? 'differs from the code; run npm run api and commit it' : 'has problems'}`,
    );
  }
}
process.exitCode = failed ? 1 : 0;
