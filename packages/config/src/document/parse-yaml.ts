import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
} from 'yaml';
import type { Account } from './account.ts';
import { DEEPEST } from './from-object.ts';
import { type Place, type Position, pathTo } from './place.ts';
import { type Environment, filledIn } from './placeholders.ts';

/** The most values that are read. Aliases of aliases can make millions of a few lines. */
const MOST_PLACES = 200_000;

/** Reads YAML, and JSON, which is YAML too. Returns a place for each document that is not empty. */
export function parseYaml(text: string, account: Account, env: Environment | undefined): Place[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, merge: true, prettyErrors: false, logLevel: 'silent' });
  const reader = new Reader(account, lineCounter, env);
  return [...documents].flatMap((document) => reader.document(document) ?? []);
}

class Reader {
  readonly #account: Account;
  readonly #lines: LineCounter;
  readonly #env: Environment | undefined;
  #places = 0;

  constructor(account: Account, lines: LineCounter, env: Environment | undefined) {
    this.#account = account;
    this.#lines = lines;
    this.#env = env;
  }

  document(document: Document.Parsed): Place | undefined {
    for (const { pos, message } of document.errors) {
      const [first = ''] = message.split('\n');
      this.#account.problem({ path: '', key: '' }, `the text cannot be read: ${first}`, this.#at(pos[0]));
    }
    const { contents } = document;
    if (document.errors.length > 0 || contents === null) return undefined;
    const root = this.#place(contents, document, { path: '', key: '', keyAt: this.#of(contents) }, 0);
    return root.value === null ? undefined : root;
  }

  #place(node: Node, document: Document, as: Pick<Place, 'path' | 'key' | 'keyAt'>, depth: number): Place {
    const at = this.#of(node) ?? as.keyAt;
    if (++this.#places > MOST_PLACES || depth > DEEPEST) {
      if (this.#places === MOST_PLACES + 1 || depth === DEEPEST + 1)
        this.#account.problem({ ...as, at }, `${as.key} goes on without end: does an anchor contain itself?`);
      return { ...as, at, value: undefined };
    }
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target) return { ...this.#place(target, document, as, depth + 1), at };
      this.#account.problem(
        { ...as, at },
        `*${node.source} has no anchor: write &${node.source} before the value it stands for`,
      );
      return { ...as, at, value: undefined };
    }
    if (isSeq(node)) {
      const items = node.items.map((item, index) =>
        this.#place(item as Node, document, { path: `${as.path}[${index}]`, key: String(index), keyAt: at }, depth + 1),
      );
      return { ...as, at, items };
    }
    if (isMap(node)) return { ...as, at, entries: this.#entries(node.items as Pair[], document, as.path, depth) };
    const value = isScalar(node) ? node.value : undefined;
    const filled = filledIn(value, this.#env);
    return { ...as, at, value: filled, ...(filled !== value && { shown: String(value) }) };
  }

  #entries(pairs: readonly Pair[], document: Document, path: string, depth: number): Map<string, Place> {
    const entries = new Map<string, Place>();
    const own = new Set<string>();
    for (const { key, value } of pairs) {
      const isMerge = isScalar(key) && (typeof key.value === 'symbol' || key.value === '<<');
      const name = isMerge ? '<<' : String(isScalar(key) ? key.value : key);
      const as = { path: pathTo(path, name), key: name, keyAt: this.#of(key as Node) };
      if (isMerge) {
        const merged = this.#place(value as Node, document, { ...as, path }, depth + 1);
        for (const source of merged.items ?? [merged]) {
          for (const [inherited, place] of source.entries ?? []) {
            if (!own.has(inherited)) entries.set(inherited, place);
          }
        }
        continue;
      }
      own.add(name);
      entries.set(
        name,
        value ? this.#place(value as Node, document, as, depth + 1) : { ...as, at: as.keyAt, value: null },
      );
    }
    return entries;
  }

  #of(node: Node | null | undefined): Position | undefined {
    return node?.range ? this.#at(node.range[0]) : undefined;
  }

  #at(offset: number): Position {
    const { line, col: column } = this.#lines.linePos(offset);
    return { line, column };
  }
}
