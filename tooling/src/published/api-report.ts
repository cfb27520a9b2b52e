import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'oxc-parser';
import { importsOf } from '../repository/imports.ts';
import { parse, type Source } from '../repository/syntax.ts';

/** Reads a file by its path from the root. */
export type Read = (path: string) => string;

/**
 * The public surface of an entry point, from its built declarations: one paragraph a name, sorted and without comments,
 * so that every change of the surface is a change of this text.
 */
export function apiOf(declarations: string, read: Read): string {
  const source = parse(declarations, read(declarations));
  const paragraphs: string[] = [];
  for (const statement of source.program.body) {
    if (statement.type === 'ExportAllDeclaration') paragraphs.push(`export * from '${statement.source.value}'`);
    if (statement.type !== 'ExportNamedDeclaration') continue;
    if (statement.declaration) paragraphs.push(textOf(source, statement));
    const from = statement.source?.value;
    if (from !== undefined && !from.startsWith('.')) {
      // Another package declares it, and has a report of its own.
      const names = statement.specifiers.map(({ start, end }) => source.text.slice(start, end));
      paragraphs.push(...names.map((name) => `export { ${name} } from '${from}'`));
      continue;
    }
    for (const { exported, local } of statement.specifiers) {
      const name = 'name' in exported ? exported.name : exported.value;
      const original = 'name' in local ? local.name : local.value;
      const found = statement.source ? declarationOf(original, sourceOf(statement, source, read)) : undefined;
      if (!found) throw new Error(`${declarations}: nothing declares ${original}`);
      paragraphs.push(name === original ? found : `${found} as ${name}`);
    }
  }
  return `${paragraphs.sort((a, b) => bare(a).localeCompare(bare(b), 'en')).join('\n\n')}\n`;
}

/** Reads files under a folder on disk. */
export function readUnder(folder: string): Read {
  return (path) => readFileSync(join(folder, path), 'utf8');
}

function sourceOf(statement: Node, source: Source, read: Read): Source {
  const path =
    importsOf(source)
      .find(({ start }) => start === statement.start)
      ?.path?.replace(/\.[jt]s$/, '.d.ts') ?? '';
  return parse(path, read(path));
}

function declarationOf(name: string, source: Source): string | undefined {
  const declaring = source.program.body.filter(
    (statement) => statement.type === 'ExportNamedDeclaration' && namesOf(statement.declaration).includes(name),
  );
  return declaring.length > 0 ? declaring.map((statement) => textOf(source, statement)).join('\n') : undefined;
}

function namesOf(declaration: Node | null): string[] {
  if (declaration?.type === 'VariableDeclaration') return declaration.declarations.flatMap(({ id }) => namesIn(id));
  return declaration && 'id' in declaration && declaration.id ? namesIn(declaration.id) : [];
}

function namesIn(id: Node): string[] {
  return id.type === 'Identifier' ? [id.name] : [];
}

/** A statement's text without its comments and empty lines. */
function textOf(source: Source, { start, end }: Node): string {
  let text = source.text.slice(start, end);
  for (const comment of source.comments.filter((each) => each.start > start && each.end < end).reverse()) {
    text = text.slice(0, comment.start - start) + text.slice(comment.end - start);
  }
  return text.replace(/^\s*\n/gm, '').replace(/\bdeclare /, '');
}

/** A paragraph without its keywords, so that sorting goes by name. */
function bare(paragraph: string): string {
  return paragraph.replace(/^export (abstract )?(interface|type|class|function|const) /, '');
}
