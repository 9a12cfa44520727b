import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { slug } from 'github-slugger';
import ts from 'typescript';

/**
 * A table in a page stands between two comments, and is generated from the doc comments of the public types:
 *
 * - `<!-- options Exposure -->`: the properties of an interface, inherited ones included
 * - `<!-- own options FederatedAppProps -->`: without inherited ones, for which the page has a table of their own
 * - `<!-- factories Placement -->`: the static methods of a class that return one
 * - `<!-- refinements Placement -->`: the methods of a class that return a copy
 *
 * Each ends with `<!-- end -->`.
 */
const table = /(<!-- (options|own options|factories|refinements) (\w+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** Path of a page below `docs/`, to its Markdown. */
export type PagesByPath = ReadonlyMap<string, string>;

/** The Markdown in a folder and those below it. */
export function pagesIn(folder: string): PagesByPath {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]));
}

/** The pages with their tables made anew. */
export function withOptionTables(pages: PagesByPath, root: string): PagesByPath {
  const types = new PublicTypes(root);
  const homes = homesIn(pages);
  return new Map(
    [...pages].map(([path, markdown]) => {
      const linkTo = (name: string): string | undefined => linkFrom(path, homes.get(name));
      const made = markdown.replaceAll(table, (_, start: string, what: string, name: string, end: string) => {
        const rows = what.endsWith('options')
          ? optionRows(types.options(name, what === 'own options'), linkTo)
          : methodRows(types.methods(name, what === 'factories'));
        const introduction = what.endsWith('options') ? types.introduction(name) : '';
        return `${start}\n${introduction}${rows.join('\n')}\n\n${end}`;
      });
      return [path, made];
    }),
  );
}

interface Home {
  readonly page: string;
  readonly anchor: string;
}

/** The heading above the table of each type. */
function homesIn(pages: PagesByPath): ReadonlyMap<string, Home> {
  const homes = new Map<string, Home>();
  for (const [page, markdown] of pages) {
    let anchor = '';
    for (const line of markdown.split('\n')) {
      const heading = /^##+ (.*)$/.exec(line)?.[1];
      if (heading !== undefined) anchor = slug(heading);
      const name = /^<!-- (?:options|own options|factories) (\w+) -->$/.exec(line)?.[1];
      if (name !== undefined && !homes.has(name)) homes.set(name, { page, anchor });
    }
  }
  return homes;
}

function linkFrom(path: string, home: Home | undefined): string | undefined {
  if (home === undefined) return undefined;
  return `${home.page === path ? '' : relative(dirname(path), home.page)}#${home.anchor}`;
}

interface Option {
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
  readonly default: string;
}

function optionRows(options: readonly Option[], linkTo: (name: string) => string | undefined): string[] {
  const rows = options.map(({ name, type, meaning, default: usual }) => {
    const link = type
      .match(/\b[A-Z]\w+/g)
      ?.map(linkTo)
      .find((one) => one !== undefined);
    const shown = link === undefined ? `\`${type}\`` : `[\`${type}\`](${link})`;
    return [`\`${name}\``, shown, usual, meaning];
  });
  return tableOf(['option', 'type', 'default', 'meaning'], rows);
}

interface Method {
  readonly call: string;
  readonly meaning: string;
}

function methodRows(methods: readonly Method[]): string[] {
  return tableOf(
    ['call', 'meaning'],
    methods.map(({ call, meaning }) => [`\`${call}\``, meaning]),
  );
}

function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), `|${titles.map(() => '---|').join('')}`, ...rows.map(line)];
}

/**
 * The public interfaces and classes with their doc comments. Read without the type checker, which takes seconds: the heritage of
 * our interfaces is by name, `Omit` or `Pick`.
 */
class PublicTypes {
  readonly #declarations = new Map<string, Declared>();

