import { describe, expect, it } from 'vitest';

import { limitOf } from '../../src/adaptive/limit.ts';
import { SelfClockedRecovery } from '../../src/adaptive/self-clocked.ts';
import type { SelfClocked } from '../../src/adaptive/self-clocked-memory.ts';
import { adaptive, type Breaker, type Permit, type Vitals } from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';
import { memoryIn, vitalsIn } from '../properties/machine.ts';
import { present } from './present-vitals.ts';

/** A breaker in adaptive mode, and callers who each call every 20 ms and wait for 15 ms; so many at once at first, then one. */
function seasoned(permitTimeout: number = 30_000, atOnce: number = 1) {
  const seen = observed({ ...adaptive(), random: () => 0.5, permitTimeout }, 0);
  const { breaker, clock } = seen;
  const call = (outcome: 'success' | 'failure' | 'ignored', times: number = 1): void => {
    for (let done = 0; done < times; done++) {
      clock.advance(5);
      const permit = breaker.tryAcquire();
      clock.advance(15);
      permit?.settle(outcome);
    }
  };
  /** Waits until a call may be let through, and makes one. */
  const probe = (): Permit => {
    clock.advance(breaker.retryAfter);
    return breaker.acquire();
  };
  for (let round = 0; round < 500; round++) {
    clock.advance(5);
    const permits = Array.from({ length: atOnce }, () => breaker.acquire());
    clock.advance(15);
    for (const permit of permits) permit.settle('success');
  }
  return { ...seen, call, probe };
}

const memory = (breaker: Breaker) => memoryIn(breaker) as SelfClocked;
const limit = (breaker: Breaker) => memory(breaker).limit?.calls;

/** Open on three failures, half a minute ago. */
function down(permitTimeout?: number) {
  const seen = seasoned(permitTimeout);
  seen.call('failure', 3);
  expect(seen.breaker.state).toBe('open');
  return seen;
}

/** In the ramp, with this many calls allowed at once. */
function ramping(calls: number, permitTimeout?: number) {
  const seen = down(permitTimeout);
  seen.probe().settle('success');
  // One more with each success that runs into the limit.
  while ((limit(seen.breaker) as number) < calls) for (const permit of fill(seen)) permit.settle('success');
  // The last who asked was refused, so that no row of successes has begun.
  for (const permit of fill(seen)) permit.settle('ignored');
  return seen;
}

/** Straight from closed, with this many calls allowed at once, which is also normal. */
function limited(calls: number) {
  const seen = seasoned(30_000, calls);
  const permits = Array.from({ length: calls }, () => seen.breaker.acquire());
  seen.breaker.halfOpen();
  for (const permit of permits) permit.settle('ignored');
  return seen;
}

/** As many calls as are let through. */
function fill({ breaker, clock }: ReturnType<typeof seasoned>): Permit[] {
  const permits: Permit[] = [];
  clock.advance(15);
  for (let permit = breaker.tryAcquire(); permit; permit = breaker.tryAcquire()) {
    permits.push(permit);
    // A circuit that has closed would let them through for ever.
    expect(permit.probe).toBe(true);
  }
  return permits;
}

