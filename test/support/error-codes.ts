import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The codes of problems that the sources state. */
export interface StatedCodes {
  readonly codes: ReadonlySet<string>;
  /** Codes that end in a name, such as `app.${property}`. */
  readonly patterns: readonly RegExp[];
}

/**
 * Finds the codes by their syntax: values of a property `code`, and arguments for a parameter `code` or `codes`.
 *
 * @param root - folder of the sources
 */
export function statedCodes(root: string): StatedCodes {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const sources = files.map((file) =>
    ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
  );
  const declared = new Map<string, number>();
  const codes = new Set<string>();
  const templates = new Set<string>();
  const constants = new Map<string, ts.Expression>();

  each(sources, (node, { fileName }) => {
    if (ts.isVariableDeclaration(node) && node.initializer && ts.isStringLiteral(node.initializer)) {
      constants.set(`${fileName} ${node.name.getText()}`, node.initializer);
    }
    if (!ts.isFunctionDeclaration(node) && !ts.isMethodDeclaration(node)) return;
    const name = node.name?.getText() ?? '';
    const position = node.parameters.findIndex((one) => /^codes?$/.test(one.name.getText()));
    declared.set(`${fileName} ${name}`, position);
    const isLocal = ts.isFunctionDeclaration(node) && !node.getText().startsWith('export');
    if (position >= 0 && !isLocal) declared.set(name, position);
  });
  each(sources, (node, source) => {
    const { fileName } = source;
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'code') add(node.initializer);
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      const isMethod = ts.isPropertyAccessExpression(expression);
      // `add` of a Set has another parameter.
      if (isMethod && !/^(this|faults)$/.test(expression.expression.getText())) return;
      const called = (isMethod ? expression.name : expression).getText();
      const isKnown = isMethod || declared.has(`${fileName} ${called}`) || isImported(called, source);
      const position = isKnown ? (declared.get(`${fileName} ${called}`) ?? declared.get(called) ?? -1) : -1;
      const argument = node.arguments[position];
      if (argument !== undefined) add(argument);
    }
    if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith('ProblemCode')) eachBelow(node, addLiteral);
    if (ts.isPropertyDeclaration(node) && node.name.getText() === 'code' && node.initializer) add(node.initializer);
  });
  const patterns = [...templates].map(
    (template) => new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\$\{\w+\}/g, '\\w+')}$`),
  );
  return { codes, patterns };

  /** A literal, the results of a condition, or the values of a map of codes. */
  function add(value: ts.Expression): void {
    if (ts.isConditionalExpression(value)) [value.whenTrue, value.whenFalse].forEach(add);
    else if (ts.isBinaryExpression(value)) [value.left, value.right].forEach(add);
    else if (ts.isObjectLiteralExpression(value)) {
      for (const property of value.properties) if (ts.isPropertyAssignment(property)) add(property.initializer);
    } else if (ts.isIdentifier(value)) {
      const constant = constants.get(`${value.getSourceFile().fileName} ${value.text}`);
      if (constant !== undefined) addLiteral(constant);
    } else addLiteral(value);
  }

  function addLiteral(node: ts.Node): void {
    if (ts.isStringLiteral(node)) codes.add(node.text);
    if (ts.isTemplateExpression(node)) templates.add(node.getText().slice(1, -1));
  }
}

function isImported(name: string, { statements }: ts.SourceFile): boolean {
  return statements.some((one) => ts.isImportDeclaration(one) && new RegExp(`\\b${name}\\b`).test(one.getText()));
}

function each(sources: readonly ts.SourceFile[], visit: (node: ts.Node, source: ts.SourceFile) => void): void {
  for (const source of sources) eachBelow(source, (node) => visit(node, source));
}

function eachBelow(node: ts.Node, visit: (node: ts.Node) => void): void {
  ts.forEachChild(node, (child) => {
    visit(child);
    eachBelow(child, visit);
  });
}
