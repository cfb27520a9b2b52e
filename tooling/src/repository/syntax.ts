import { type Comment, type Node, type Program, parseSync, visitorKeys } from 'oxc-parser';
import type { Repository } from './repository.ts';

/** A source file, parsed. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
}

const parsed = new WeakMap<Repository, Map<string, Source>>();

/** The sources whose paths match, each parsed once for all laws. A file that does not parse is an error. */
export function* sources(repository: Repository, paths: RegExp): Generator<Source> {
  const known = parsed.get(repository) ?? new Map<string, Source>();
  parsed.set(repository, known);
  for (const [path, text] of repository) {
    if (!paths.test(path)) continue;
    const source = known.get(path) ?? parse(path, text);
    known.set(path, source);
    yield source;
  }
}

/** Parses one source: TypeScript or JavaScript, as the file's name says. */
export function parse(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text, { sourceType: 'module' });
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0]?.message}`);
  return { path, text, program, comments };
}

/** Calls `visit` with each node and the nodes around it, innermost last. Children are skipped if it returns `false`. */
export function walk(node: Node, visit: (node: Node, around: readonly Node[]) => unknown, around: Node[] = []): void {
  if (visit(node, around) === false) return;
  around.push(node);
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key];
    for (const each of Array.isArray(child) ? child : [child]) if (each) walk(each, visit, around);
  }
  around.pop();
}

/** The line a position is on, counted from 1. */
export function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
