import { consecutiveFailures, createBreaker, type Ending, isCircuitOpen } from '@switchgear/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  bulkhead,
  type CallOptions,
  deadline,
  deadlineIn,
  pipeline,
  type RetryEvent,
  retry,
  retryBudget,
  timeout,
} from '../../src/index.ts';
import { deferred, rejection } from '../setup/deferred.ts';
import { watchedSignal } from '../setup/watched-signal.ts';

beforeEach(
  () =>
    void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] }),
);
afterEach(() => {
  expect(vi.getTimerCount(), 'no timer is left').toBe(0);
  vi.useRealTimers();
});

const DOWN = Object.assign(new Error('down'), { code: 'ECONNREFUSED' });

/** Runs a call to its end, whatever it waits for. */
async function settled<T>(run: Promise<T>): Promise<T> {
  void run.catch(() => undefined);
  await vi.runAllTimersAsync();
  return await run;
}

/** A call that fails this many times, then answers with the number of attempts. */
function failing(times: number, error: unknown = DOWN) {
  let attempts = 0;
  return vi.fn(() => (++attempts > times ? Promise.resolve(attempts) : Promise.reject(error)));
}

describe('retry', () => {
  it('makes a failed call again until it succeeds, and counts its retries', async () => {
    const call = failing(2);
    const policy = retry();
    expect(await settled(policy.run(call))).toBe(3);
    expect([call.mock.calls.length, policy.retries]).toEqual([3, 2]);
  });

  it('gives the caller what the last attempt ended with', async () => {
    const errors = [new Error('first'), new Error('second')];
    let attempt = 0;
    const policy = retry({ attempts: 2 });
    expect(await rejection(settled(policy.run(() => Promise.reject(errors[attempt++]))))).toBe(errors[1]);
    expect(attempt).toBe(2);
  });

  it('makes one attempt if it is allowed one, also if the call throws synchronously', async () => {
    const call = vi.fn(() => {
      throw DOWN;
    });
    expect(await rejection(retry({ attempts: 1 }).run(call))).toBe(DOWN);
    expect(call).toHaveBeenCalledOnce();
  });

  it('waits at random between the shortest wait and three times the wait before, and never longer than the longest', async () => {
    const waits = async (luck: number) => {
      const events: RetryEvent[] = [];
      const options = { attempts: 6, wait: 100, maxWait: 2_000, random: () => luck };
      await rejection(settled(retry({ ...options, onRetry: (event) => events.push(event) }).run(failing(9))));
      return events.map(({ wait }) => Math.round(wait));
    };
    expect(await waits(0)).toEqual([100, 100, 100, 100, 100]);
    expect(await waits(0.5)).toEqual([200, 350, 575, 913, 1419]);
    expect(await waits(0.999_999)).toEqual([300, 900, 2_000, 2_000, 2_000]);
  });

  it('tells its listener of each retry before the wait; what the listener throws changes nothing', async () => {
    const onError = vi.fn();
    const fault = new Error('a fault of the listener');
    const seen: (readonly [number, Ending])[] = [];
    const onRetry = ({ attempt, ending }: RetryEvent) => {
      seen.push([attempt, ending]);
      throw fault;
    };
    expect(await settled(retry({ onRetry, onError }).run(failing(2)))).toBe(3);
    expect(seen).toEqual([
      [1, { error: DOWN }],
      [2, { error: DOWN }],
    ]);
    expect(onError.mock.calls).toEqual([
      [fault, 'onRetry'],
      [fault, 'onRetry'],
    ]);
  });

  it('passes signal, key and deadline to each attempt', async () => {
    const seen: unknown[] = [];
    const call = ({ signal, key, deadline: left }: CallOptions) => {
      seen.push([signal?.aborted, key, typeof left?.remaining()]);
      return seen.length < 2 ? Promise.reject(DOWN) : 1;
    };
    await settled(retry().run(call, { key: 'pen', deadline: deadlineIn(60_000) }));
    expect(seen).toEqual([
      [false, 'pen', 'number'],
      [false, 'pen', 'number'],
    ]);
  });
});

