import type { Breaker, Millis } from '@switchgear/core';
import type { ObservedHistory } from '../history/observed-history.ts';
import type { BreakerRecord } from '../history/record.ts';
import type { Changes, World } from '../wire/news.ts';
import type { Row, Second } from '../wire/row.ts';
import { type Before, rowOf, secondsOf } from './row-of.ts';

/** How far a page has read. */
export interface Bookmark {
  readonly revision: number;
  readonly entry: number;
}

interface Kept {
  readonly row: Row;
  readonly text: string;
  readonly revision: number;
}

/** Rows are read again after this long, or when an entry was made. */
const STALE = 900;
const MINUTE = 60_000;

/**
 * What all pages see. Rows are read once for all of them and carry the revision in which they last changed, so that each page is
 * sent what it has not seen and no queue is kept for it: one that reads slowly skips some revisions.
 */
export class Board {
  readonly history: ObservedHistory;
  readonly #groupOf: (name: string) => string;
  #kept = new Map<string, Kept>();
  #gone: { readonly id: string; readonly revision: number }[] = [];
  #revision = 0;
  #readAt: Millis = Number.NEGATIVE_INFINITY;
  #readEntry = -1;

  constructor(history: ObservedHistory, groupOf: (name: string) => string) {
    this.history = history;
    this.#groupOf = groupOf;
  }

  /** Whether there may be something that a page has not seen. Costs next to nothing. */
  isNewSince({ entry }: Bookmark, readAt: Millis): boolean {
    return this.history.timeline.last > entry || this.now - readAt >= STALE || this.now < readAt;
  }

  get now(): Millis {
    return this.history.options.wall();
  }

  /** Reads what is stale, and says how far there is to read. */
  read(): Bookmark {
    this.#read();
    return { revision: this.#revision, entry: this.#readEntry };
  }

  world(setting: Pick<World, 'title' | 'controls'>): { readonly world: World; readonly bookmark: Bookmark } {
    const bookmark = this.read();
    const { history, now } = this;
    const seconds = new Map<string, readonly Second[]>();
    for (const [id, record] of history.records) {
      const last = secondsOf(record, now - MINUTE, now);
      if (last.length > 0) seconds.set(id, last);
    }
    const rows = [...this.#kept.values()].map(({ row }) => row);
    const { since, options } = history;
    const entries = history.timeline.all();
    // Own fields, whatever the breakers are called: `seconds['__proto__'] = last` would make none.
    const bySecond = Object.fromEntries(seconds);
    return {
      world: { now, ...setting, since, rows, seconds: bySecond, entries, outcomes: options.outcomes },
      bookmark,
    };
  }

  /** What is new since then; `undefined` if it can no longer be told, and the page has to be given everything. */
  changes(since: Bookmark): { readonly changes: Changes; readonly bookmark: Bookmark } | undefined {
    const bookmark = this.read();
    if (since.revision > bookmark.revision || since.entry > bookmark.entry) return undefined;
    const entries = this.history.timeline.after(since.entry);
    if (!entries) return undefined;
    const rows = [...this.#kept.values()].filter(({ revision }) => revision > since.revision).map(({ row }) => row);
    const gone = this.#gone.filter(({ revision }) => revision > since.revision).map(({ id }) => id);
    return { changes: { now: this.now, rows, entries, gone }, bookmark };
  }

  /** The row of one breaker as it is now. */
  row(id: string): Row | undefined {
    this.#read();
    return this.#kept.get(id)?.row;
  }

  #read(): void {
    const { history, now } = this;
    if (!this.isNewSince({ revision: this.#revision, entry: this.#readEntry }, this.#readAt)) return;
    const readAt = Math.max(this.#readAt, now - MINUTE);
    this.#readAt = now;
    this.#readEntry = history.timeline.last;
    this.#revision++;
    history.refresh();
    const before = this.#kept;
    this.#kept = new Map();
    for (const [id, record] of history.records) {
      const { breaker } = record;
      if (!breaker) continue;
      const known = before.get(id);
      const group = known?.row.group ?? this.#groupOf(id);
      const row = this.#rowOf(record, breaker, { row: known?.row, group, at: readAt });
      if (!row) continue;
      const text = JSON.stringify(row);
      this.#kept.set(id, known?.text === text ? known : { row, text, revision: this.#revision });
    }
    for (const id of before.keys()) if (!this.#kept.has(id)) this.#gone.push({ id, revision: this.#revision });
    // Who has not read for so long is given everything when it comes back to us.
    this.#gone = this.#gone.slice(-1_000);
  }

  /** A breaker that cannot be read is left out: the others are to be seen. */
  #rowOf(record: BreakerRecord, breaker: Breaker, before: Before): Row | undefined {
    try {
      return rowOf(record, breaker, this.now, before);
    } catch (error) {
      this.history.options.reporter.report(error, 'metrics');
      return undefined;
    }
  }
}
