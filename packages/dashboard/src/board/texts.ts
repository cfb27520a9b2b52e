import type { World } from '../wire/news.ts';
import type { Board, Bookmark } from './board.ts';

/** What a page is told next. */
export interface News {
  readonly event: 'world' | 'changes';

  /** JSON without its first field, which is the time: `"rows":[…],"entries":[…]}`. Empty where nothing is new. */
  readonly text: string;

  /** The same as bytes, for streams. */
  readonly bytes: Uint8Array;
  readonly bookmark: Bookmark;
}

/** So many texts are kept of one revision. Pages that keep up need one, those that skip revisions one for each gap. */
const MOST_TEXTS = 32;

/**
 * The news as text, made once a revision for all who have read equally far: a hundred pages cost what one does. The time is
 * not in it, because it passes between one page and the next.
 */
export class Texts {
  readonly #board: Board;
  readonly #setting: Pick<World, 'title' | 'controls'>;
  readonly #encoder = new TextEncoder();
  readonly #texts = new Map<string, News>();
  #of: Bookmark = { revision: -1, entry: -1 };

  constructor(board: Board, setting: Pick<World, 'title' | 'controls'>) {
    this.#board = board;
    this.#setting = setting;
  }

  /** What is new since then; everything, where that is not known or cannot be told. */
  since(bookmark: Bookmark | undefined): News {
    const now = this.#board.read();
    if (now.revision !== this.#of.revision || now.entry !== this.#of.entry) {
      this.#texts.clear();
      this.#of = now;
    }
    const key = bookmark ? `${bookmark.revision}.${bookmark.entry}` : '';
    const known = this.#texts.get(key);
    if (known) return known;
    const news = this.#newsSince(bookmark) ?? this.since(undefined);
    if (this.#texts.size < MOST_TEXTS) this.#texts.set(key, news);
    return news;
  }

  #newsSince(since: Bookmark | undefined): News | undefined {
    if (!since) {
      const { world, bookmark } = this.#board.world(this.#setting);
      return this.#news('world', world, bookmark);
    }
    const news = this.#board.changes(since);
    if (!news) return undefined;
    const { changes, bookmark } = news;
    const isEmpty = changes.rows.length + changes.entries.length + changes.gone.length === 0;
    return this.#news('changes', isEmpty ? undefined : changes, bookmark);
  }

  #news(event: News['event'], said: object | undefined, bookmark: Bookmark): News {
    const text = said ? JSON.stringify({ ...said, now: undefined }).slice(1) : '';
    return { event, text, bytes: this.#encoder.encode(text), bookmark };
  }
}