  constructor(root: string) {
    for (const folder of ['src/constructs', 'src/constructs/federated-app', 'src/model', 'src/karmada']) {
      for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))) {
        const text = readFileSync(join(root, folder, file), 'utf8');
        for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements) {
          if (isDeclared(statement) && statement.name) this.#declarations.set(statement.name.text, statement);
        }
      }
    }
  }

  /** What the type is, where its name does not say it. */
  introduction(name: string): string {
    const text = textOf(ts.getJSDocCommentsAndTags(this.#declared(name)));
    return text.startsWith('Props of') ? '' : `${text}\n\n`;
  }

  /** @throws Error for an option without a doc comment, or without a default */
  options(name: string, isOwn: boolean): Option[] {
    return [...this.#properties(name, isOwn)].flatMap(([option, { declaration, isInAll }]) => {
      const tags = ts.getJSDocTags(declaration);
      if (declaration.type === undefined || tags.some(({ tagName }) => tagName.text === 'deprecated')) return [];
      const isOptional = declaration.questionToken !== undefined;
      const meaning = textOf(ts.getJSDocCommentsAndTags(declaration));
      const usual = sentence(tags.find(({ tagName }) => tagName.text === 'default')?.comment);
      if (meaning === '') throw new Error(`${name}.${option} has no doc comment`);
      if (usual === '' && isOptional) throw new Error(`${name}.${option} has no @default`);
      const otherwise = isInAll ? 'required' : 'required in its form';
      const type = shortType(declaration.type);
      return [{ name: option, type, meaning, default: isOptional ? defaultText(usual) : otherwise }];
    });
  }

  methods(name: string, isStatic: boolean): Method[] {
    const declaration = this.#declared(name);
    if (!ts.isClassDeclaration(declaration)) throw new Error(`${name} is not a class`);
    const methods = declaration.members.filter(ts.isMethodDeclaration).filter((member) => {
      const flags = ts.getCombinedModifierFlags(member);
      const isHidden = (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
      const isInternal = ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal');
      const isOfKind = ((flags & ts.ModifierFlags.Static) !== 0) === isStatic;
      const isDescribed = ts.getJSDocCommentsAndTags(member).length > 0;
      return (
        ts.isIdentifier(member.name) &&
        !isHidden &&
        !isInternal &&
        isOfKind &&
        isDescribed &&
        returnsValue(member, name)
      );
    });
    return methods.map((method) => {
      // Of overloads, the first has the doc comment, and the last the most general parameters.
      const { parameters: general } = declaration.members
        .filter(ts.isMethodDeclaration)
        .findLast((one) => one.name.getText() === method.name.getText() && (one === method || one.body === undefined))!;
      const parameters = general.map(parameterText).join(', ');
      const called = `${isStatic ? name : ''}.${method.name.getText()}(${parameters})`;
      const described = parameterMeanings(ts.getJSDocTags(method));
      return { call: called, meaning: [textOf(ts.getJSDocCommentsAndTags(method)), ...described].join(' ') };
    });
  }

  /** The properties of an interface, or of all forms of a union of object types. Redeclared ones replace inherited ones. */
  #properties(name: string, isOwn: boolean): Map<string, Property> {
    const declaration = this.#declared(name);
    const properties = new Map<string, Property>();
    if (ts.isTypeAliasDeclaration(declaration)) {
      const { type } = declaration;
      const forms = ts.isUnionTypeNode(type) ? type.types.filter(ts.isTypeLiteralNode) : [];
      const propertiesOf = (form: ts.TypeLiteralNode) => form.members.filter(ts.isPropertySignature);
      for (const property of forms.flatMap(propertiesOf)) {
        const isInAll = forms.every((form) => propertiesOf(form).some((one) => nameOf(one) === nameOf(property)));
        properties.set(nameOf(property), { declaration: property, isInAll });
      }
      return properties;
    }
    if (!ts.isInterfaceDeclaration(declaration)) throw new Error(`${name} is not an interface`);
    const own = declaration.members.filter(ts.isPropertySignature);
    const inherited = isOwn ? [] : (declaration.heritageClauses ?? []).flatMap(({ types }) => types);
    for (const property of own) properties.set(nameOf(property), { declaration: property, isInAll: true });
    for (const [key, property] of inherited.flatMap((type) => [...this.#inherited(type)])) {
      if (!properties.has(key)) properties.set(key, property);
    }
    return properties;
  }

  /** `extends Base`, `extends Omit<Base, 'a' | 'b'>` and `extends Pick<Base, 'a' | 'b'>`. */
  #inherited({ expression, typeArguments }: ts.ExpressionWithTypeArguments): Map<string, Property> {
    const [base, keys] = typeArguments ?? [];
    if (base === undefined || keys === undefined) return this.#properties(expression.getText(), false);
    const named = [...keys.getText().matchAll(/'(\w+)'/g)].map(([, key]) => key);
    const isPick = expression.getText() === 'Pick';
    return new Map([...this.#properties(base.getText(), false)].filter(([key]) => named.includes(key) === isPick));
  }

  #declared(name: string): Declared {
    const declaration = this.#declarations.get(name);
    if (declaration === undefined) throw new Error(`no type ${name} in the folders of public types`);
    return declaration;
  }
}

type Declared = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration;

function isDeclared(statement: ts.Statement): statement is Declared {
  return (
    ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isClassDeclaration(statement)
  );
}

interface Property {
  readonly declaration: ts.PropertySignature;
  /** Whether every form of a union has it. */
  readonly isInAll: boolean;
}

function nameOf({ name }: ts.PropertySignature): string {
  return name.getText();
}

/** Values that methods of our classes return; others return what is needed for a manifest. */
const values = /^(Placement|FleetClusters|Contract|ContractStart|KeepingContract|Override)\b/;

function returnsValue({ type }: ts.MethodDeclaration, name: string): boolean {
  const returned = type?.getText() ?? '';
  return returned === name || returned.startsWith(`${name}<`) || values.test(returned);
}

function parameterText({ name, questionToken, dotDotDotToken, initializer }: ts.ParameterDeclaration): string {
  const optional = questionToken !== undefined || initializer !== undefined;
  return `${dotDotDotToken ? '...' : ''}${name.getText()}${optional ? '?' : ''}`;
}

/** What the parameters are; a `@default` belongs to the parameter before it. */
function parameterMeanings(tags: readonly ts.JSDocTag[]): string[] {
  return tags.flatMap((tag, index) => {
    if (!ts.isJSDocParameterTag(tag)) return [];
    const following = tags[index + 1];
    const usual = following?.tagName.text === 'default' ? sentence(following.comment).replace(/^- /, '') : '';
    const text = sentence(tag.comment).replace(/^- /, '').replace(/;$/, '');
    const meaning = usual === '' ? text : `${text} (default: ${usual})`;
    return [`\`${tag.name.getText()}\`: ${meaning}${meaning.endsWith('.') ? '' : '.'}`];
  });
}

/** The text of a doc comment without its tags, in one line. */
function textOf(docs: readonly (ts.JSDoc | ts.JSDocTag)[]): string {
  return docs
    .filter(ts.isJSDoc)
    .map(({ comment }) => sentence(comment))
    .join(' ');
}

function sentence(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  const text = (ts.getTextOfJSDocComment(comment) ?? '').replaceAll(/\s+/g, ' ').trim();
  return text.replaceAll(/\{@link (?:[\w.]+\| ?)?([^}]+)\}/g, '`$1`');
}

/** `- every cluster` says what happens; anything else is a value. */
function defaultText(usual: string): string {
  if (usual.startsWith('- ')) return usual.slice(2);
  const [, value = usual, rest = ''] = /^('[^']*'|[\w.]+(?:\([^)]*\))?)(.*)$/.exec(usual) ?? [];
  return usual === '' ? '' : `\`${value}\`${rest}`;
}

/** The type without what only the compiler needs. */
function shortType(type: ts.TypeNode): string {
  return type
    .getText()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\breadonly /g, '')
    .replaceAll(/\bReadonly<(Record<[^<>]*(?:<[^<>]*>)?[^<>]*>)>/g, '$1')
    .replaceAll(/^\| /g, '')
    .replaceAll(/\( ?([^()]+?) ?\)\[\]/g, '($1)[]');
}
