/** What runs in the page. The test calls `tryFetch` and the rest by these names. */
import { consecutiveFailures, exponential } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { type Breaker, breakerFetch, createBreaker, type Metrics } from '../../src/index.ts';

/** One request, as plain data: it comes from another process. */
export interface Attempt {
  readonly url: string;
  readonly init?: Pick<RequestInit, 'method' | 'mode' | 'redirect' | 'keepalive'>;

  /** Bytes of a body of that length. */
  readonly bytes?: number;

  /** The caller aborts, or a signal times out, this many milliseconds after the beginning. */
  readonly abortAfter?: number;
  readonly timeoutAfter?: number;
  readonly observeBody?: boolean;
}

/** What the page saw, and how the breaker classified it. */
export interface Seen {
  readonly saw: string;
  readonly judged: string;
}

let unlucky: Breaker | undefined;

/** How often the browser has come online, and how many timers have been set: none, if no circuit is to be probed early. */
const seen = { online: 0, timers: 0 };
addEventListener('online', () => {
  seen.online += 1;
});
const { setTimeout: start } = globalThis;
globalThis.setTimeout = ((...args: Parameters<typeof start>) => {
  seen.timers += 1;
  return start(...args);
}) as typeof start;

async function tryFetch({ url, init, bytes, abortAfter, timeoutAfter, observeBody }: Attempt): Promise<Seen> {
  const breaker = createBreaker({ name: 'page', openFor: exponential(1, { max: 1 }), clock: manualClock() });
  const judged: string[] = [];
  breaker.subscribe(
    ({ type, outcome, kind }) => {
      if (type === 'outcome') judged.push(kind === undefined ? `${outcome}` : `${outcome} (${kind})`);
    },
    { outcomes: true },
  );
  const signal = timeoutAfter === undefined ? aborting(abortAfter) : AbortSignal.timeout(timeoutAfter);
  const body = bytes === undefined ? {} : { body: 'x'.repeat(bytes) };
  const saw: string[] = [];
  try {
    const call = breakerFetch({ breaker, observeBody: observeBody ?? false });
    const answer = await call(url, { ...init, ...body, ...(signal && { signal }) });
    saw.push(`${answer.type} ${answer.status}`);
    await answer.text().catch((error: unknown) => saw.push(`then on reading ${named(error)}`));
  } catch (error) {
    saw.push(named(error));
  }
  breaker.trip();
  const heeded = breaker.retryAfter > 1 ? `, back in ${breaker.retryAfter / 1_000} s` : '';
  return { saw: saw.join(', '), judged: (judged.join(', then ') || 'no permit taken') + heeded };
}

function aborting(after: number | undefined): AbortSignal | undefined {
  if (after === undefined) return undefined;
  const controller = new AbortController();
  setTimeout(() => controller.abort(), after);
  return controller.signal;
}

/** Opens a circuit for ten minutes by one call without an answer. */
async function loseOneCall(url: string): Promise<Metrics['state']> {
  unlucky = createBreaker({ name: 'unlucky', openWhen: consecutiveFailures(1), openFor: () => 600_000 });
  await breakerFetch({ breaker: unlucky })(url).catch(() => undefined);
  return unlucky.state;
}

/** Words of its own change with the browser's version; these have not, and they are what all lost calls have in common. */
function named(error: unknown): string {
  const { name, message } = error as Error;
  return message === 'Failed to fetch' ? `${name}: ${message}` : name;
}

/** What the test may call. */
export interface InPage {
  readonly tryFetch: typeof tryFetch;
  readonly loseOneCall: typeof loseOneCall;
  readonly unluckyState: () => string | undefined;
  readonly seenSoFar: () => typeof seen;
}

Object.assign(globalThis, {
  tryFetch,
  loseOneCall,
  unluckyState: () => unlucky?.state,
  seenSoFar: () => seen,
} satisfies InPage);