describe('a caller who gives up', () => {
  it('ends the wait at once, with its reason: no timer and no listener is left', async () => {
    const caller = watchedSignal();
    const call = failing(9);
    const run = rejection(retry({ wait: 1_000 }).run(call, { signal: caller.signal }));
    await vi.advanceTimersByTimeAsync(10);
    expect([vi.getTimerCount(), caller.listeners]).toEqual([1, 1]);
    caller.abort('bored');
    expect(await run).toBe('bored');
    expect([vi.getTimerCount(), caller.listeners, call.mock.calls.length]).toEqual([0, 0, 1]);
  });

  it('during an attempt gets the error of that attempt, and no other is made', async () => {
    const caller = watchedSignal();
    const work = deferred();
    const call = vi.fn(() => work.promise);
    const run = rejection(retry().run(call, { signal: caller.signal }));
    caller.abort();
    work.reject(DOWN);
    expect(await run).toBe(DOWN);
    expect([call.mock.calls.length, caller.listeners]).toEqual([1, 0]);
  });

  it('has no listener left after a retry that succeeded', async () => {
    const caller = watchedSignal();
    await settled(retry().run(failing(1), { signal: caller.signal }));
    expect(caller.listeners).toBe(0);
  });
});

describe('there is no retry', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['an open circuit', () => tripped().run(() => 1)],
    ['an open circuit behind another error', async () => wrapped(await rejection(tripped().run(() => 1)))],
    ['a full bulkhead', () => full().run(() => 1)],
    ['a deadline', () => deadline().run(() => 1, { deadline: deadlineIn(0) })],
  ])('after the refusal of %s, whatever `when` says', async (_what, refuse) => {
    const call = vi.fn(refuse);
    const policy = retry({ when: () => true });
    await rejection(settled(policy.run(call)));
    expect(call).toHaveBeenCalledOnce();
    expect(policy.budget.left).toBe(10);
  });

  it('for a mistake of the caller or an answer that says no', async () => {
    const mistake = Object.assign(new Error('bad'), { code: 'ERR_INVALID_URL' });
    const missing = Object.assign(new Error('404'), { response: { status: 404 } });
    for (const error of [mistake, missing, new DOMException('left', 'AbortError')]) {
      const call = failing(9, error);
      expect(await rejection(settled(retry().run(call)))).toBe(error);
      expect(call).toHaveBeenCalledOnce();
    }
  });

  it('if the wait would outlast the caller’s deadline', async () => {
    const call = failing(9);
    const asked = retry({ wait: 500 }).run(call, { deadline: deadlineIn(400) });
    expect(await rejection(settled(asked))).toBe(DOWN);
    expect(call).toHaveBeenCalledOnce();
  });

  it('because of a deadline that throws: it is reported, and the call is retried', async () => {
    const onError = vi.fn();
    const fault = new Error('no such clock');
    const remaining = () => {
      throw fault;
    };
    expect(await settled(retry({ onError }).run(failing(1), { deadline: { remaining } }))).toBe(2);
    expect(onError).toHaveBeenCalledWith(fault, 'deadline');
  });

  it('on an engine without timers', async () => {
    vi.stubGlobal('setTimeout', undefined);
    try {
      expect(await rejection(retry().run(failing(9)))).toBe(DOWN);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('when', () => {
  const EMPTY = 'nothing yet';

  it('may ask for a retry of any ending, or forbid one', async () => {
    let asked = 0;
    const poll = retry({ when: (ending) => 'value' in ending && ending.value === EMPTY });
    expect(await settled(poll.run(() => (++asked < 3 ? EMPTY : 'done')))).toBe('done');
    const call = failing(9);
    expect(await rejection(settled(poll.run(call)))).toBe(DOWN);
    expect(call).toHaveBeenCalledOnce();
  });

  it('keeps the default by returning undefined, throwing or returning a promise', async () => {
    const onError = vi.fn();
    const fault = new Error('a fault of when');
    const throws = () => {
      throw fault;
    };
    expect(await settled(retry({ when: () => undefined }).run(failing(1)))).toBe(2);
    expect(await settled(retry({ when: throws, onError }).run(failing(1)))).toBe(2);
    expect(onError).toHaveBeenCalledWith(fault, 'when');
    expect(await settled(retry({ when: (async () => false) as never, onError }).run(failing(1)))).toBe(2);
  });
});

describe('the budget', () => {
  it('ends retries for all callers when it is spent', async () => {
    const call = vi.fn(() => Promise.reject(DOWN));
    const policy = retry({ budget: retryBudget({ burst: 5 }) });
    await settled(Promise.allSettled(Array.from({ length: 100 }, () => policy.run(call))));
    expect([call.mock.calls.length, policy.retries, policy.budget.left]).toEqual([105, 5, 0]);
  });

  it('of its own holds ten retries, and a fifth of one is earned by each call that succeeds', async () => {
    const policy = retry();
    const outage = () => settled(Promise.allSettled(Array.from({ length: 100 }, () => policy.run(failing(9)))));
    await outage();
    expect(policy.retries).toBe(10);
    for (let success = 0; success < 5; success++) await policy.run(() => 'fine');
    await outage();
    expect(policy.retries).toBe(11);
  });

  it('with a breaker earns by that alone, and allows nothing while the circuit is open', async () => {
    const breaker = createBreaker({ name: 'orders', openWhen: consecutiveFailures(1) });
    const budget = retryBudget({ share: 0.5, burst: 1, breaker });
    const policy = pipeline(retry({ budget }), breaker);
    budget.spend(DOWN);
    await policy.run(() => 'fine');
    expect(budget.left).toBe(0.5);
    await policy.run(() => 'fine');
    const call = failing(9);
    expect(await rejection(settled(policy.run(call)))).toBe(DOWN);
    expect([call.mock.calls.length, budget.left, breaker.state]).toEqual([1, 1, 'open']);
    budget.stop();
  });

  it('of a user’s own making needs no report method', async () => {
    const { report: _, ...own } = retryBudget();
    const throws = () => {
      throw DOWN;
    };
    expect(await settled(retry({ budget: own as never, when: throws }).run(failing(1)))).toBe(2);
  });
});

describe('in a pipeline', () => {
  it('each attempt asks the breaker; what it refuses is not made again', async () => {
    const breaker = createBreaker({ name: 'orders', openWhen: consecutiveFailures(2) });
    const call = failing(9);
    const error = await rejection(settled(pipeline(retry(), breaker, timeout(100)).run(call)));
    expect(isCircuitOpen(error)).toBe(true);
    expect([call.mock.calls.length, breaker.metrics().rejected]).toEqual([2, 1]);
  });

  it('each attempt has a time limit of its own, and the deadline ends all waiting', async () => {
    const call = vi.fn(() => new Promise(() => undefined));
    const through = pipeline(deadline({ limit: 250 }), retry({ wait: 100, random: () => 0 }), timeout(100));
    const began = performance.now();
    const run = rejection(through.run(call));
    await vi.advanceTimersByTimeAsync(250);
    expect(await run).toMatchObject({ code: 'EDEADLINE' });
    expect([call.mock.calls.length, performance.now() - began]).toEqual([2, 250]);
    await vi.runAllTimersAsync();
  });

  it('holds no slot between attempts', async () => {
    const slots = bulkhead({ concurrent: 1 });
    const run = pipeline(retry(), slots).run(failing(1));
    await vi.advanceTimersByTimeAsync(1);
    expect(slots.active).toBe(0);
    expect(await settled(run)).toBe(2);
  });
});

it.each([
  [{ attempts: 0 }, 'attempts must be a whole number of at least 1, got 0'],
  [{ wait: 0 }, 'wait must be a number of milliseconds greater than 0'],
  [{ maxWait: 50 }, 'maxWait must be at least wait (100), got 50; for example maxWait: 1000'],
  [{ budget: 10 }, 'budget must be a retry budget, got 10; for example retryBudget()'],
  [{ when: true }, 'when must be a function'],
  [{ onRetry: 1 }, 'onRetry must be a function'],
  [{ name: '' }, "name must be a string that is not empty, got ''"],
  [{ retries: 3 }, "retry has no option 'retries'"],
])('a retry made with %j is refused', (options, message) => {
  expect(() => retry(options as never)).toThrow(message);
});

function tripped() {
  const breaker = createBreaker({ name: 'orders' });
  breaker.trip();
  return breaker;
}

function full() {
  const slots = bulkhead({ concurrent: 1 });
  void slots.run(() => new Promise(() => undefined));
  return slots;
}

function wrapped(cause: unknown): Promise<never> {
  return Promise.reject(new Error('wrapped', { cause }));
}
