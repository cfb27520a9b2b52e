import type { Entry } from '../../src/history/history.ts';
import type { Changes, FullState, Row, Second } from '../../src/wire/messages.ts';

/** The state of the connection to the server. */
export type Link = 'connecting' | 'live' | 'lost';

/** Entries that the page keeps. Refused orders have a limit of their own, so that they cannot push out the others. */
const ENTRIES = 300;
const REFUSED = 20;
const MINUTE = 60_000;

/** The state of the page. Subscribers are notified after each change. */
export class Store {
  link: Link = 'connecting';
  /** Why the server refuses the connection. */
  trouble = '';
  title: string;
  rows: Map<string, Row> = new Map();
  seconds: Map<string, readonly Second[]> = new Map();
  /** Oldest first. */
  entries: readonly Entry[] = [];
  controls = false;
  sharing = false;
  trees = false;
  outcomes = true;
  since = 0;
  /** Difference between the server's clock and this machine's, in milliseconds. */
  #offset = 0;
  readonly #listeners = new Set<() => void>();

  constructor(title: string) {
    this.title = title;
  }

  /** The server's wall time. */
  get now(): number {
    return Date.now() + this.#offset;
  }

  /** The current second of the server. All countdowns use it, so that they agree. */
  get second(): number {
    return Math.floor(this.now / 1_000);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setLink(link: Link, trouble: string = ''): void {
    // A repeated loss changes nothing.
    if (link === this.link && (trouble === '' || trouble === this.trouble)) return;
    this.link = link;
    this.trouble = trouble;
    this.#tell();
  }

  replace({ title, now, since, rows, seconds, entries, controls, sharing, trees, outcomes }: FullState): void {
    this.#offset = now - Date.now();
    Object.assign(this, { link: 'live', trouble: '', title, since, entries, controls, sharing, trees, outcomes });
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