describe('after an opening', () => {
  it('one probe goes at a time, and its failure opens again', () => {
    const { breaker, probe, moves, events } = down();
    const first = probe();
    expect(first.probe).toBe(true);
    expect(breaker.tryAcquire()).toBeUndefined();
    first.settle('failure');
    expect(moves().slice(-2)).toEqual(['open>half-open', 'half-open>open']);
    expect(events.at(-1)?.because).toMatchObject({ rule: 'probes', evidence: { calls: 1, failures: 1 } });
  });

  it('an ignored probe gives its place to the next caller', () => {
    const { breaker, probe } = down();
    const ignored = probe();
    const before = memory(breaker);
    ignored.settle('ignored');
    expect(breaker.state).toBe('half-open');
    expect(memory(breaker)).toEqual({ ...before, probe: undefined });
    expect(breaker.tryAcquire()?.probe).toBe(true);
    expect(breaker.tryAcquire()).toBeUndefined();
  });

  it('calls let through in disabled mode are neither probes nor load of the ramp', () => {
    const { breaker, probe } = down();
    probe().settle('ignored');
    breaker.setMode('disabled');
    const others = [1, 2, 3].map(() => breaker.acquire());
    breaker.setMode('active');
    others[0]?.settle('failure');
    expect(breaker.state).toBe('half-open');
    const probing = breaker.acquire();
    others[1]?.settle('success');
    expect(limit(breaker)).toBeUndefined();
    probing.settle('success');
    expect(limit(breaker)).toBeGreaterThanOrEqual(1);
    expect(vitalsIn(breaker)).toMatchObject({ load: 0, outstanding: 1 });
    others[2]?.settle('failure');
    expect(memory(breaker)).toMatchObject({ loss: 0, failures: 0 });
    expect(breaker.metrics().errors).toBe(0);
  });

  it('a probe that is lost is replaced after four waits and four normal calls, and the next gets a new wait', () => {
    const { breaker, clock, probe, events } = down();
    probe();
    const { until = 0 } = memory(breaker).probe ?? {};
    const { vitals } = { vitals: vitalsIn(breaker) };
    const outage = clock.now() - vitals.unservedSince;
    const wait = Math.sqrt((2 * Math.max(100, outage)) / vitals.rate(clock.now()));
    expect(until - clock.now()).toBeCloseTo(4 * (wait + vitals.normalLatency), 6);
    clock.advance(until - clock.now() - 1);
    expect(breaker.tryAcquire()).toBeUndefined();
    clock.advance(1);
    expect(breaker.tryAcquire()?.probe).toBe(true);
    expect(events.filter(({ type }) => type === 'lost')).toHaveLength(1);
    const again = (memory(breaker).probe?.until ?? 0) - clock.now();
    // The outage has grown older meanwhile.
    expect(again).toBeGreaterThan(until - clock.now());
    expect(again).toBeGreaterThan(4 * (wait + vitals.normalLatency));
  });

  it('a probe that is lost is replaced after four waits and four permitTimeouts, however slow calls have been', () => {
    const { breaker, clock, probe } = down(10);
    probe();
    const { until = 0 } = memory(breaker).probe ?? {};
    const vitals = vitalsIn(breaker);
    expect(vitals.normalLatency).toBeGreaterThan(10);
    const outage = Math.max(100, clock.now() - vitals.unservedSince);
    const wait = Math.sqrt((2 * outage) / vitals.rate(clock.now()));
    expect(until - clock.now()).toBeCloseTo(4 * (wait + 10), 6);
  });

  it('a lost probe no longer counts, nor does it count as load', () => {
    const { breaker, clock, probe, moves } = down();
    const lost = probe();
    clock.advance(60_000);
    const second = breaker.acquire();
    expect(vitalsIn(breaker)).toMatchObject({ load: 1, outstanding: 2 });
    const before = moves().length;
    lost.settle('failure');
    expect(moves()).toHaveLength(before);
    expect(breaker.metrics().late).toBe(1);
    expect(vitalsIn(breaker)).toMatchObject({ load: 1, outstanding: 1 });
    second.settle('success');
    expect(limit(breaker)).toBeGreaterThanOrEqual(1);
  });

  it('calls that hang since before the outage are not load, and their later outcomes have no effect', () => {
    const seen = seasoned();
    const hanging = Array.from({ length: 5 }, () => seen.breaker.acquire());
    seen.call('failure', 3);
    seen.probe().settle('success');
    expect(vitalsIn(seen.breaker)).toMatchObject({ load: 0, outstanding: 5 });
    const before = seen.moves().length;
    for (const permit of hanging) permit.settle('failure');
    expect(seen.moves()).toHaveLength(before);
    expect(memory(seen.breaker)).toMatchObject({ loss: 0, clean: 0 });
  });

  it('the first limit is what is normally under way; less, the longer the outage was', () => {
    const begin = (outage: number) => {
      // Two hundred at a time, each for 100 ms: 2,000 a second.
      const seen = observed({ ...adaptive(), random: () => 0.5 }, 0);
      for (let round = 0; round < 100; round++) {
        const permits = Array.from({ length: 200 }, () => seen.breaker.acquire());
        seen.clock.advance(100);
        for (const permit of permits) permit.settle('success');
      }
      seen.breaker.trip(outage);
      seen.clock.advance(outage);
      seen.breaker.acquire().settle('success');
      return limit(seen.breaker) as number;
    };
    expect(begin(100)).toBeCloseTo(200, -1);
    expect(begin(399)).toBeGreaterThan(180);
    // Ten times as long as four normal calls; and fewer are offered than before.
    expect(begin(4_000)).toBeGreaterThan(10);
    expect(begin(4_000)).toBeLessThan(20);
    expect(begin(600_000)).toBe(1);
  });

  it('the first limit is a number even if no time has passed', () => {
    const { breaker } = observed({ ...adaptive() }, 0);
    breaker.acquire().settle('success');
    breaker.trip(0);
    breaker.halfOpen();
    breaker.acquire().settle('success');
    expect(limit(breaker)).toBe(1);
    for (let call = 0; call < 20; call++) breaker.tryAcquire()?.settle('success');
    expect(breaker.state).toBe('closed');
  });
});

