import { sources } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';

/** An index lists each public name. Only core is re-exported whole, by its adapters. */
export const theIndexIsAList: Law = {
  name: 'an index lists its names, and only index files re-export',
  *check(repository) {
    for (const source of sources(repository, /^packages\/[^/]+\/src\/.*\.ts$/)) {
      const isIndex = source.path.endsWith('/index.ts');
      for (const statement of source.program.body) {
        const passesOn = 'source' in statement && statement.source !== null && statement.type !== 'ImportDeclaration';
        if (passesOn && !isIndex)
          yield at(source, statement.start, 're-exports a name: import it from where it is declared');
        else if (statement.type === 'ExportAllDeclaration' && statement.source.value !== '@switchgear/core') {
          yield at(source, statement.start, `export * from ${statement.source.value}: list the names`);
        } else if (isIndex && !passesOn) yield at(source, statement.start, 'an index declares nothing');
      }
    }
  },
};
