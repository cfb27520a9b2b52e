import { describe, expect, it } from 'vitest';
import {
  CircuitOpenError,
  consecutiveFailures,
  createBreaker,
  findCircuitOpen,
  isCircuitOpen,
  type Ruling,
  slowCallRate,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { deferred, fail, observed, succeed } from './breakers.ts';

/** A thenable that is not a native promise, as some clients return. */
function foreign(value: unknown): object {
  return Object.defineProperty({}, 'then', { value: (fulfil: (value: unknown) => void) => fulfil(value) });
}

describe('run', () => {
  it.each([
    ['a value', () => 'fine', 'fine'],
    ['undefined, which is not a failure', () => undefined, undefined],
    ['null, which is not a failure', () => null, null],
    ['the value of a promise', async () => 7, 7],
    ['the value of a foreign thenable', () => foreign(8), 8],
  ])('passes through %s', async (_what, call, value) => {
    const { breaker } = observed();
    expect(await breaker.run(call as () => unknown)).toBe(value);
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 0 });
  });

  it.each([
    ['a rejection', (error: unknown) => () => Promise.reject(error)],
    [
      'a synchronous throw',
      (error: unknown) => () => {
        throw error;
      },
    ],
  ])('passes the error of %s through unchanged and counts it', async (_what, call) => {
    const { breaker } = observed();
    const error = { not: 'even an Error' };
    await expect(breaker.run(call(error))).rejects.toBe(error);
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 1 });
  });

  it('does not make the call while open', async () => {
    const { breaker } = observed();
    await fail(breaker);
    await fail(breaker);
    let made = false;
    const refused = breaker.run(() => {
      made = true;
    });
    await expect(refused).rejects.toBeInstanceOf(CircuitOpenError);
    expect(made).toBe(false);
  });

  it('refuses with the breaker’s name, the reason, since when, and when to retry', async () => {
    const { breaker, clock } = observed();
    await fail(breaker);
    await fail(breaker);
    clock.advance(400);
    const error = findCircuitOpen(await fail(breaker));
    expect(error).toMatchObject({
      name: 'CircuitOpenError',
      code: 'EOPENBREAKER',
      breaker: 'payments',
      retryAfter: 600,
      because: { rule: 'consecutiveFailures', at: 1_000, evidence: { run: 2, limit: 2 }, nextAttemptAt: 2_000 },
    });
  });

  it('keeps the caller in the async stack of an error', async () => {
    const { breaker } = observed();
    async function checkout(): Promise<void> {
      await breaker.run(async () => {
        await Promise.resolve();
        throw new Error('down');
      });
    }
    const error: Error = await checkout().catch((reason) => reason);
    expect(error.stack).toContain('checkout');
  });

  it('refuses calls beyond the permitted probes immediately, without a queue', async () => {
    const { breaker, clock } = observed();
    await fail(breaker);
    await fail(breaker);
    clock.advance(1_000);
    const probe = deferred();
    const first = breaker.run(() => probe.promise);
    const others = await Promise.all([1, 2, 3].map(() => succeed(breaker).catch((error: unknown) => error)));
    expect(others.map(isCircuitOpen)).toEqual([true, true, true]);
    probe.resolve('fine');
    expect(await first).toBe('fine');
  });

  it('draws no chance for a call that it refuses while open', async () => {
    let drawn = 0;
    const { breaker } = observed({ random: () => ++drawn / 100 });
    breaker.trip();
    const before = drawn;
    for (let call = 0; call < 3; call++) await fail(breaker);
    expect(drawn).toBe(before);
  });

  it.each([undefined, 1])(
    'keeps probes apart from calls in shadow mode, on a clock with resolution %s',
    async (resolution) => {
      const clock = { ...manualClock(1_000), ...(resolution && { resolution }) };
      const { breaker } = observed({ clock });
      breaker.halfOpen();
      const probe = deferred();
      const probing = breaker.run(() => probe.promise);
      breaker.setMode('shadow');
      await succeed(breaker);
      breaker.setMode('active');
      expect(breaker.tryAcquire()).toBeUndefined();
      probe.resolve('fine');
      await probing;
      await succeed(breaker);
      expect(breaker.state).toBe('closed');
    },
  );

  it('ignores the late answer of a call begun before the circuit opened, success or failure', async () => {
    const { breaker, clock, moves } = observed();
    const [early, late] = [deferred(), deferred()];
    const running = [breaker.run(() => early.promise), breaker.run(() => late.promise).catch(() => {})];
    await fail(breaker);
    await fail(breaker);
    clock.advance(1_000);
    const probe = deferred();
    const probing = breaker.run(() => probe.promise);
    early.resolve('late success');
    late.reject(new Error('late failure'));
    await Promise.all(running);
    expect(breaker.state).toBe('half-open');
    expect(breaker.metrics()).toMatchObject({ late: 2, calls: 0 });
    probe.resolve('fine');
    await probing;
    await succeed(breaker);
    expect(moves()).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
  });

  it('counts a late answer of the same era', async () => {
    const { breaker, clock } = observed();
    const slow = deferred();
    const running = breaker.run(() => slow.promise).catch(() => {});
    clock.advance(3_600_000);
    slow.reject(new Error('after an hour'));
    await running;
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 1, late: 0 });
  });

  it('judges the duration of a call if a rule needs it', async () => {
    const { breaker, clock } = observed({ openWhen: slowCallRate(1, { slowerThan: 100, minimumCalls: 1 }) });
    const slow = deferred();
    const running = breaker.run(() => slow.promise);
    clock.advance(100);
    slow.resolve('at last');
    expect(await running).toBe('at last');
    expect(breaker.state).toBe('open');
  });

  it('treats a slow probe as failed if the rule judges slowness', async () => {
    const { breaker, clock, moves } = observed({ openWhen: slowCallRate(1, { slowerThan: 100, minimumCalls: 1 }) });
    breaker.trip();
    clock.advance(1_000);
    const slow = deferred();
    const probing = breaker.run(() => slow.promise);
    clock.advance(100);
    slow.resolve('at last');
    await probing;
    expect(moves()).toEqual(['closed>open', 'open>half-open', 'half-open>open']);
  });
});

