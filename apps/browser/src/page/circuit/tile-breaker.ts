import { anyOf, exponential, failureRate, ramp, slowCallRate, timeWindow } from '@switchgear/core';
import { type Breaker, createBreaker } from '@switchgear/fetch';

/** Share of calls, failed or slow, that opens the circuit. */
export const LIMIT = 0.5;

/** Milliseconds from which on a tile is slow. A tile takes 20 of them on a good day. */
const SLOW = 1_000;

/** Milliseconds that the window looks back: about 40 tiles at the pace of this page. */
export const WINDOW = 5_000;

/** Shares of the tiles that are asked for, one after the other, before the circuit closes. */
export const STAGES: readonly number[] = [0.05, 0.25, 1];

/** The shortest duration of a stage in milliseconds: short, because a user is waiting and one page causes little load. */
const STAGE = 1_500;

/**
 * The breaker in front of the tile server, with the settings of one person in front of one page: a short window and short
 * waits, because a user is looking at the map. A backend with a thousand callers would use a longer window and longer waits.
 */
export function createTileBreaker(): Breaker {
  const minimumCalls = 8;
  return createBreaker({
    name: 'tiles',
    window: timeWindow(WINDOW),
    // The first that has seen enough names the reason. What hangs until it is given up is slow as well as failed, so slowness
    // comes first: otherwise it would be random which rule opens the circuit.
    openWhen: anyOf(slowCallRate(LIMIT, { slowerThan: SLOW, minimumCalls }), failureRate(LIMIT, { minimumCalls })),
    openFor: exponential(3_000, { max: 20_000 }),
    recover: ramp(STAGES, { stage: STAGE }),
  });
}
