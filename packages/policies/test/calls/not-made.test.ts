import { createBreaker, isCircuitOpen } from '@switchgear/core';
import { describe, expect, it, vi } from 'vitest';
import {
  bulkhead,
  type Call,
  type CallOptions,
  deadline,
  deadlineIn,
  fallback,
  pipeline,
  retry,
  timeout,
  value,
} from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';

/** Something to run a call through, and what it holds and has counted. */
interface Runner {
  run(call: Call<unknown>, options?: CallOptions): Promise<unknown>;
  counted(): unknown;
}

const full = () => {
  const slots = bulkhead({ concurrent: 1, queue: 1 });
  void slots.run(() => new Promise(() => undefined));
  return slots;
};
const tripped = () => {
  const breaker = createBreaker({ name: 'orders' });
  breaker.trip();
  return breaker;
};
const load = ({ active, waiting }: ReturnType<typeof bulkhead>) => [active, waiting];

const runners: readonly (readonly [what: string, make: () => Runner])[] = [
  ['timeout', () => over(timeout(100), (limit) => limit.abandoned)],
  ['deadline', () => over(deadline({ limit: 100 }), (limit) => limit.abandoned)],
  ['retry', () => over(retry(), ({ retries, nested, budget }) => [retries, nested, budget.left])],
  ['a free bulkhead', () => over(bulkhead({ concurrent: 1 }), load)],
  ['a full bulkhead', () => over(full(), load)],
  ['fallback', () => over(fallback([value('less')]), ({ served }) => ({ ...served }))],
  ['a pipeline of a breaker', () => behind(createBreaker({ name: 'orders' }))],
  ['a pipeline of an open breaker', () => behind(tripped())],
  ['a pipeline of a breaker that looks at no signal', () => behind(careless(createBreaker({ name: 'orders' })))],
  [
    'a pipeline of all',
    () => {
      const slots = full();
      const breaker = tripped();
      const all = pipeline(fallback([value('less')]), deadline({ limit: 100 }), slots, breaker, timeout(100));
      return over(all, () => [load(slots), breaker.metrics()]);
    },
  ],
];

function over<Policy extends { run(call: Call<unknown>, options?: CallOptions): Promise<unknown> }>(
  policy: Policy,
  counted: (policy: Policy) => unknown,
): Runner {
  return { run: (call, options) => policy.run(call, options), counted: () => counted(policy) };
}

function behind(breaker: ReturnType<typeof createBreaker>): Runner {
  return over(pipeline(breaker, timeout(100)), () => [breaker.metrics(), breaker.retryAfter > 0]);
}

/** As a breaker of another make might be. */
function careless(breaker: ReturnType<typeof createBreaker>): ReturnType<typeof createBreaker> {
  const { run } = breaker;
  breaker.run = (call) => run.call(breaker, call) as never;
  return breaker;
}

const fired = (reason: unknown): AbortSignal => {
  const controller = new AbortController();
  controller.abort(reason);
  return controller.signal;
};

const reasons: readonly (readonly [string, unknown])[] = [
  ['a word', 'bored'],
  ['null', null],
  ['0', 0],
  ['an AbortError', new DOMException('gone', 'AbortError')],
  ['a TimeoutError', new DOMException('late', 'TimeoutError')],
];

describe('a signal that has fired before the call wins over every other answer: no slot, no permit, no call,', () => {
  it.each(runners.flatMap(([what, make]) => reasons.map(([how, reason]) => [what, how, make, reason] as const)))(
    'through %s, for the reason %s',
    async (_what, _how, make, reason) => {
      const { run, counted } = make();
      const before = counted();
      const call = vi.fn();
      expect(await rejection(run(call, { signal: fired(reason), deadline: deadlineIn(0) }))).toBe(reason);
      expect(call).not.toHaveBeenCalled();
      expect(counted()).toEqual(before);
    },
  );

  it('also where it fires while the call waits for its slot, in front of an open circuit', async () => {
    const slots = bulkhead({ concurrent: 1, queue: 1 });
    const breaker = tripped();
    const work = deferred();
    const first = slots.run(() => work.promise);
    const caller = new AbortController();
    const second = rejection(pipeline(slots, breaker).run(() => 1, { signal: caller.signal }));
    caller.abort(null);
    expect(await second).toBe(null);
    work.resolve('over');
    await first;
    expect(breaker.metrics().rejected).toBe(0);
    expect(isCircuitOpen(await rejection(pipeline(slots, breaker).run(() => 1)))).toBe(true);
  });
});

describe('anything but a function is refused with a TypeError, and counts nowhere,', () => {
  it.each(
    runners.flatMap(([what, make]) =>
      [Promise.resolve('made already'), undefined, 'url'].map((call) => [what, make, call] as const),
    ),
  )('through %s', async (_what, make, call) => {
    const { run, counted } = make();
    const before = counted();
    const error = await rejection(run(call as never));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toContain('run must be given a function');
    expect(counted()).toEqual(before);
  });
});

describe('a signal', () => {
  it.each(runners.filter(([what]) => !/full|open|all/.test(what)))(
    'of null counts as no signal, through %s',
    async (_what, make) => {
      const answer = await make().run(() => 'fine', { signal: null });
      expect((answer as { value?: unknown }).value ?? answer).toBe('fine');
    },
  );

  it.each(runners)('that is not an AbortSignal is refused, through %s', async (_what, make) => {
    const call = vi.fn();
    for (const signal of [5, {}, 'abort', new AbortController()]) {
      const error = await rejection(make().run(call, { signal: signal as never }));
      expect((error as Error).message).toContain('must be an AbortSignal');
    }
    expect(call).not.toHaveBeenCalled();
  });

  it('that has only `aborted` is enough, although it cannot be listened to', async () => {
    const signal = { aborted: false } as AbortSignal;
    expect(await timeout(1_000).run((context) => context.signal.aborted, { signal })).toBe(false);
  });
});

describe('a deadline of the caller’s', () => {
  it.each([
    [
      'throws',
      {
        remaining() {
          throw new Error('no such clock');
        },
      },
      'no such clock',
    ],
    [
      'gives no number',
      { remaining: () => 'soon' },
      "the deadline must be a number of milliseconds that are left, got 'soon'",
    ],
    ['gives NaN', { remaining: () => Number.NaN }, 'got NaN'],
    ['is a number', 500, 'deadline must be a deadline, got 500; for example deadlineIn(2_000)'],
  ])('that %s rejects the call, which is not made', async (_how, left, message) => {
    const call = vi.fn();
    const asked = deadline({ limit: 100 }).run(call, { deadline: left as never });
    expect(((await rejection(asked)) as Error).message).toContain(message);
    expect(call).not.toHaveBeenCalled();
  });
});

describe('a native promise that carries a then of its own', () => {
  const odd = () => Object.defineProperty(Promise.resolve('real'), 'then', { value: () => undefined });
  it.each(runners.filter(([what]) => !/full|open|all/.test(what)))(
    'gives its real answer through %s',
    async (_what, make) => {
      const answer = await make().run(odd as never);
      expect((answer as { value?: unknown }).value ?? answer).toBe('real');
    },
  );
});
