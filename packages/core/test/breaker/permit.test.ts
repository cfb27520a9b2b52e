import { describe, expect, it } from 'vitest';
import { isCircuitOpen, meanLatency, type Permit, slowCallRate } from '../../src/index.ts';
import { observed } from './breakers.ts';

describe('a permit', () => {
  it('settles once: only the first settlement counts', () => {
    const { breaker } = observed();
    const permit = breaker.acquire();
    permit.settle('failure');
    permit.settle('failure');
    permit.settle('success');
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 1 });
  });

  it('of a closed circuit is not a probe; one of a half-open circuit is', () => {
    const { breaker, clock } = observed();
    expect(breaker.acquire().probe).toBe(false);
    breaker.trip();
    clock.advance(1_000);
    expect(breaker.acquire().probe).toBe(true);
  });

  it('is refused by acquire with an error, by tryAcquire with undefined; both are counted and announced', () => {
    const { breaker, events } = observed();
    breaker.trip();
    expect(() => breaker.acquire()).toThrow('Circuit "payments" is open (trip)');
    expect(breaker.tryAcquire()).toBeUndefined();
    expect(breaker.metrics().rejected).toBe(2);
    expect(events.filter(({ type }) => type === 'reject')).toHaveLength(2);
  });

  it('that is never settled blocks a probe’s place until permitTimeout, and no longer', () => {
    const { breaker, clock, events, moves } = observed({ permitTimeout: 5_000 });
    breaker.trip();
    clock.advance(1_000);
    const lost = breaker.acquire();
    clock.advance(4_999);
    expect(breaker.tryAcquire()).toBeUndefined();
    clock.advance(1);
    const next = breaker.acquire();
    expect(events.at(-1)).toMatchObject({ type: 'lost' });
    lost.settle('failure');
    expect(breaker.state).toBe('half-open');
    next.settle('success');
    breaker.acquire().settle('success');
    expect(moves().at(-1)).toBe('half-open>closed');
    expect(breaker.metrics().lost).toBe(1);
  });

  it('gives its place back once, however late it is settled', () => {
    const { breaker, clock } = observed({ permitTimeout: 100 });
    breaker.trip();
    clock.advance(1_000);
    const lost = breaker.acquire();
    clock.advance(100);
    breaker.acquire();
    lost.settle('ignored');
    expect(breaker.tryAcquire()).toBeUndefined();
  });

  it('accepts a duration measured by the host', () => {
    const { breaker } = observed({ openWhen: slowCallRate(0.5, { slowerThan: 100, minimumCalls: 1 }) });
    breaker.acquire().settle('success', 99);
    expect(breaker.state).toBe('closed');
    breaker.acquire().settle('success', 100);
    expect(breaker.state).toBe('open');
  });

  it('that leaves its scope unsettled is ignored', () => {
    const { breaker } = observed();
    const permit = breaker.acquire() as Permit & Disposable;
    permit[Symbol.dispose]();
    permit.settle('failure');
    expect(breaker.metrics()).toMatchObject({ calls: 0, ignored: 1 });
  });

  it.each([
    ['an unknown outcome', 'fail', undefined, "settle must be an outcome or a ruling, got 'fail'"],
    ['a negative duration', 'success', -1, 'settle duration must be a number of at least 0, got -1'],
    [
      'a duration that is not a number',
      'success',
      Number.NaN,
      'settle duration must be a number of at least 0, got NaN',
    ],
  ])('refuses %s and can still be settled', (_what, verdict, duration, message) => {
    const { breaker } = observed();
    const permit = breaker.acquire();
    expect(() => permit.settle(verdict as never, duration)).toThrow(message);
    permit.settle('success');
    expect(breaker.metrics().calls).toBe(1);
  });
});

describe('retryAfter', () => {
  it('is 0 when a permit is free, and the time left while open', () => {
    const { breaker, clock } = observed();
    expect(breaker.retryAfter).toBe(0);
    breaker.trip();
    clock.advance(300);
    expect(breaker.retryAfter).toBe(700);
    clock.advance(700);
    expect(breaker.retryAfter).toBe(0);
  });

  it('while all probes are in flight is above 0, and at most until one counts as lost', () => {
    const { breaker, clock } = observed({ permitTimeout: 400 });
    breaker.trip();
    clock.advance(1_000);
    breaker.acquire();
    clock.advance(399);
    expect(breaker.retryAfter).toBe(1);
  });

  it('is Infinity while isolated', () => {
    const { breaker } = observed();
    breaker.setMode('isolated');
    expect(breaker.retryAfter).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('record', () => {
  it('is evidence without a permit while closed', () => {
    const { breaker } = observed();
    breaker.record('failure');
    breaker.record({ outcome: 'failure', kind: 'ECONNRESET' });
    expect(breaker.state).toBe('open');
  });

  it('counts with duration 0 if it is not measured, so that a mean stays valid', () => {
    const { breaker } = observed({ openWhen: meanLatency(100, { minimumCalls: 2 }) });
    breaker.record('success');
    breaker.acquire().settle('success', 150);
    expect(breaker.state).toBe('closed');
    breaker.acquire().settle('success', 150);
    expect(breaker.metrics().evidence).toMatchObject({ mean: 100, calls: 3 });
  });

  it('is not a probe: while half-open it has no effect', () => {
    const { breaker, clock } = observed();
    breaker.trip();
    clock.advance(1_000);
    const probe = breaker.acquire();
    breaker.record('failure');
    breaker.record('success');
    expect(breaker.state).toBe('half-open');
    expect(breaker.metrics()).toMatchObject({ calls: 0, late: 2 });
    probe.settle('success');
  });

  it('refuses an unknown outcome', () => {
    expect(() => observed().breaker.record('fail' as never)).toThrow(
      "record must be an outcome or a ruling, got 'fail'",
    );
  });
});

describe('isCircuitOpen', () => {
  const refused = (): unknown => {
    const { breaker } = observed();
    breaker.trip();
    try {
      return breaker.acquire();
    } catch (error) {
      return error;
    }
  };

  it.each<[rule: string, error: (refusal: unknown) => unknown, found: boolean]>([
    ['sees a refusal', (refusal) => refusal, true],
    ['sees one through causes', (refusal) => new Error('a', { cause: new Error('b', { cause: refusal }) }), true],
    ['sees one through sourceError', (refusal) => ({ sourceError: refusal }), true],
    ['sees one among errors', (refusal) => new AggregateError([new Error(), refusal]), true],
    ['takes no other library’s refusal for ours', () => Object.assign(new Error(), { code: 'EOPENBREAKER' }), false],
    ['takes no error for one', () => new Error('down'), false],
    ['takes nothing for one', () => undefined, false],
  ])('%s', (_rule, error, found) => {
    expect(isCircuitOpen(error(refused()))).toBe(found);
  });

  it('terminates on a cycle of causes', () => {
    const error = new Error('round');
    error.cause = error;
    expect(isCircuitOpen(error)).toBe(false);
  });
});
