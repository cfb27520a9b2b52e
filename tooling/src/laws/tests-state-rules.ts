import type { Node } from 'oxc-parser';
import { sources, walk } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';

const VAGUE = /^(should|works|handles|test)\b|\b(works|as expected|correctly|properly)\b/i;

/** Test names alone are the specification. A test that sleeps is slow, and fails on a busy machine. */
export const testsStateRules: Law = {
  name: 'test names state rules, and no test of core waits for real time',
  *check(repository) {
    for (const source of sources(repository, /\/test\/.*\.tsx?$/)) {
      const found: { start: number; what: string }[] = [];
      walk(source.program, (node) => {
        if (node.type !== 'CallExpression') return;
        const name = nameOf(node.callee);
        const first = node.arguments[0];
        if (/^(it|test|describe)\b/.test(name) && first?.type === 'Literal' && typeof first.value === 'string') {
          if (VAGUE.test(first.value)) found.push({ start: node.start, what: `'${first.value}' states no rule` });
        }
        if (source.path.startsWith('packages/core/') && /^(setTimeout|setInterval|sleep|delay)$/.test(name)) {
          found.push({ start: node.start, what: `${name}: advance a manual clock` });
        }
      });
      for (const { start, what } of found) yield at(source, start, what);
    }
  },
};

/** `it` of `it(…)`, `it.only(…)` and `it.each(…)(…)`. */
function nameOf(callee: Node): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression') return nameOf(callee.object);
  return callee.type === 'CallExpression' ? nameOf(callee.callee) : '';
}
