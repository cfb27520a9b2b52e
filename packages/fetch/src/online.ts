import type { Breaker } from '@switchgear/core';

/** Milliseconds over which probes are spread when the browser comes online, because a whole office comes back at once. */
const SPREAD_MS = 1_000;

/** How many circuits are remembered. Beyond that, the one that has waited longest keeps its own open period. */
const MAX_WAITING = 1_000;

/** Knows which circuits may be open only because this browser had lost its network. */
export interface OnlineWatch {
  /** To be called when a call counts as a failure. */
  unanswered(breaker: Breaker): void;

  /** To be called when a service answered, whatever its status: there is a network. */
  answered(breaker: Breaker): void;
}

/**
 * Makes circuits half-open early when the browser comes online, each at a random moment within a second. Only circuits that
 * opened because calls got no answer: one that opened because of a service's responses keeps its open period.
 *
 * While no such circuit is open it holds nothing; where the platform does not report being online it does nothing.
 */
export function onlineWatch(): OnlineWatch {
  const waiting = new Set<Breaker>();

  function online(): void {
    for (const breaker of waiting) setTimeout(probeNext, Math.random() * SPREAD_MS, breaker);
    waiting.clear();
    removeEventListener('online', online);
  }

  return {
    unanswered(breaker) {
      if (!reportsOnline() || breaker.state !== 'open') return;
      // Adding the same listener twice adds it once.
      addEventListener('online', online);
      waiting.add(breaker);
      const [longest] = waiting;
      if (waiting.size > MAX_WAITING && longest) waiting.delete(longest);
    },
    answered(breaker) {
      if (waiting.delete(breaker) && waiting.size === 0) removeEventListener('online', online);
    },
  };
}

function probeNext(breaker: Breaker): void {
  if (breaker.state === 'open') breaker.halfOpen();
}

/** True in a page or a worker of a browser. Elsewhere `onLine` or its events are missing, as in Node and Workers. */
function reportsOnline(): boolean {
  return typeof globalThis.navigator?.onLine === 'boolean' && typeof globalThis.addEventListener === 'function';
}
