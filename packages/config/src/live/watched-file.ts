import { readFileSync, type Stats, stat, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WatchEvent } from './watch-options.ts';

/** A file that is being written grows; so one that has changed must be the same after this many milliseconds. */
const SETTLED = 250;

/**
 * One watched file. Its state is asked for at intervals, because events of the file system miss what happens behind a symbolic
 * link, on network file systems and in mounts of containers. It is compared with the state before the last reading, so no change
 * falls between a reading and the watch.
 */
export class WatchedFile {
  /** What it is called in errors. */
  readonly name: string;
  readonly #path: string;
  readonly #every: number;
  readonly #change: (text: string, name: string) => void;
  readonly #tell: (event: WatchEvent) => void;
  #text: string | undefined;
  /** The state of the file that was read last. */
  #read: Stats | undefined;
  /** A state that differs, and has to last until it is read. */
  #pending: Stats | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** @param change receives the text of each change; what it throws is told as a file that was refused */
  constructor(
    file: string | URL,
    { every = 2_000 }: { readonly every?: number },
    change: (text: string, name: string) => void,
    tell: (event: WatchEvent) => void,
  ) {
    this.#path = typeof file === 'string' ? file : fileURLToPath(file);
    this.name = this.#path;
    this.#every = every;
    this.#change = change;
    this.#tell = tell;
    this.#askIn(every);
  }

  /** The text now. Remembers it, so that only another one is a change. */
  read(): string {
    try {
      this.#read = statSync(this.#path);
      this.#text = readFileSync(this.#path, 'utf8');
      return this.#text;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Looks at the file now, without waiting for it to settle. */
  check(): void {
    const before = this.#text;
    try {
      this.#read = statSync(this.#path);
      this.#text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      const wasThere = this.#read !== undefined;
      this.#read = undefined;
      this.#text = undefined;
      if (wasThere || before !== undefined) this.#tell({ type: 'missing', file: this.name, error });
      return;
    }
    if (this.#text === before) return;
    try {
      this.#change(this.#text, this.name);
    } catch (error) {
      this.#tell({ type: 'refused', file: this.name, error });
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #askIn(ms: number): void {
    this.#timer = setTimeout(() => stat(this.#path, (_error, now: Stats | undefined) => this.#look(now)), ms);
    // A watched file keeps no process alive.
    this.#timer.unref();
  }

  #look(now: Stats | undefined): void {
    if (this.#closed) return;
    const differs = !isSame(now, this.#read);
    const hasSettled = now !== undefined && isSame(now, this.#pending);
    this.#pending = differs && !hasSettled ? now : undefined;
    if (differs && (hasSettled || now === undefined)) this.check();
    this.#askIn(differs && !hasSettled ? Math.min(SETTLED, this.#every) : this.#every);
  }
}

function isSame(one: Stats | undefined, other: Stats | undefined): boolean {
  if (!one || !other) return one === other;
  return (
    one.mtimeMs === other.mtimeMs && one.ctimeMs === other.ctimeMs && one.size === other.size && one.ino === other.ino
  );
}
