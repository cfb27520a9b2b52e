import type { Breaker, Millis } from '@switchgear/core';
import type { ObservedHistory } from '../history/observed-history.ts';
import type { BreakerRecord } from '../history/record.ts';
import type { Changes, FullState, Row, Second } from '../wire/messages.ts';
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

/** Milliseconds after which rows are read again; a new entry also causes that. */
const STALE = 900;
const MINUTE = 60_000;

/**
 * The state that all pages share. Rows are read once for all pages and carry the revision in which they last changed. So each page
 * gets exactly what it has not seen, without a queue of its own; a slow reader skips revisions.
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

  /** Whether there may be news for a page. Cheap. */
  isNewSince({ entry }: Bookmark, readAt: Millis): boolean {
    return this.history.timeline.last > entry || this.now - readAt >= STALE || this.now < readAt;
  }

  get now(): Millis {
    return this.history.options.wall();
  }

  /** Refreshes stale rows and returns the latest revision. */
  read(): Bookmark {
    this.#read();
    return { revision: this.#revision, entry: this.#readEntry };
  }

  fullState(setting: Pick<FullState, 'title' | 'controls' | 'sharing' | 'trees'>): {
    readonly state: FullState;
    readonly bookmark: Bookmark;
  } {
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
    // fromEntries makes own properties for every name; `seconds['__proto__'] = last` would not.
    const bySecond = Object.fromEntries(seconds);
    return {
      state: { now, ...setting, since, rows, seconds: bySecond, entries, outcomes: options.outcomes },
      bookmark,
    };
  }

  /** The changes since a bookmark; `undefined` if some are forgotten and the page needs the full state. */
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
    // A page that has fallen further behind gets the full state.
    this.#gone = this.#gone.slice(-1_000);
  }

  /** Leaves out a breaker that cannot be read, so that the others are still shown. */
  #rowOf(record: BreakerRecord, breaker: Breaker, before: Before): Row | undefined {
    try {
      return rowOf(record, breaker, this.now, before);
    } catch (error) {
      this.history.options.reporter.report(error, 'metrics');
      return undefined;
    }
  }
}