describe('while traffic returns', () => {
  it('metrics show the calls and failures of the ramp', () => {
    const seen = down();
    seen.probe().settle('success');
    seen.call('failure');
    expect(seen.breaker.metrics()).toMatchObject({ state: 'half-open', calls: 2, failures: 1, slow: 0 });
  });

  it('calls up to the limit go through, and the others get a retryAfter', () => {
    const seen = ramping(6);
    expect(fill(seen)).toHaveLength(Math.floor(limit(seen.breaker) as number));
    expect(seen.breaker.retryAfter).toBeGreaterThanOrEqual(1);
    expect(seen.breaker.metrics().rejected).toBeGreaterThan(0);
  });

  it('ten successes in a row without a refusal, with half of the limit free, close it', () => {
    const seen = ramping(6);
    seen.call('success', 9);
    expect(seen.breaker.state).toBe('half-open');
    seen.call('success', 1);
    expect(seen.breaker.state).toBe('closed');
    expect(seen.events.at(-1)?.because).toMatchObject({ rule: 'steady', evidence: { run: 10 } });
  });

  it.each(['a failure', 'a refusal'])('%s restarts the row', (what) => {
    const seen = ramping(6);
    seen.call('success', 9);
    if (what === 'a failure') seen.call('failure');
    else for (const permit of fill(seen)) permit.settle('ignored');
    seen.call('success', 9);
    expect(seen.breaker.state).toBe('half-open');
    seen.call('success');
    expect(seen.breaker.state).toBe('closed');
  });

  it('ignored calls neither restart it nor count', () => {
    const seen = ramping(6);
    seen.call('success', 9);
    seen.call('ignored', 5);
    expect(seen.breaker.state).toBe('half-open');
    seen.call('success');
    expect(seen.breaker.state).toBe('closed');
  });

  it('three failures in excess halve it, and calls sent before the cut no longer count', () => {
    const seen = limited(8);
    const permits = fill(seen);
    permits.shift()?.settle('success');
    for (const permit of permits.splice(0, 3)) permit.settle('failure');
    // One of them is taken back by the success.
    expect(limit(seen.breaker)).toBeGreaterThan(8);
    permits.shift()?.settle('failure');
    expect(limit(seen.breaker)).toBe(4);
    const after = memory(seen.breaker);
    for (const permit of permits) permit.settle('failure');
    expect(memory(seen.breaker)).toEqual(after);
    expect(seen.breaker.state).toBe('half-open');
  });

  it('with no success between two cuts it opens again', () => {
    const seen = limited(8);
    const permits = fill(seen);
    permits.shift()?.settle('success');
    for (const permit of permits) permit.settle('failure');
    expect(limit(seen.breaker)).toBe(4);
    for (const permit of fill(seen)) permit.settle('failure');
    expect(seen.breaker.state).toBe('open');
    expect(seen.events.at(-1)?.because).toMatchObject({ rule: 'ramp', evidence: { failures: 7, calls: 8, run: 0 } });
  });

  it('with nothing left to cut it opens again', () => {
    const seen = down();
    seen.probe().settle('success');
    expect(limit(seen.breaker)).toBe(1);
    seen.call('failure', 2);
    expect(seen.breaker.state).toBe('half-open');
    seen.call('failure');
    expect(seen.breaker.state).toBe('open');
  });

  it.each([0.08, 0.2, 0.35, 0.8])('three failures also cut it with a break-even of %d', (breakEven) => {
    const { breaker, clock } = observed({ ...adaptive({ breakEven }), random: () => 0.5 }, 0);
    breaker.trip(10);
    clock.advance(10);
    breaker.acquire().settle('success');
    for (let failure = 0; failure < 2; failure++) breaker.acquire().settle('failure');
    expect(breaker.state).toBe('half-open');
    breaker.acquire().settle('failure');
    expect(breaker.state).toBe('open');
  });
});

