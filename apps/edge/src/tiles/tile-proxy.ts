import { failureRate, ramp } from '@switchgear/core';
import { type Breaker, breakerFetch, createBreaker, isBreakerResponse } from '@switchgear/fetch';
import { type Bus, type Sharing, share } from '@switchgear/sharing';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { Copies, type Copy } from '../last-good-copy.ts';

/** What a tile proxy needs. */
export interface TileProxyOptions {
  /** Where the tile server is, without a slash at the end. */
  readonly tiles: string;

  /** How the proxies hear of each other. */
  readonly bus: Bus;

  /** Called with what the sharing has to say. */
  readonly log?: (line: string) => void;
}

/** One instance of the proxy. */
export interface TileProxy {
  readonly app: Hono;
  readonly breaker: Breaker;
  readonly sharing: Sharing;
}

/** A tile that takes longer is not worth waiting for. */
const TIME_LIMIT = 2_000;
/** A map of last week is better than none. */
const OLDEST = 7 * 86_400_000;

/**
 * A proxy before a tile server. All its instances share what they know of the server: they notice together that it is down, serve
 * their last good copies meanwhile, and send it a twentieth, a quarter and then all of the traffic when it comes back.
 */
export function createTileProxy({ tiles, bus, log = () => {} }: TileProxyOptions): TileProxy {
  const breaker = createBreaker({
    name: 'tiles',
    openWhen: failureRate(0.5, { minimumCalls: 20 }),
    // Caches of a tile server are cold after an outage, and every map asks for all of its tiles at once.
    recover: ramp([0.05, 0.25, 1]),
  });
  const sharing = share(breaker, {
    group: 'maps',
    bus,
    onEvent: (event) => log(event.type === 'fault' ? String(event.error) : event.type),
  });
  const fetchTile = breakerFetch({ breaker, onOpen: 'respond' });
  const copies = new Copies({ max: 2_000, longest: 65_536, oldest: OLDEST });

  const app = new Hono();
  app.use(cors({ origin: '*', exposeHeaders: ['Retry-After', 'X-Copy-Age-Ms'] }));
  app.get('/tiles/*', async (c) => {
    const { path } = c.req;
    const answer = await fetchTile(tiles + path, { signal: AbortSignal.timeout(TIME_LIMIT) }).catch(() => undefined);
    if (answer?.ok) {
      const copy = { body: await answer.text(), type: answer.headers.get('content-type') ?? '', at: Date.now() };
      copies.keep(path, copy);
      return show(copy);
    }
    // Refused or failed, a user sees the last good copy.
    const copy = copies.find(path, Date.now());
    if (copy) return show(copy, Date.now() - copy.at);
    return answer && isBreakerResponse(answer) ? answer : c.text('There is no such tile here.', 502);
  });
  return { app, breaker, sharing };
}

function show({ body, type }: Copy, age?: number): Response {
  const headers = { 'content-type': type, 'cache-control': 'no-store' };
  return new Response(body, { headers: age === undefined ? headers : { ...headers, 'x-copy-age-ms': String(age) } });
}
