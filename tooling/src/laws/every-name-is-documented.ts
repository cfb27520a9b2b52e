import type { Node } from 'oxc-parser';
import { type Source, sources } from '../repository/syntax.ts';
import { at, type Law, type Violation } from './law.ts';

/** A doc comment on every exported name; on every option also, and on an optional one its default. */
export const everyNameIsDocumented: Law = {
  name: 'every exported name and every option has a doc comment, and every optional one its default',
  *check(repository) {
    for (const source of sources(repository, /^packages\/[^/]+\/src\/.*\.ts$/)) {
      const documented = new Set<string>();
      for (const statement of source.program.body) {
        if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue;
        const name = nameOf(statement.declaration);
        // The first of several overloads documents all of them.
        if (docBefore(source, statement)) documented.add(name);
        if (!documented.has(name)) yield at(source, statement.start, `${name} has no doc comment`);
        if (/Options$/.test(name)) yield* options(source, statement.declaration);
      }
    }
  },
};

function* options(source: Source, declaration: Node): Generator<Violation> {
  if (declaration.type !== 'TSInterfaceDeclaration') return;
  for (const member of declaration.body.body) {
    if (member.type !== 'TSPropertySignature' && member.type !== 'TSMethodSignature') continue;
    const name = `${declaration.id.name}.${source.text.slice(member.key.start, member.key.end)}`;
    const doc = docBefore(source, member);
    if (!doc) yield at(source, member.start, `${name} has no doc comment`);
    else if (member.optional && !doc.includes('@default')) yield at(source, member.start, `${name} has no @default`);
  }
}

/** The doc comment that ends where the node begins. */
function docBefore(source: Source, node: Node): string | undefined {
  const last = source.comments.findLast(({ end }) => end <= node.start);
  if (last?.type !== 'Block' || !last.value.startsWith('*')) return undefined;
  return source.text.slice(last.end, node.start).trim() === '' ? last.value : undefined;
}

function nameOf(declaration: Node): string {
  const named = declaration.type === 'VariableDeclaration' ? declaration.declarations[0] : declaration;
  return named && 'id' in named && named.id && 'name' in named.id ? String(named.id.name) : 'this';
}
