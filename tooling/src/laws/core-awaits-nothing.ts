import type { Node } from 'oxc-parser';
import { importsOf } from '../repository/imports.ts';
import type { Repository } from '../repository/repository.ts';
import { type Source, sources, walk } from '../repository/syntax.ts';
import { at, type Law } from './law.ts';

/** A refusal rejects a new promise because no call was made whose promise could be rejected. */
const REFUSALS = 'packages/core/src/call/promise.ts';

const CORE = /^packages\/core\/src\//;
const OTHERS = /^packages\/(?!core\/)[^/]+\/src\//;

/** What companies send over: their drivers may wait, beside the calls. */
const PORTS: readonly string[] = ['Bus', 'Connection', 'Register'];

/**
 * `run` derives one promise from the call. Waiting for anything else would delay the call. A company is told of each call
 * synchronously, so the file of one may not wait either, nor may what it imports. A driver of a bus may, but it must not
 * stop the thread that makes the calls.
 */
export const coreAwaitsNothing: Law = {
  name: 'the call path awaits nothing but the call',
  *check(repository) {
    for (const source of sources(repository, CORE)) yield* found(source, waits, 'in core');
    for (const source of ofCompanies(repository))
      yield* found(source, waits, 'in what a company does while it is told');
    for (const source of sources(repository, OTHERS)) {
      if (names(source, PORTS)) yield* found(source, blocks, 'in a driver, which stops all calls');
    }
  },
};

function found(source: Source, what: (node: Node, path: string) => string | undefined, where: string) {
  const violations: ReturnType<typeof at>[] = [];
  walk(source.program, (node) => {
    const wrong = what(node, source.path);
    if (wrong) violations.push(at(source, node.start, `${wrong} ${where}`));
  });
  return violations;
}

function waits(node: Node, path: string): string | undefined {
  if (node.type === 'AwaitExpression') return 'await';
  if (node.type === 'ForOfStatement' && node.await) return 'for await';
  if ('async' in node && node.async) return 'an async function';
  return path !== REFUSALS && isNewPromise(node) ? 'a promise of our own' : undefined;
}

function isNewPromise(node: Node): boolean {
  return node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'Promise';
}

/** `Atomics.wait`, `execSync`: what returns only when something else is done. */
function blocks(node: Node): string | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name.endsWith('Sync') ? callee.name : undefined;
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  const { name } = callee.property;
  const isWait = name === 'wait' && callee.object.type === 'Identifier' && callee.object.name === 'Atomics';
  return isWait || name.endsWith('Sync') ? name : undefined;
}

/** The files in which a class or an object is a company, and those that they import, but for types. */
function ofCompanies(repository: Repository): Iterable<Source> {
  const all = new Map([...sources(repository, OTHERS)].map((source) => [source.path, source]));
  const reached = new Set([...all.values()].filter((source) => isOfCompany(source)));
  for (const source of reached) {
    for (const { path, typeOnly } of importsOf(source)) {
      const imported = typeOnly || path === undefined ? undefined : all.get(path);
      // A set that grows while it is walked is walked to its end.
      if (imported) reached.add(imported);
    }
  }
  return reached;
}

function isOfCompany(source: Source): boolean {
  let is = false;
  walk(source.program, (node) => {
    if (node.type === 'ClassDeclaration')
      is ||= Boolean(node.implements?.some((each) => isNamed(each.expression, COMPANY)));
    if (node.type === 'VariableDeclarator') is ||= isTyped(node.id, COMPANY);
  });
  return is;
}

const COMPANY: readonly string[] = ['Company'];

function isTyped(node: Node, of: readonly string[]): boolean {
  const type = 'typeAnnotation' in node ? (node.typeAnnotation as { typeAnnotation?: Node } | null) : null;
  const named = type?.typeAnnotation;
  return named?.type === 'TSTypeReference' && isNamed(named.typeName as Node, of);
}

function isNamed(node: Node, names: readonly string[]): boolean {
  return node.type === 'Identifier' && names.includes(node.name);
}

/** Whether a file mentions one of these types. */
function names(source: Source, types: readonly string[]): boolean {
  let does = false;
  walk(source.program, (node) => {
    if (node.type === 'TSTypeReference') does ||= isNamed(node.typeName as Node, types);
    if (node.type === 'ClassDeclaration')
      does ||= Boolean(node.implements?.some((each) => isNamed(each.expression, types)));
  });
  return does;
}
