import {
  deadline,
  deadlineHeaders,
  deadlineIn,
  isDeadline,
  isTimeout,
  readDeadline,
  timeout,
} from '@switchgear/policies';
import { equal, holds, rejection, until } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { watched } from '../kit/watched.ts';

const needs = ['abort', 'timers', 'time'] as const;

/** Work that ends only when its signal aborts. */
function hang({ signal }: { readonly signal: AbortSignal }): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

/** `timeout` and `deadline` on the runtime's own timers and signals. */
export const timeLimits: readonly Spec[] = [
  {
    name: 'timeout: a call that ends in time comes through, with its value or its error',
    needs,
    async run() {
      const error = { not: 'even an Error' };
      equal(await timeout(5_000).run(() => 'fine'), 'fine');
      equal(await rejection(timeout(5_000).run(() => Promise.reject(error))), error);
    },
  },
  {
    name: 'timeout: a late call is abandoned, and its signal has the reason',
    needs,
    async run() {
      const limit = timeout(30);
      const begun = Date.now();
      let reason: unknown;
      const error = await rejection(
        limit.run((context) =>
          hang(context).catch((why: unknown) => {
            reason = why;
            throw why;
          }),
        ),
      );
      holds(isTimeout(error), 'a TimeoutError');
      // Wall clocks round.
      holds(Date.now() - begun >= 28, 'not before its time');
      await until(() => reason !== undefined, 'the work has heard of it');
      equal(reason, error);
      await until(() => limit.abandoned === 0, 'it counts as ended');
    },
  },
  {
    name: 'timeout: concurrent calls each have a time limit and a signal of their own',
    needs,
    async run() {
      const limit = timeout(40);
      const late = Promise.all(Array.from({ length: 50 }, () => rejection(limit.run(hang))));
      const signals = new Set<AbortSignal>();
      const inTime = Array.from({ length: 50 }, (_, i) =>
        limit.run(({ signal }) => {
          signals.add(signal);
          return i;
        }),
      );
      equal(await Promise.all(inTime), [...Array(50).keys()]);
      equal(signals.size, 50);
      holds((await late).every(isTimeout), 'each a TimeoutError');
      holds(
        [...signals].every(({ aborted }) => !aborted),
        'none that was in time is aborted',
      );
    },
  },
  {
    name: 'timeout: for a breaker around it a late call is a failure of kind timeout',
    needs,
    async run() {
      const { breaker } = watched();
      const kinds: unknown[] = [];
      breaker.subscribe(({ type, kind }) => type === 'outcome' && kinds.push(kind), { outcomes: true });
      for (let i = 0; i < 2; i++) await rejection(breaker.run(() => timeout(20).run(hang)));
      equal([breaker.state, kinds], ['open', ['timeout', 'timeout']]);
    },
  },
  {
    name: 'timeout: over the runtime’s fetch, the request is aborted when its time is over',
    needs: [...needs, 'fetch', 'server'],
    async run({ server }) {
      const limit = timeout(50);
      const error = await rejection(limit.run(({ signal }) => fetch(`${server}/hang`, { signal })));
      holds(isTimeout(error), 'a TimeoutError');
      await until(() => limit.abandoned === 0, 'fetch has let go');
    },
  },
  {
    name: 'timeout: the abort of the caller is passed on, with its reason',
    needs,
    async run() {
      const caller = new AbortController();
      const call = timeout(5_000).run(hang, { signal: caller.signal });
      caller.abort('bored');
      equal(await rejection(call), 'bored');
    },
  },
  {
    name: 'deadline: no call takes longer than its deadline, whatever is inside',
    needs,
    async run() {
      const call = deadline().run(() => timeout(5_000).run(hang), { deadline: deadlineIn(30) });
      holds(isDeadline(await rejection(call)), 'a DeadlineError');
    },
  },
  {
    name: 'deadline: a header carries it, and the remaining time never grows',
    needs: ['time'],
    run() {
      const left = readDeadline(deadlineHeaders(deadlineIn(480)))?.remaining() ?? 0;
      holds(left > 0 && left <= 480, `0 < ${left} <= 480`);
    },
  },
];
