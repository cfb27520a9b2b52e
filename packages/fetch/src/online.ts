import type { Breaker } from '@switchgear/core';

/** Milliseconds over which circuits are asked again when the browser comes online: a whole office comes back at once. */
const SPREAD = 1_000;

/** Circuits remembered at most. Beyond that the one that has waited longest waits for its own time. */
const MOST = 1_000;

/** Knows which circuits may be open only because this browser had lost its network. */
export interface OnlineWatch {
  /** A call got no answer and was held against the service. */
  unanswered(breaker: Breaker): void;

  /** A service answered, whatever it said: there is a network. */
  answered(breaker: Breaker): void;
}

/**
 * Sends circuits half-open early when the browser comes online, each at a moment of its own within a second. Only those that
 * are open since calls got no answer: one that a service opened with its answers is not asked any sooner for it.
 *
 * While no such circuit is open it holds nothing; where the platform has no word for being online it does nothing.
 */
export function onlineWatch(): OnlineWatch {
  const waiting = new Set<Breaker>();

  function online(): void {
    for (const breaker of waiting) setTimeout(probeNext, Math.random() * SPREAD, breaker);
    waiting.clear();
    removeEventListener('online', online);
  }

  return {
    unanswered(breaker) {
      if (!tellsOnline() || breaker.state !== 'open') return;
      // The same listener twice is one.
      addEventListener('online', online);
      waiting.add(breaker);
      const [longest] = waiting;
      if (waiting.size > MOST && longest) waiting.delete(longest);
    },
    answered(breaker) {
      if (waiting.delete(breaker) && waiting.size === 0) removeEventListener('online', online);
    },
  };
}

function probeNext(breaker: Breaker): void {
  if (breaker.state === 'open') breaker.halfOpen();
}

/** A page or a worker of a browser. Elsewhere `onLine` is missing, as in Node and Workers, or nothing is told of changes. */
function tellsOnline(): boolean {
  return typeof globalThis.navigator?.onLine === 'boolean' && typeof globalThis.addEventListener === 'function';
}
