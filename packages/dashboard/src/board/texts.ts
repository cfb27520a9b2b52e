import type { FullState } from '../wire/messages.ts';
import type { Board, Bookmark } from './board.ts';

/** The next message for a page. */
export interface Update {
  readonly event: 'state' | 'changes';

  /** JSON without its first field, which is the time: `"rows":[…],"entries":[…]}`. Empty if nothing is new. */
  readonly text: string;

  /** The same as bytes, for streams. */
  readonly bytes: Uint8Array;
  readonly bookmark: Bookmark;
}

/** Texts cached per revision: pages that keep up share one, and each distance behind needs another. */
const MOST_TEXTS = 32;

/**
 * The messages as text, serialised once per revision for all pages at the same bookmark, so a hundred pages cost what one does.
 * The time is left out, because it differs from page to page.
 */
export class Updates {
  readonly #board: Board;
  readonly #setting: Pick<FullState, 'title' | 'controls' | 'sharing' | 'trees'>;
  readonly #encoder = new TextEncoder();
  readonly #texts = new Map<string, Update>();
  #of: Bookmark = { revision: -1, entry: -1 };

  constructor(board: Board, setting: Pick<FullState, 'title' | 'controls' | 'sharing' | 'trees'>) {
    this.#board = board;
    this.#setting = setting;
  }

  /** The changes since a bookmark, or the full state if there is no bookmark or changes are forgotten. */
  since(bookmark: Bookmark | undefined): Update {
    const now = this.#board.read();
    if (now.revision !== this.#of.revision || now.entry !== this.#of.entry) {
      this.#texts.clear();
      this.#of = now;
    }
    const key = bookmark ? `${bookmark.revision}.${bookmark.entry}` : '';
    const known = this.#texts.get(key);
    if (known) return known;
    const update = this.#updateSince(bookmark) ?? this.since(undefined);
    if (this.#texts.size < MOST_TEXTS) this.#texts.set(key, update);
    return update;
  }

  #updateSince(since: Bookmark | undefined): Update | undefined {
    if (!since) {
      const { state, bookmark } = this.#board.fullState(this.#setting);
      return this.#update('state', state, bookmark);
    }
    const update = this.#board.changes(since);
    if (!update) return undefined;
    const { changes, bookmark } = update;
    const isEmpty = changes.rows.length + changes.entries.length + changes.gone.length === 0;
    return this.#update('changes', isEmpty ? undefined : changes, bookmark);
  }

  #update(event: Update['event'], content: object | undefined, bookmark: Bookmark): Update {
    const text = content ? JSON.stringify({ ...content, now: undefined }).slice(1) : '';
    return { event, text, bytes: this.#encoder.encode(text), bookmark };
  }
}
