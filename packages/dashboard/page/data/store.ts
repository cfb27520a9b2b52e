import type { Entry } from '../../src/history/entry.ts';
import type { Changes, World } from '../../src/wire/news.ts';
import type { Row, Second } from '../../src/wire/row.ts';

/** How the page hears of anything. */
export type Link = 'connecting' | 'live' | 'lost';

/** Entries that the page keeps, and orders of those who may not give any: those are not to push out the others. */
const ENTRIES = 300;
const REFUSED = 20;
const MINUTE = 60_000;

/** All that the page knows. Whoever draws is told after each change. */
export class Store {
  link: Link = 'connecting';
  /** Why the server does not let it connect. */
  trouble = '';
  title: string;
  rows: Map<string, Row> = new Map();
  seconds: Map<string, readonly Second[]> = new Map();
  /** Oldest first. */
  entries: readonly Entry[] = [];
  controls = false;
  outcomes = true;
  since = 0;
  /** What to add to this machine's time to have the server's. */
  #offset = 0;
  readonly #listeners = new Set<() => void>();

  constructor(title: string) {
    this.title = title;
  }

  /** The server's wall time. */
  get now(): number {
    return Date.now() + this.#offset;
  }

  /** The second it is in. All that counts down goes by it, so that two places never say different things. */
  get second(): number {
    return Math.floor(this.now / 1_000);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setLink(link: Link, trouble: string = ''): void {
    // Lost again is not another trouble.
    if (link === this.link && (trouble === '' || trouble === this.trouble)) return;
    this.link = link;
    this.trouble = trouble;
    this.#tell();
  }

  begin({ title, now, since, rows, seconds, entries, controls, outcomes }: World): void {
    this.#offset = now - Date.now();
    Object.assign(this, { link: 'live', trouble: '', title, since, entries, controls, outcomes });
    this.rows = new Map(rows.map((row) => [row.id, row]));
    this.seconds = new Map(Object.entries(seconds));
    this.#tell();
  }

  apply({ now, rows, entries, gone }: Changes): void {
    this.#offset = now - Date.now();
    Object.assign(this, { link: 'live', trouble: '' });
    for (const row of rows) {
      this.rows.set(row.id, row);
      if (row.seconds.length > 0) this.#remember(row.id, row.seconds, now);
    }
    for (const id of gone) this.rows.delete(id);
    if (entries.length > 0) this.entries = latest([...this.entries, ...entries]);
    this.#tell();
  }

  #remember(id: string, seconds: readonly Second[], now: number): void {
    const known = (this.seconds.get(id) ?? []).filter(([at]) => at >= now - MINUTE);
    const last = known.at(-1)?.[0] ?? 0;
    this.seconds.set(id, [...known, ...seconds.filter(([at]) => at > last)]);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function latest(entries: readonly Entry[]): readonly Entry[] {
  const refused = entries.filter(({ type }) => type === 'refused').slice(-REFUSED);
  const others = entries.filter(({ type }) => type !== 'refused').slice(-ENTRIES);
  return [...others, ...refused].sort((a, b) => a.number - b.number);
}
