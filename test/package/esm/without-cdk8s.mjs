// Planner, linter, admission and assertions serve plain YAML: they load where nobody installed cdk8s.
import { ok } from 'node:assert';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
for (const entry of ['planner', 'lint', 'admission', 'testing']) require(`cdk8s-karmada/${entry}`);
const loaded = Object.keys(require.cache).filter((path) => /node_modules[\\/](cdk8s|constructs)[\\/]/.test(path));
ok(loaded.length === 0, `loaded ${loaded[0]}`);
