import type { ImportDeclaration } from 'oxc-parser';
import { parse } from '../repository/syntax.ts';

/** A block of TypeScript in a page, completed to a program. */
export interface Example {
  /** `README.md:12`, the line of its first line of code. */
  readonly where: string;
  /** What the page has imported and declared so far, then the block in a scope of its own. */
  readonly program: string;
  /** Whether it is marked `ts run`, to be run as well as compiled. */
  readonly run: boolean;
}

/** A fenced block of `ts`. */
const BLOCK = /^```ts( run)?\n([\s\S]*?)^```$/gm;

/** Code that readers do not see would make the code that they do see fail when it is copied. */
const HIDDEN = /^<!-- ts\b/m;

/**
 * The blocks of TypeScript in a page. A block continues those above it, as a reader does: it sees what they import and
 * declare, and may declare a name again. One that is run continues those above it that are run. Text that is not code
 * belongs in a block of another language.
 *
 * @throws {SyntaxError} if the page has code that its readers do not see
 */
export function examplesIn(path: string, page: string): Example[] {
  if (HIDDEN.test(page)) throw new SyntaxError(`${path} has code in a comment: readers must see it`);
  const imports = new Map<string, string>();
  const above: { readonly body: string; readonly runs: boolean }[] = [];
  const examples: Example[] = [];
  for (const { 0: block, 1: run, 2: code = '', index } of page.matchAll(BLOCK)) {
    const [body, own] = withoutImports(code);
    for (const [name, text] of own) imports.set(name, text);
    const runs = run !== undefined;
    above.push({ body, runs });
    // Each in a scope within that of the one above it.
    const bodies = above.filter((each) => each.runs || !runs).map((each) => each.body);
    const nested = [...bodies.flatMap((each) => ['{', each]), ...bodies.map(() => '}')];
    const line = page.slice(0, index + block.indexOf('\n')).split('\n').length + 1;
    const program = [...imports.values(), ...nested, 'export {};', ''].join('\n');
    examples.push({ where: `${path}:${line}`, program, run: runs });
  }
  return examples;
}

/** A block's code, and its imports by the names they bring. */
function withoutImports(code: string): [body: string, imports: Map<string, string>] {
  const imports = new Map<string, string>();
  let body = code;
  for (const statement of parse('example.ts', code).program.body) {
    if (statement.type !== 'ImportDeclaration') continue;
    for (const [name, text] of singly(statement)) imports.set(name, text);
    body = body.replace(code.slice(statement.start, statement.end), '');
  }
  return [body, imports];
}

/** An import of several names as several imports, so that pages may repeat them. */
function singly({ source, importKind, specifiers }: ImportDeclaration): [name: string, text: string][] {
  const from = `from '${source.value}';`;
  return specifiers.map((each) => {
    const name = each.local.name;
    const type = importKind === 'type' || ('importKind' in each && each.importKind === 'type') ? 'type ' : '';
    if (each.type === 'ImportDefaultSpecifier') return [name, `import ${type}${name} ${from}`];
    if (each.type === 'ImportNamespaceSpecifier') return [name, `import ${type}* as ${name} ${from}`];
    const imported = 'name' in each.imported ? each.imported.name : each.imported.value;
    return [name, `import ${type}{ ${imported} as ${name} } ${from}`];
  });
}
