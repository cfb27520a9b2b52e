import { read } from '@switchgear/core/adapter';
import type { Context } from 'hono';
import type { Board, Bookmark } from '../board/board.ts';
import type { Updates } from '../board/texts.ts';
import { EventStream } from './event-stream.ts';
import type { Streams } from './streams.ts';

/** Seconds after which a client without a stream may try again. */
const AGAIN = 5;

/** Streams the events: first the full state or the missed changes, then each change. */
export function sendEvents(c: Context, board: Board, texts: Updates, streams: Streams, instance: string): Response {
  const place = streams.take(board.now);
  if (!place) {
    c.header('Retry-After', String(AGAIN));
    const error = `All ${streams.most} event streams of this dashboard are in use; its option streams sets the limit.`;
    return c.json({ error }, 503);
  }
  const after = bookmarkOf(c.req.header('last-event-id') ?? c.req.query('after'), instance);
  const source = new EventStream({ board, texts, place, instance, after, hangUp: () => hangUp(c.env) });
  // Old versions of Bun do not cancel the stream when the client disconnects.
  c.req.raw.signal?.addEventListener('abort', () => source.close(), { once: true });
  c.header('Content-Type', 'text/event-stream');
  return c.body(new ReadableStream(source));
}

/** Destroys the connection on Node, whose server otherwise waits until the client reads on. */
function hangUp(env: unknown): boolean {
  const outgoing = read(env, 'outgoing') as { destroy(): void } | undefined;
  const isNode = typeof read(outgoing, 'destroy') === 'function';
  if (isNode) outgoing?.destroy();
  return isNode;
}

function bookmarkOf(id: string | undefined, instance: string): Bookmark | undefined {
  const [of, revision, entry] = (id ?? '').split('.', 3);
  const bookmark = { revision: Number(revision), entry: Number(entry) };
  const isOne = Object.values(bookmark).every((number) => Number.isSafeInteger(number) && number >= 0);
  return of === instance && isOne ? bookmark : undefined;
}