describe('an error that carries its own ruling', () => {
  const bringing = (ruling: Ruling) => Object.assign(new Error('of a bulkhead'), { '@switchgear/ruling': ruling });

  it.each([
    ['itself', (error: unknown) => error],
    ['behind the error of a client', (cause: unknown) => new Error('of a client', { cause })],
  ])('is judged by it, %s', async (_where, wrapped) => {
    const { breaker, events } = observed();
    breaker.subscribe((event) => events.push(event), { outcomes: true });
    await fail(breaker, wrapped(bringing({ outcome: 'ignored' })));
    await fail(breaker, wrapped(bringing({ outcome: 'failure', kind: 'timeout' })));
    expect(events.filter(({ type }) => type === 'outcome')).toMatchObject([
      { outcome: 'ignored' },
      { outcome: 'failure', kind: 'timeout' },
    ]);
  });

  it('is classified by the classifier if that returns a ruling', async () => {
    const { breaker } = observed({ classify: () => 'failure' });
    await fail(breaker, bringing({ outcome: 'ignored' }));
    expect(breaker.metrics()).toMatchObject({ failures: 1, ignored: 0 });
  });

  it('with a cycle of causes is a failure', async () => {
    const { breaker } = observed();
    const error: { cause?: unknown } = {};
    error.cause = error;
    await fail(breaker, error);
    expect(breaker.metrics().failures).toBe(1);
  });
});

/** A call that fails after its caller has left, with the caller's signal. */
function abortedMeanwhile(): [call: () => Promise<never>, options: { signal: AbortSignal }] {
  const controller = new AbortController();
  const call = () => {
    controller.abort();
    return Promise.reject(new Error('down'));
  };
  return [call, { signal: controller.signal }];
}

describe('run with a signal', () => {
  it.each([
    ['the caller aborted', new DOMException('gone', 'AbortError'), 'ignored'],
    ['the caller aborted for a reason of its own', 'changed my mind', 'ignored'],
    ['the time limit passed', new DOMException('late', 'TimeoutError'), 'failure'],
  ])('%s: %s is %s', async (_what, reason, outcome) => {
    const { breaker, events } = observed();
    breaker.subscribe((event) => events.push(event), { outcomes: true });
    const controller = new AbortController();
    const call = () => {
      controller.abort(reason);
      return Promise.reject(reason);
    };
    await breaker.run(call, { signal: controller.signal }).catch(() => {});
    expect(events.filter(({ type }) => type === 'outcome')).toMatchObject([{ outcome }]);
  });

  it('asks the signal before the classifier: an abort says nothing about the dependency', async () => {
    const { breaker } = observed({ classify: () => 'failure' });
    await breaker.run(...abortedMeanwhile()).catch(() => {});
    expect(breaker.metrics()).toMatchObject({ failures: 0, ignored: 1 });
  });

  it('is judged by its own signal: not by that of a call before it, and also after calls without one', async () => {
    const { breaker } = observed();
    const controller = new AbortController();
    await breaker.run(() => 'fine', { signal: controller.signal });
    controller.abort();
    await fail(breaker);
    expect(breaker.metrics()).toMatchObject({ failures: 1, ignored: 0 });
    await breaker.run(...abortedMeanwhile()).catch(() => {});
    expect(breaker.metrics()).toMatchObject({ failures: 1, ignored: 1 });
  });

  it('counts an error from before an abort', async () => {
    const { breaker } = observed();
    await breaker.run(() => Promise.reject(new Error()), { signal: new AbortController().signal }).catch(() => {});
    expect(breaker.metrics()).toMatchObject({ failures: 1 });
  });

  it('gives the place of an aborted probe to the next caller, without a decision', async () => {
    const { breaker, clock } = observed();
    breaker.trip();
    clock.advance(1_000);
    await breaker.run(...abortedMeanwhile()).catch(() => {});
    expect(breaker.state).toBe('half-open');
    expect(breaker.retryAfter).toBe(0);
  });
});

