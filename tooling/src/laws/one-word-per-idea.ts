import type { Node } from 'oxc-parser';
import { withoutCode } from '../pages/without-code.ts';
import type { Repository } from '../repository/repository.ts';
import { lineOf, type Source, sources, walk } from '../repository/syntax.ts';
import { at, type Law, type Violation } from './law.ts';
import { bareNames, spoken, words } from './words.ts';

/** Pages for people. The glossary is left out because it names the words to avoid. */
const PAGES = /^(README|CONTRIBUTING)\.md$|^docs\/(?!glossary\.md).*\.md$|^(packages|apps)\/[^/]+\/README\.md$/;

/**
 * Checks what a source declares and its comments, but not the names it uses, because a host chooses its own words. In
 * pages it checks prose, not code.
 */
export const oneWordPerIdea: Law = {
  name: 'one word per idea, in names, in comments and in pages',
  *check(repository) {
    for (const source of sources(repository, /^packages\/[^/]+\/src\/.*\.ts$/)) {
      for (const wrong of [...inPath(source), ...inNames(source), ...inComments(source)]) {
        if (!spoken[source.path]?.some((word) => wrong.what.startsWith(`${word}:`))) yield wrong;
      }
    }
    yield* inPages(repository);
  },
};

function* inPages(repository: Repository): Generator<Violation> {
  for (const [path, page] of repository) {
    if (!PAGES.test(path)) continue;
    for (const { index, what } of spokenIn(withoutCode(page))) yield { where: `${path}:${lineOf(page, index)}`, what };
  }
}

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
    for (const { what } of spokenIn(comment.value)) yield at(source, comment.start, what);
  }
}

/** Words to avoid that prose uses, and where. Code in backticks and words in quotes may belong to another project. */
function* spokenIn(text: string): Generator<{ index: number; what: string }> {
  const prose = text.replace(/`[^`]*`|"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
  for (const { not, but, namesOnly } of words) {
    const found = namesOnly ? null : new RegExp(`\\b${not}\\b`, 'i').exec(prose);
    if (found) yield { index: found.index, what: `${not}: say ${but}` };
  }
}

/** The name that a node declares. */
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
