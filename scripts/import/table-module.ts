/** The text of a module that exports a function which parses a table. */
export function tableModule(name: string, table: object, header: string): string {
  const json = JSON.stringify(table);
  // A template literal needs no escapes for quotes; JSON keeps the text on one line.
  const literal = json.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('$', '\\$');
  // A function, so that a program that never checks an object does not even read the text.
  return `${header}\nexport function ${name}(): unknown {\n  return JSON.parse(\`${literal}\`);\n}\n`;
}
