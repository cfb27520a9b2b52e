import type { Node } from 'oxc-parser';
import { sources, walk } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';

/** A refusal rejects a new promise because no call was made whose promise could be rejected. */
const REFUSALS = 'packages/core/src/call/promise.ts';

/** `run` derives one promise from the call. Waiting for anything else would delay the call. */
export const coreAwaitsNothing: Law = {
  name: 'the call path awaits nothing but the call',
  *check(repository) {
    for (const source of sources(repository, /^packages\/core\/src\//)) {
      const found: { start: number; what: string }[] = [];
      walk(source.program, (node) => {
        const { start } = node;
        if (node.type === 'AwaitExpression') found.push({ start, what: 'await' });
        else if (node.type === 'ForOfStatement' && node.await) found.push({ start, what: 'for await' });
        else if ('async' in node && node.async) found.push({ start, what: 'an async function' });
        else if (source.path !== REFUSALS && isNewPromise(node)) found.push({ start, what: 'a promise of our own' });
      });
      for (const { start, what } of found) yield at(source, start, `${what} in core`);
    }
  },
};

function isNewPromise(node: Node): boolean {
  return node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Promise';
}
