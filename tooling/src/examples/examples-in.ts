import type { ImportDeclaration } from 'oxc-parser';
import { parse } from '../repository/syntax.ts';

/** A block of TypeScript in a page, completed to a program. */
export interface Example {
  /** `README.md:12`, the line of its first line of code. */
  readonly where: string;
  /** What the page has imported and assumed so far, then the block in its own scope. */
  readonly program: string;
  /** Whether it is marked `ts run`, to be run as well as compiled. */
  readonly run: boolean;
}

/** A fenced block of `ts`, or a comment that no reader sees: `<!-- ts declare const client: AxiosInstance; -->`. */
const BLOCK = /^```ts( run)?\n([\s\S]*?)^```$|^<!-- ts\s([\s\S]*?)-->$/gm;

/**
 * The blocks of TypeScript in a page. A block sees what earlier blocks import and what earlier comments assume, but not
 * what earlier blocks declare, so a page may write `const payments` twice. Text that is not code belongs in a block of another language.
 */
export function examplesIn(path: string, page: string): Example[] {
  const imports = new Map<string, string>();
  const supposed: string[] = [];
  const examples: Example[] = [];
  for (const { 0: block, 1: run, 2: code, 3: supposition, index } of page.matchAll(BLOCK)) {
    const [body, own] = withoutImports(code ?? supposition ?? '');
    for (const [name, text] of own) imports.set(name, text);
    if (supposition !== undefined) supposed.push(body);
    if (code === undefined) continue;
    const line = page.slice(0, index + block.indexOf('\n')).split('\n').length + 1;
    const program = [...imports.values(), ...supposed, '{', body, '}', 'export {};', ''].join('\n');
    examples.push({ where: `${path}:${line}`, program, run: run !== undefined });
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
