import type { Node } from 'oxc-parser';
import { type Source, walk } from '../repository/syntax.ts';

/** The modules that a CommonJS file requires. */
export function requiresOf({ program }: Source): string[] {
  const found: string[] = [];
  walk(program, (node) => {
    const specifier = requiredBy(node);
    if (specifier !== undefined) found.push(specifier);
  });
  return found;
}

/**
 * The statements of a CommonJS bundle without those that every such file has: the directive, exports, requires, and the
 * bundler's helpers that make the default export of a required module.
 */
export function ownStatements({ program, text }: Source): Source['program']['body'] {
  return program.body.filter((statement) => !isWiring(statement, text));
}

function isWiring(statement: Node, text: string): boolean {
  if (statement.type === 'VariableDeclaration') {
    return statement.declarations.every(
      ({ id, init }) => (init && requiredBy(init) !== undefined) || (id.type === 'Identifier' && HELPERS.has(id.name)),
    );
  }
  if (statement.type !== 'ExpressionStatement') return false;
  const written = text.slice(statement.start, statement.end);
  return statement.directive === 'use strict' || EXPORTS.test(written) || DEFAULT_OF.test(written);
}

/**
 * `exports.run = run;`, the forms that mark a module or hand on a name of another one, and the one that makes the module itself
 * one of its functions.
 */
const EXPORTS =
  /^(?:exports\.\w+ = [\w.]+;|Object\.defineProperty\(exports, |module\.exports = Object\.defineProperties\(exports\.\w+, Object\.getOwnPropertyDescriptors\(exports\)\);$)/;

/** `axios = __toESM(axios, 1);` */
const DEFAULT_OF = /^(\w+) = __toESM\(\1, 1\);$/;

const HELPERS = new Set([
  '__create',
  '__defProp',
  '__getOwnPropDesc',
  '__getOwnPropNames',
  '__getProtoOf',
  '__hasOwnProp',
  '__copyProps',
  '__toESM',
]);

function requiredBy(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined;
  const [specifier] = node.arguments;
  return specifier?.type === 'Literal' && typeof specifier.value === 'string' ? specifier.value : undefined;
}
