import type { Context } from 'hono';
import { type SSEMessage, streamSSE } from 'hono/streaming';
import type { Board, Bookmark } from '../board/board.ts';
import type { World } from '../wire/news.ts';

/** How often a connection looks for moves, how long the client waits before it comes back, and the longest silence. */
const LOOK = 200;
const RETRY = 2_000;
const HEARTBEAT = 10_000;

/**
 * What happens, as it happens. Each connection looks for itself, with a timer of its own: on Workers no request may wake another,
 * and nobody connected means no timer. Nothing is kept for a client that reads slowly, for the write is awaited.
 *
 * @param instance names this board among those before and after it, so that bookmarks of another are worth nothing
 */
export function sendEvents(
  c: Context,
  board: Board,
  setting: Pick<World, 'title' | 'controls'>,
  instance: string,
): Response {
  const after = bookmarkOf(c.req.header('last-event-id') ?? c.req.query('after'), instance);
  return streamSSE(c, async (stream) => {
    let bookmark: Bookmark | undefined = after;
    let lookedAt = Number.NEGATIVE_INFINITY;
    let sentAt = board.now;
    const send = async (message: SSEMessage): Promise<void> => {
      sentAt = board.now;
      await stream.writeSSE(message);
    };
    while (!stream.aborted && !stream.closed) {
      if (!bookmark || board.isNewSince(bookmark, lookedAt)) {
        lookedAt = board.now;
        const news = newsSince(board, bookmark, setting);
        bookmark = news.bookmark;
        const id = `${instance}.${bookmark.revision}.${bookmark.entry}`;
        if (news.data) await send({ event: news.event, data: JSON.stringify(news.data), id, retry: RETRY });
      }
      if (board.now - sentAt >= HEARTBEAT) await send({ event: 'heartbeat', data: String(board.now) });
      await stream.sleep(LOOK);
    }
  });
}

interface News {
  readonly event: 'world' | 'changes';
  readonly data: object | undefined;
  readonly bookmark: Bookmark;
}

function newsSince(board: Board, since: Bookmark | undefined, setting: Pick<World, 'title' | 'controls'>): News {
  const news = since && board.changes(since);
  if (!news) {
    const { world, bookmark } = board.world(setting);
    return { event: 'world', data: world, bookmark };
  }
  const { changes, bookmark } = news;
  const isEmpty = changes.rows.length + changes.entries.length + changes.gone.length === 0;
  return { event: 'changes', data: isEmpty ? undefined : changes, bookmark };
}

function bookmarkOf(id: string | undefined, instance: string): Bookmark | undefined {
  const [of, revision, entry] = (id ?? '').split('.');
  const bookmark = { revision: Number(revision), entry: Number(entry) };
  return of === instance && Number.isSafeInteger(bookmark.revision + bookmark.entry) ? bookmark : undefined;
}
