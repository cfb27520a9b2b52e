import { readFileSync, type Stats, type StatsListener, statSync, unwatchFile, watchFile } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WatchEvent } from './watch-options.ts';

/** A file that is still being written grows; so one that has changed must be the same after this many milliseconds. */
const SETTLED = 250;

/**
 * One watched file. Its state is asked for at intervals (`fs.watchFile`), because events of the file system miss what
 * happens behind a symbolic link, on network file systems and in mounts of containers.
 */
export class WatchedFile {
  /** What it is called in errors. */
  readonly name: string;
  readonly #path: string;
  readonly #every: number;
  readonly #change: (text: string, name: string) => void;
  readonly #tell: (event: WatchEvent) => void;
  readonly #listener: StatsListener;
  #text: string | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

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
    this.#listener = (now) => this.#settle(now);
    watchFile(this.#path, { interval: every, persistent: false }, this.#listener);
  }

  /** The text now. Remembers it, so that only another one is a change. */
  read(): string {
    try {
      this.#text = readFileSync(this.#path, 'utf8');
      return this.#text;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Looks at the file now, without waiting for it to settle. */
  check(): void {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      this.#tell({ type: 'missing', file: this.name, error });
      this.#text = undefined;
      return;
    }
    if (text === this.#text) return;
    this.#text = text;
    try {
      this.#change(text, this.name);
    } catch (error) {
      this.#tell({ type: 'refused', file: this.name, error });
    }
  }

  close(): void {
    unwatchFile(this.#path, this.#listener);
    clearTimeout(this.#settling);
  }

  #settle(seen: Stats): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(
      () => {
        const now = statSync(this.#path, { throwIfNoEntry: false });
        if (now && !isSame(now, seen)) this.#settle(now);
        else this.check();
      },
      Math.min(SETTLED, this.#every),
    );
    this.#settling.unref();
  }
}

function isSame(one: Stats, other: Stats): boolean {
  return one.mtimeMs === other.mtimeMs && one.size === other.size && one.ino === other.ino;
}
