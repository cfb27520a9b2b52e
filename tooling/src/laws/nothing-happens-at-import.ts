import type { CallExpression, Class, Expression, Node } from 'oxc-parser';
import { type Source, sources } from '../repository/syntax.ts';
import { at, type Law, type Violation } from './law.ts';

/** Importing a package declares names and does nothing else: no call, no listener, no reading of the runtime. */
export const nothingHappensAtImport: Law = {
  name: 'nothing happens when a package is imported',
  *check(repository) {
    for (const source of sources(repository, /^packages\/[^/]+\/src\/.*\.ts$/)) yield* effectsOf(source);
  },
};

/** The statements of a module that do more than declare. Works on sources and on bundles alike. */
export function* effectsOf(source: Source): Generator<Violation> {
  for (const statement of source.program.body) {
    if (!declares(statement)) yield at(source, statement.start, 'runs at import');
  }
}

function declares(node: Node): boolean {
  switch (node.type) {
    case 'ExportNamedDeclaration':
      return node.declaration === null || declares(node.declaration);
    case 'VariableDeclaration':
      return node.declarations.every(({ init }) => init === null || isInert(init));
    case 'ClassDeclaration':
      return isInertClass(node);
    case 'ImportDeclaration':
      // A relative import may name nothing, because the module it loads is checked too.
      return node.specifiers.length > 0 || node.source.value.startsWith('.');
    case 'ExportAllDeclaration':
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSModuleDeclaration':
      return true;
    default:
      return false;
  }
}

/** Functions that only make a new value of what they are given. `whenRead` is that of presets. */
const MAKES = new Set(['whenRead', 'Object.freeze', 'Symbol.for', 'Symbol', 'Array.from', 'Number', 'String']);
const HOLDS = new Set(['Map', 'Set', 'WeakMap', 'WeakSet']);

/** Whether computing a value touches nothing but the value. */
function isInert(node: Node): boolean {
  switch (node.type) {
    case 'Literal':
    case 'Identifier':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true;
    case 'ClassExpression':
      return isInertClass(node);
    case 'MemberExpression':
      return !node.computed && node.object.type === 'Identifier' && /^(Number|Math|Symbol)$/.test(node.object.name);
    case 'TemplateLiteral':
      return node.expressions.every(isInert);
    case 'UnaryExpression':
      return node.operator !== 'delete' && isInert(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isInert(node.left) && isInert(node.right);
    case 'ConditionalExpression':
      return [node.test, node.consequent, node.alternate].every(isInert);
    case 'ArrayExpression':
      return node.elements.every((each) => each === null || isInert(each));
    case 'SpreadElement':
      return isInert(node.argument);
    case 'ObjectExpression':
      return node.properties.every((each) =>
        each.type === 'SpreadElement' ? isInert(each) : isInert(each.value) && (!each.computed || isInert(each.key)),
      );
    case 'CallExpression':
      return isResolved(node) || isDressed(node) || (MAKES.has(nameOf(node.callee)) && node.arguments.every(isInert));
    case 'NewExpression':
      return HOLDS.has(nameOf(node.callee)) && node.arguments.every(isInert);
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return isInert(node.expression);
    default:
      return false;
  }
}

/** An already resolved promise as a constant: the one promise that calls may share. */
function isResolved(node: Expression): boolean {
  return node.type === 'CallExpression' && nameOf(node.callee) === 'Promise.resolve' && node.arguments.length === 0;
}

/** A function that is written here, with properties: hosts know a plugin by some. */
function isDressed({ callee, arguments: given }: CallExpression): boolean {
  const isFunction = /^(ArrowFunction|Function)Expression$/.test(given[0]?.type ?? '');
  return nameOf(callee) === 'Object.assign' && isFunction && given.every(isInert);
}

function isInertClass(node: Class): boolean {
  return node.body.body.every((member) => {
    if (member.type === 'StaticBlock') return member.body.every((statement) => dressesItself(statement, node));
    if (member.type === 'PropertyDefinition') return !member.static || member.value === null || isInert(member.value);
    return true;
  });
}

/** Adds members to the class's own prototype, in an `if` where not every engine has them: part of declaring the class. */
function dressesItself(statement: Node, owner: Class): boolean {
  if (statement.type === 'VariableDeclaration') return declares(statement);
  if (statement.type === 'IfStatement') {
    return statement.alternate === null && isInert(statement.test) && dressesItself(statement.consequent, owner);
  }
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return false;
  const { callee, arguments: given } = statement.expression;
  const [target, ...values] = given;
  if (!/^Object\.(assign|defineProperty)$/.test(nameOf(callee)) || target?.type !== 'MemberExpression') return false;
  return nameOf(target) === `${owner.id?.name}.prototype` && values.every(isInert);
}

/** `Object.freeze` of the callee of `Object.freeze(x)`; empty for anything that is not a plain path of names. */
function nameOf(node: Expression | Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return '';
  return `${nameOf(node.object)}.${node.property.name}`;
}
