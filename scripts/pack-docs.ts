// Third step of the build: the pages that `explain` prints, in one compressed file.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packedPages, packPages } from '../src/cli/pages';

const root = resolve(__dirname, '..');
writeFileSync(join(root, packedPages), packPages(join(root, 'docs')));
