import type { Context } from 'hono';

/** The longest body that is read, in bytes; every order is shorter. */
export const MOST_BYTES = 10_000;

/** Why a body was not read: it is too long, or did not arrive in time. */
export type Unread = 'long' | 'late';

/**
 * Reads a short body as text. It stops at the limit, so that a long body is never buffered.
 *
 * @param patience the longest time it may take, in milliseconds
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
    // The client disconnected, or the app consumed the body itself.
    return { text: '' };
  } finally {
    clearTimeout(timer);
  }
}

async function read(c: Context): Promise<{ readonly text: string } | 'long'> {
  const { body, bodyUsed } = c.req.raw;
  // A middleware has read it; Hono caches the text.
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
    // Not cancelled: on Node that would close the connection before the client has its answer.
    if (length > MOST_BYTES) return 'long';
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * Why a request comes neither from the dashboard's own page nor from an allowed origin; `undefined` if it does. Browsers send `Origin`
 * with every POST, so a request without it is not from a page. Only the host is compared, because a proxy may change scheme and port.
 */
export function whyForeign({ req }: Context, origins: readonly string[]): string | undefined {
  const origin = req.header('origin');
  if (origin === undefined) return 'The header Origin is missing; orders must come from the page of the dashboard.';
  if (req.header('sec-fetch-site') === 'cross-site')
    return 'Orders must come from the page of the dashboard, not from another site.';
  if (origins.includes(origin)) return undefined;
  const from = urlOf(origin);
  const here = req.header('host') ?? urlOf(req.url)?.host ?? '';
  // Normalised like the page's own address: `SHOP.example:443` of an https page is `shop.example`.
  if (from && from.host !== '' && from.host === urlOf(`${from.protocol}//${here}`)?.host) return undefined;
  return (
    `Orders must come from the page of the dashboard: this one is from ${origin}, and the dashboard is at ${here}. ` +
    'Behind a proxy that changes the host, add the origin to the option origins.'
  );
}

function urlOf(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
