import { sources } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';

/** A public name is written down where it becomes public. Only core is passed on whole, by its adapters. */
export const theIndexIsAList: Law = {
  name: 'what is public is listed by name, and only index files pass names on',
  *check(repository) {
    for (const source of sources(repository, /^packages\/[^/]+\/src\/.*\.ts$/)) {
      const isIndex = source.path.endsWith('/index.ts');
      for (const statement of source.program.body) {
        const passesOn = 'source' in statement && statement.source !== null && statement.type !== 'ImportDeclaration';
        if (passesOn && !isIndex) yield at(source, statement.start, 'passes a name on; import it where it is declared');
        else if (statement.type === 'ExportAllDeclaration' && statement.source.value !== '@switchgear/core') {
          yield at(source, statement.start, `export * from ${statement.source.value}: list the names`);
        } else if (isIndex && !passesOn) yield at(source, statement.start, 'an index declares nothing of its own');
      }
    }
  },
};
