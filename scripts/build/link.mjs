// Puts the compiled modules of the package into a few files: see `link`.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve as pathResolve, posix } from 'node:path';
import ts from 'typescript';

/** How tsc writes a request for another module of ours: at the start of a line when it is loaded at once, else inside. */
const requests = /^(\s*)(.*?)\brequire\((["'])(\.{1,2}\/[^"']+)\3\)/gm;

const registry = `"use strict";
// Every module is a function that runs when it is first asked for; a part of them is read when its first one is.
const loaded = Object.create(null);
function linked(id) {
  let module = loaded[id];
  if (module === undefined) {
    module = loaded[id] = { exports: {} };
    parts[id]()[id](module.exports, module, linked);
  }
  return module.exports;
}
module.exports = linked;
const parts = Object.create(null);
`;

/**
 * A program that loads hundreds of small files spends most of its start on finding them, so the modules behind the
 * entries become functions in a few files: one for the modules that an entry loads at once, one for each that is loaded
 * when it is used. What a module does, and when it runs, stays as tsc made it.
 *
 * @param output - folder where tsc put its output
 * @param entries - modules that programs load, relative to that folder; what they do not need stays a file of its own
 */
export function link(output, entries) {
  const folder = pathResolve(output);
  const read = (id) => readFileSync(join(folder, id), 'utf8');
  const resolve = (from, request) => {
    const path = posix.join(posix.dirname(from), request);
    const found = [path, `${path}.js`, `${path}/index.js`].find(
      (id) => /\.js$/.test(id) && existsSync(join(folder, id)),
    );
    if (found === undefined) throw new Error(`${from} loads ${request}, which is no module of ${output}`);
    return found;
  };
  const texts = new Map();
  const parts = [];
  // A module stands in the first part that needs it, so what an entry loads later comes before the next entry.
  const roots = [...entries];
  while (roots.length > 0) {
    const root = roots.shift();
    const part = [];
    const later = [];
    const add = (id) => {
      if (texts.has(id)) return;
      texts.set(id, '');
      part.push(id);
      const text = asciiOnly(withoutComments(read(id))).replace(requests, (_, indent, before, quote, request) => {
        const target = resolve(id, request);
        if (indent === '') add(target);
        else later.push(target);
        return `${indent}${before}linked(${quote}${target}${quote})`;
      });
      texts.set(id, text);
    };
    add(root);
    roots.unshift(...later);
    if (part.length > 0) parts.push(part);
  }

  const asked = readdirSync(folder, { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((id) => id.endsWith('.js') && !texts.has(id))
    .flatMap((id) => Array.from(read(id).matchAll(requests), (match) => resolve(id, match[4])))
    .filter((id) => texts.has(id));

  const require = createRequire(join(folder, 'package.json'));
  const names = new Map(entries.map((entry) => [entry, Object.keys(require(`./${entry}`))]));
  for (const id of texts.keys()) rmSync(join(folder, id));
  parts.forEach((part, number) => {
    // In brackets, so that V8 compiles each while it reads the file, rather than read it once more when it is called.
    const functions = part.map(
      (id) => `${JSON.stringify(id)}: (function (exports, module, linked) {\n${texts.get(id)}}),\n`,
    );
    writeFileSync(join(folder, 'src', `part-${number}.js`), `module.exports = {\n${functions.join('')}};\n`);
  });
  const index = parts.map(
    (part, number) => `for (const id of ${JSON.stringify(part)}) parts[id] = () => require("./part-${number}.js");\n`,
  );
  writeFileSync(join(folder, 'src/linked.js'), registry + index.join(''));
  for (const id of new Set([...entries, ...asked])) writeFileSync(join(folder, id), door(id, names.get(id) ?? []));
}

/** The file through which a linked module is loaded. Its last line tells ES modules which names they can import. */
function door(id, names) {
  const linked = posix.relative(posix.dirname(id), 'src/linked.js');
  const path = linked.startsWith('.') ? linked : `./${linked}`;
  const hint = names.length === 0 ? '' : `0 && (module.exports = { ${names.join(', ')} });\n`;
  return `"use strict";\nmodule.exports = require("${path}")("${id}");\n${hint}`;
}

/** Comments stay in the declarations, where editors read them. */
function withoutComments(text) {
  const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  return ts.transpileModule(text, { fileName: 'module.js', compilerOptions }).outputText;
}

/** A file that has but one other character takes twice the memory, and longer to read. */
function asciiOnly(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
