import { read } from '@switchgear/core/adapter';

/** What can be done with a protection, whatever copy of this module has made it. */
export interface Marked {
  eject(): void;
}

/** Looked up when it is needed, because nothing happens at import. */
function markOf(): symbol {
  return Symbol.for('@switchgear/pg/protection');
}

/** The protection that a pool has at present. */
export function protectionOf(pool: object): Marked | undefined {
  return read(pool, markOf()) as Marked | undefined;
}

/** Says on the pool itself which protection it has, so that every copy of this module knows. */
export function mark(pool: object, protection: Marked): void {
  Object.defineProperty(pool, markOf(), { value: protection, configurable: true, enumerable: false });
}

/** The pool has no protection any more. */
export function unmark(pool: object): void {
  Reflect.deleteProperty(pool, markOf());
}
