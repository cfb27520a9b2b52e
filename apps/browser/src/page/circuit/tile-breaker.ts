import {
  anyOf,
  type Breaker,
  createBreaker,
  exponential,
  failureRate,
  probes,
  slowCallRate,
  timeWindow,
} from '@switchgear/fetch';

/** Share of calls, failed or slow, that opens the circuit. */
export const LIMIT = 0.5;

/** Milliseconds from which on a tile is slow. A tile takes 20 of them on a good day. */
const SLOW = 1_000;

/** Milliseconds that the window looks back: about 25 tiles at the pace of this page. */
export const WINDOW = 5_000;

/** Tiles in a row that must arrive, one at a time, before all may ask again. */
export const PROBES = 8;

/**
 * The breaker in front of the tile server, with the settings of one person in front of one page: a short window and short
 * waits, because somebody looks at the map. A backend with a thousand callers would look back for longer and wait longer.
 */
export function createTileBreaker(): Breaker {
  const minimumCalls = 8;
  return createBreaker({
    name: 'tiles',
    window: timeWindow(WINDOW),
    openWhen: anyOf(failureRate(LIMIT, { minimumCalls }), slowCallRate(LIMIT, { slowerThan: SLOW, minimumCalls })),
    openFor: exponential(3_000, { max: 20_000 }),
    recover: probes({ permitted: 1, successes: PROBES }),
  });
}
