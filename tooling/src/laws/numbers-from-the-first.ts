import type { PropertyDefinition } from 'oxc-parser';
import { sources, walk } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';

const NUMBERS = new Set(['Instant', 'Millis']);

/**
 * A field without a first value is `undefined` until the constructor has set it. Engines then keep its number on the heap,
 * and allocate a new one at each write.
 */
export const numbersFromTheFirst: Law = {
  name: 'a number field of a class in core is a number from the first',
  *check(repository) {
    for (const source of sources(repository, /^packages\/core\/src\//)) {
      const found: number[] = [];
      walk(source.program, (node) => {
        if (node.type === 'PropertyDefinition' && !node.declare && !node.value && isNumber(node))
          found.push(node.start);
      });
      for (const start of found) yield at(source, start, 'a number field without a first value: write = 0');
    }
  },
};

function isNumber({ typeAnnotation }: PropertyDefinition): boolean {
  const type = typeAnnotation?.typeAnnotation;
  if (type?.type === 'TSNumberKeyword') return true;
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && NUMBERS.has(type.typeName.name);
}