describe('calls of a ramp that are never settled', () => {
  it('hold their places for permitTimeout after the last sign of life, and are then fenced', () => {
    const seen = ramping(4, 1_000);
    const { breaker, clock, moves } = seen;
    const lost = fill(seen);
    clock.advance(999);
    expect(breaker.tryAcquire()).toBeUndefined();
    clock.advance(1);
    const next = breaker.tryAcquire();
    expect(next?.probe).toBe(true);
    expect(breaker.metrics().lost).toBe(lost.length);
    expect(vitalsIn(breaker)).toMatchObject({ load: 1, outstanding: 1 + lost.length });
    const before = [moves().length, memory(breaker)] as const;
    for (const permit of lost) permit.settle('failure');
    expect([moves().length, memory(breaker)]).toEqual(before);
    expect(vitalsIn(breaker)).toMatchObject({ load: 1, outstanding: 1 });
  });

  it('do not keep it half-open if there is room beside them: no refusal for long enough closes it', () => {
    const seen = ramping(2, 1_000);
    seen.breaker.tryAcquire();
    seen.call('success', 10);
    // Load and limit are as they are: never will half of the limit be free.
    expect(seen.breaker.state).toBe('half-open');
    seen.call('success', 45);
    expect(seen.breaker.state).toBe('closed');
    expect(seen.breaker.metrics().lost).toBe(0);
  });
});

describe('straight from closed', () => {
  it('no probe is needed: the first limit is twice what is normally under way and one more, for chance', () => {
    // Three of four milliseconds, one call is under way.
    const seen = seasoned();
    const under = Array.from({ length: 7 }, () => seen.breaker.acquire());
    seen.breaker.halfOpen();
    expect(limit(seen.breaker)).toBeCloseTo(2 * (0.75 + 1), 1);
    for (const permit of under.slice(0, 4)) {
      expect(seen.breaker.tryAcquire()).toBeUndefined();
      permit.settle('ignored');
    }
    expect(seen.breaker.tryAcquire()).toBeUndefined();
    under[4]?.settle('ignored');
    expect(seen.breaker.tryAcquire()).toBeDefined();
  });

  it('it is no more than the current load', () => {
    const seen = seasoned();
    const under = [1, 2, 3].map(() => seen.breaker.acquire());
    seen.breaker.halfOpen();
    expect(limit(seen.breaker)).toBe(3);
    for (const permit of under) permit.settle('ignored');
  });

  it('without load one call goes through at a time', () => {
    const seen = seasoned();
    seen.breaker.halfOpen();
    expect(limit(seen.breaker)).toBe(1);
    expect(fill(seen)).toHaveLength(1);
  });
});

