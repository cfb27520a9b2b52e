import type { Node } from 'oxc-parser';
import { sources, walk } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';

/** The files of core that may name real time, chance or the global object. All others receive them as arguments. */
export const mayName: Readonly<Record<string, readonly string[]>> = {
  // The one clock that reads real time, looked up when a breaker is made.
  'packages/core/src/circuit/clock.ts': ['Date.now', 'globalThis'],
  // Makes a date from a wall time that it is given.
  'packages/core/src/explain/loggable.ts': ['Date.*'],
  // The default of the option `random`.
  'packages/core/src/circuit/base-options.ts': ['Math.random'],
};

/** The compiler rejects timers and I/O in core because `lib` is the bare language. These three it cannot reject. */
export const timeAndChanceAreArguments: Law = {
  name: 'core reads real time and chance in one place each',
  *check(repository) {
    for (const source of sources(repository, /^packages\/core\/src\//)) {
      const allowed = mayName[source.path] ?? [];
      const used = new Set<string>();
      for (const { name, start } of readingsIn(source.program)) {
        used.add(name);
        if (!allowed.includes(name)) yield at(source, start, `${name}: take it as an argument`);
      }
      for (const name of allowed) {
        if (!used.has(name))
          yield { where: source.path, what: `does not use ${name} any more: remove it from mayName` };
      }
    }
  },
};

/** `Date.UTC` and `Math.max` compute; `Date.now`, `new Date()` and `Math.random` look at the world. */
const COMPUTES: ReadonlyMap<string, (member: string) => boolean> = new Map([
  ['Date', (member) => member === 'UTC' || member === 'parse'],
  ['Math', (member) => member !== 'random'],
]);

function readingsIn(program: Node): { name: string; start: number }[] {
  const found: { name: string; start: number }[] = [];
  walk(program, (node, around) => {
    if (isType(node)) return false;
    if (node.type === 'VariableDeclaration' && node.declare) found.push({ name: 'declare', start: node.start });
    if (node.type !== 'Identifier' || isName(node, around.at(-1))) return;
    if (node.name === 'globalThis') found.push({ name: 'globalThis', start: node.start });
    const computes = COMPUTES.get(node.name);
    if (!computes) return;
    const member = memberOf(node, around.at(-1));
    if (member === undefined || !computes(member))
      found.push({ name: `${node.name}.${member ?? '*'}`, start: node.start });
    return;
  });
  return found;
}

/** The member read from an identifier: `now` of `Date.now`; `undefined` where the object itself is passed on. */
function memberOf(node: Node, parent: Node | undefined): string | undefined {
  if (parent?.type !== 'MemberExpression' || parent.object !== node) return undefined;
  return parent.property.type === 'Identifier' && !parent.computed ? parent.property.name : undefined;
}

/** Whether an identifier only names a member or a key, and refers to nothing. */
function isName(node: Node, parent: Node | undefined): boolean {
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand;
}

function isType(node: Node): boolean {
  return /^TS(Interface|TypeAlias|TypeAnnotation|TypeParameter)/.test(node.type);
}
