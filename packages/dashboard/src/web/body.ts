import type { Context } from 'hono';

/** Longer than any order, in bytes. */
export const MOST_BYTES = 10_000;

/** Why a body was not read: it is longer than an order can be, or it does not come. */
export type Unread = 'long' | 'late';

/**
 * The text of a short body. It is read as it comes and no further than it may be long, so that a long one is never held.
 *
 * @param patience milliseconds that it may take
 */
export async function readBody(c: Context, patience: number): Promise<{ readonly text: string } | Unread> {
  if (Number(c.req.header('content-length')) > MOST_BYTES) return 'long';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, patience, 'late');
  });
  try {
    return await Promise.race([read(c), late]);
  } catch {
    // A client that has gone in the middle of it, or a body that the app has read itself and does not give on.
    return { text: '' };
  } finally {
    clearTimeout(timer);
  }
}

async function read(c: Context): Promise<{ readonly text: string } | 'long'> {
  const { body, bodyUsed } = c.req.raw;
  // Something in front of us has read it: Hono has kept it.
  if (bodyUsed) return { text: await c.req.text() };
  if (!body) return { text: '' };
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return { text: text + decoder.decode() };
    length += value.byteLength;
    // Not cancelled: on Node that would cut the connection, and the client is to have its answer.
    if (length > MOST_BYTES) return 'long';
    text += decoder.decode(value, { stream: true });
  }
}