describe('recovery in numbers', () => {
  const recovery = new SelfClockedRecovery(0.5, 1_000);
  const start = recovery.start({ at: 0, wait: 0, fromClosed: false }, present());
  const ending = { id: 7, slow: false, duration: 20, kind: undefined } as const;
  const ramp = (numbers: Partial<SelfClocked>): SelfClocked => ({ ...start, limit: limitOf(36, 36), ...numbers });

  it('the wait for a probe depends on the present latency if that exceeds the normal one', () => {
    const until = (numbers: Partial<Vitals>) =>
      recovery.admit(start, { at: 0, id: 1 }, present(numbers)).memory.probe?.until as number;
    expect(until({ latency: 300 }) - until({ latency: 20 })).toBeCloseTo(4 * (300 - 20), 9);
    expect(until({ latency: 20, normalLatency: 300 })).toBe(until({ latency: 300 }));
  });

  it('closes after twice the root of the limit if that is more than ten', () => {
    const after = (clean: number) =>
      recovery.settle(ramp({ clean: clean - 1, open: 9_500 }), { ...ending, at: 10_000, outcome: 'success' }, present())
        .to;
    expect([10, 11, 12].map(after)).toEqual([undefined, undefined, 'closed']);
  });

  it('closes after ten in a row, whatever the limit, once no call has been refused for permitTimeout', () => {
    const at = (ms: number) =>
      recovery.settle(ramp({ clean: 9, open: 9_000 }), { ...ending, at: ms, outcome: 'success' }, present()).to;
    expect([9_999, 10_000].map(at)).toEqual([undefined, 'closed']);
  });

  it('closes only if no call was refused for two latencies: answers come in batches', () => {
    const at = (ms: number) =>
      recovery.settle(
        ramp({ clean: 30, open: 10_000 }),
        { ...ending, at: ms, outcome: 'success' },
        present({ latency: 50 }),
      );
    expect([10_099, 10_100].map((ms) => at(ms).to)).toEqual([undefined, 'closed']);
    expect(at(10_100).verdict).toEqual({
      rule: 'steady',
      evidence: {
        ...{ calls: 1, failures: 0, slow: 0, run: 31, load: 1, limit: 36 },
        ...{ unrefusedFor: 100, latency: 50, normalLatency: 20 },
      },
    });
  });

  it.each([
    ['twenty latencies', 100, 20, 2_000],
    ['at least a second', 40, 10, 1_000],
  ])('accepts slow calls as normal if none was refused for %s', (_words, latency, normalLatency, wait) => {
    const slow = present({ latency, normalLatency, load: 35 });
    const at = (ms: number) =>
      recovery.settle(ramp({ clean: 9, open: 10_000 }), { ...ending, at: ms, outcome: 'success' }, slow);
    expect(at(10_000 + wait - 1).to).toBeUndefined();
    expect(at(10_000 + wait)).toMatchObject({
      to: 'closed',
      verdict: { rule: 'slowerNow', evidence: { unrefusedFor: wait, latency, normalLatency } },
      notes: { acceptLatency: true },
    });
  });

  it('a failure ends a raise of the limit if it came later than calls came back before the raise', () => {
    const raised = { ...limitOf(30, 40), raise: { first: 20, before: 20, latency: 100 }, next: 20_000 };
    const after = (duration: number) =>
      recovery.settle(
        ramp({ limit: raised }),
        { ...ending, duration, at: 10_000, outcome: 'failure' },
        present({ latency: 100 }),
      ).memory?.limit;
    expect(after(131)).toEqual({ ...limitOf(20, 20), next: 12_000 });
    expect(after(130)).toBe(raised);
  });

  it('opens if there is nothing left to cut, though calls have succeeded since the last cut', () => {
    const after = (calls: number) =>
      recovery.settle(
        ramp({ limit: limitOf(calls, 1), loss: 1.5, hasServed: true }),
        { ...ending, at: 10_000, outcome: 'failure' },
        present(),
      ).to;
    expect(after(1)).toBe('open');
    expect(after(1.1)).toBeUndefined();
  });
});
