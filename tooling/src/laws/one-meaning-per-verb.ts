import type { Node } from 'oxc-parser';
import { sources } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';
import { sameMeaning } from './words.ts';

/** A reader who knows a function in one file expects the same of its name in every other. Overloads share a file. */
export const oneMeaningPerVerb: Law = {
  name: 'a function exported from more than one file of the packages means one thing',
  *check(repository) {
    const homes = new Map<string, Map<string, string>>();
    for (const source of sources(repository, /^packages\/[^/]+\/src\/.*\.ts$/)) {
      for (const statement of source.program.body) {
        if (statement.type !== 'ExportNamedDeclaration') continue;
        for (const name of functionsOf(statement.declaration)) {
          const { where } = at(source, statement.start, '');
          homes.set(name, (homes.get(name) ?? new Map()).set(source.path, where));
        }
      }
    }
    for (const [name, files] of homes) {
      if (files.size === 1 || sameMeaning[name]) continue;
      const [first = '', ...others] = files.values();
      yield {
        where: first,
        what: `${name}: rename it here or in ${others.join(', ')}, or say the meaning in sameMeaning`,
      };
    }
    for (const name of Object.keys(sameMeaning)) {
      if (homes.size > 0 && (homes.get(name)?.size ?? 0) < 2)
        yield { where: 'tooling/src/laws/words.ts', what: `${name} has one home now: remove it from sameMeaning` };
    }
  },
};

function functionsOf(declaration: Node | null): string[] {
  if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'TSDeclareFunction') {
    return declaration.id ? [declaration.id.name] : [];
  }
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id, init }) =>
    id.type === 'Identifier' && /^(ArrowFunction|Function)Expression$/.test(init?.type ?? '') ? [id.name] : [],
  );
}
