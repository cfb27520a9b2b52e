import type { Node } from 'oxc-parser';
import { type Source, sources, walk } from '../repository/syntax.ts';
import { at, type Law, type Violation } from './law.ts';
import { bareNames, spoken, words } from './words.ts';

/**
 * Looks at what a source declares and at its comments, not at what it uses: a host's own words are its own.
 */
export const oneWordPerIdea: Law = {
  name: 'one word per idea, in names and in comments',
  *check(repository) {
    for (const source of sources(repository, /^packages\/[^/]+\/src\/.*\.ts$/)) {
      for (const wrong of [...inPath(source), ...inNames(source), ...inComments(source)]) {
        if (!spoken[source.path]?.some((word) => wrong.what.startsWith(`${word}:`))) yield wrong;
      }
    }
  },
};

function* inPath(source: Source): Generator<Violation> {
  for (const part of source.path.split('/')) yield* misnamed(source, 0, part.replace(/\.ts$/, ''));
}

function* inNames(source: Source): Generator<Violation> {
  const declared: { name: string; start: number }[] = [];
  walk(source.program, (node) => {
    const name = declaredBy(node);
    if (name) declared.push({ name, start: node.start });
    if (node.type === 'TSInterfaceDeclaration' && /^I[A-Z][a-z]/.test(node.id.name)) {
      declared.push({ name: 'I-prefix', start: node.start });
    }
  });
  for (const { name, start } of declared) {
    if (name === 'I-prefix') yield at(source, start, 'interfaces have no I before their name');
    else yield* misnamed(source, start, name);
  }
}

function* misnamed(source: Source, start: number, name: string): Generator<Violation> {
  const parts = name.split(/(?<=[a-z0-9])(?=[A-Z])|[-_.]/).map((part) => part.toLowerCase());
  for (const { not, but } of words) if (parts.includes(not)) yield at(source, start, `${not}: say ${but} (in ${name})`);
  for (const { not, but } of bareNames) if (name.toLowerCase() === not) yield at(source, start, `${not}: say ${but}`);
}

function* inComments(source: Source): Generator<Violation> {
  for (const comment of source.comments) {
    // Code in backticks and words in quotes may be somebody else's.
    const prose = comment.value.replace(/`[^`]*`|"[^"]*"/g, '');
    for (const { not, but, namesOnly } of words) {
      if (!namesOnly && new RegExp(`\\b${not}\\b`, 'i').test(prose))
        yield at(source, comment.start, `${not}: say ${but}`);
    }
  }
}

/** The name a node gives to something of ours. */
function declaredBy(node: Node): string | undefined {
  switch (node.type) {
    case 'VariableDeclarator':
      return node.id.type === 'Identifier' ? node.id.name : undefined;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id?.name;
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return node.id.name;
    case 'TSPropertySignature':
    case 'TSMethodSignature':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return node.key.type === 'Identifier' ? node.key.name : undefined;
    default:
      return undefined;
  }
}