describe('classify', () => {
  it('receives values and errors, and takes precedence', async () => {
    const { breaker } = observed({
      classify: (ending) => ('value' in ending ? (ending.value === 500 ? 'failure' : undefined) : 'ignored'),
    });
    await breaker.run(() => 500);
    await breaker.run(() => 200);
    await fail(breaker);
    expect(breaker.metrics()).toMatchObject({ calls: 2, failures: 1, ignored: 1 });
  });

  it('that throws is reported, and the default applies', async () => {
    const reported: unknown[] = [];
    const bug = new Error('classifier');
    const { breaker } = observed({
      classify: () => {
        throw bug;
      },
      onError: (error, where) => reported.push([error, where]),
    });
    expect(await succeed(breaker)).toBe('fine');
    expect(await fail(breaker, 'down')).toBe('down');
    expect(reported).toEqual([
      [bug, 'classify'],
      [bug, 'classify'],
    ]);
    expect(breaker.metrics()).toMatchObject({ calls: 2, failures: 1, errors: 2 });
  });

  it('that returns nonsense is reported, and the default applies', async () => {
    const { breaker } = observed({ classify: (() => 'fail') as never });
    await succeed(breaker);
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 0, errors: 1 });
  });

  it('lengthens the next open period to the server’s Retry-After, within the cap', async () => {
    const { breaker } = observed({ classify: () => ({ outcome: 'failure', retryAfter: 90_000 }) });
    await fail(breaker);
    await fail(breaker);
    expect(breaker.retryAfter).toBe(60_000);
  });

  it.each<[rule: string, rulings: readonly Ruling[], wait: number]>([
    ['a success asks for no wait', [{ outcome: 'success', retryAfter: 90_000 }], 1_000],
    ['an ignored call asks for none by default', [{ outcome: 'ignored', retryAfter: 90_000 }], 1_000],
    ['a failure asks for its wait', [{ outcome: 'failure', retryAfter: 90_000 }], 90_000],
    [
      'the longest wait counts',
      [
        { outcome: 'failure', retryAfter: 90_000 },
        { outcome: 'failure', retryAfter: 5_000 },
      ],
      90_000,
    ],
    ['for no more than an hour', [{ outcome: 'failure', retryAfter: 1e9 }], 3_600_000],
  ])('with Retry-After and an openFor without limits: %s', (_rule, rulings, wait) => {
    const openFor = ({ retryAfter = 0 }) => Math.max(1_000, retryAfter);
    const { breaker } = observed({ openFor, openWhen: consecutiveFailures(9) });
    for (const ruling of rulings) breaker.record(ruling);
    breaker.trip();
    expect(breaker.retryAfter).toBe(wait);
  });

  it('by default ignores a refusal by an inner breaker', async () => {
    const { breaker } = observed();
    const below = createBreaker({ name: 'below' });
    below.trip();
    await breaker.run(() => below.run(() => 1)).catch(() => {});
    expect(breaker.metrics()).toMatchObject({ calls: 0, failures: 0, ignored: 1 });
  });
});

describe('wrap', () => {
  it('keeps arguments and this', async () => {
    const { breaker } = observed();
    const account = {
      balance: 5,
      add(this: { balance: number }, a: number, b: number): number {
        return this.balance + a + b;
      },
    };
    const wrapped = { balance: 10, add: breaker.wrap(account.add) };
    expect(await wrapped.add(1, 2)).toBe(13);
  });

  it('refuses a value that is not a function', () => {
    expect(() => observed().breaker.wrap('fn' as never)).toThrow("wrap must be a function, got 'fn'");
  });
});
