import { equal, holds, rejection } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { succeed, watched } from '../kit/watched.ts';

/** Calls that their caller aborts, and calls that time out. */
export const signals: readonly Spec[] = [
  {
    name: 'a call that rejects after its caller aborted it is ignored and frees its place',
    async run() {
      const { breaker, clock } = watched();
      breaker.trip();
      clock.advance(1_000);
      const error = new Error('given up');
      const signal = { aborted: false, reason: 'bored' };
      const call = breaker.run(() => Promise.reject(error), { signal });
      signal.aborted = true;
      equal(await rejection(call), error);
      equal([breaker.state, breaker.metrics().ignored], ['half-open', 1]);
      await succeed(breaker);
      equal(breaker.metrics().calls, 1);
    },
  },
  {
    name: 'a call whose signal is already aborted rejects with the reason, is not made and not counted, even while open',
    async run() {
      const { breaker } = watched();
      const before = breaker.metrics();
      for (const reason of ['bored', null]) {
        equal(
          await rejection(breaker.run(() => holds(false, 'it was made'), { signal: { aborted: true, reason } })),
          reason,
        );
      }
      equal(breaker.metrics(), before);
      breaker.trip();
      equal(await rejection(breaker.run(() => 'never', { signal: { aborted: true, reason: 'bored' } })), 'bored');
      equal(breaker.metrics().rejected, 0);
    },
  },
  {
    name: "an abort by an AbortController is a caller's abort, whatever its reason",
    needs: ['abort'],
    async run() {
      const { breaker } = watched();
      const stop = new AbortController();
      const call = breaker.run(() => Promise.reject(new TypeError('fetch failed')), { signal: stop.signal });
      stop.abort('bored');
      await rejection(call);
      equal([breaker.metrics().calls, breaker.metrics().ignored], [0, 1]);
    },
  },
  {
    name: 'a signal that timed out makes the call a failure of kind timeout',
    needs: ['abort', 'timers'],
    async run() {
      const { breaker } = watched();
      const kinds: (string | undefined)[] = [];
      breaker.subscribe(({ kind }) => kinds.push(kind), { outcomes: true });
      const signal = AbortSignal.timeout(1);
      const hanging = new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('gone'))));
      await rejection(breaker.run(() => hanging, { signal }));
      equal([breaker.metrics().failures, kinds], [1, ['timeout']]);
    },
  },
];
