import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  type BreakerEvent,
  CircuitOpenError,
  consecutiveFailures,
  createBreaker,
  explain,
  findCircuitOpen,
  fixed,
  isCircuitOpen,
  loggable,
  restore,
  snapshot,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { observed } from './breakers.ts';

const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

describe('a name from outside that every object inherits', () => {
  it.each(words)('is a rule name like any other: %s', (rule) => {
    expect(explain({ rule, at: 0 })).toContain(rule.slice(1));
    const { breaker } = observed();
    restore(breaker, { ...snapshot(breaker), because: { rule, at: 0, evidence: { [rule]: 1 } } });
    expect(() => breaker.metrics()).not.toThrow();
  });

  it.each(words)('is an unknown option like any other: %s', (name) => {
    const options = JSON.parse(`{ "name": "payments", "${name}": 1 }`) as never;
    expect(() => createBreaker(options)).toThrow(`has no option '${name}'`);
  });
});

describe('restore', () => {
  const opened = () => {
    const { breaker } = observed();
    breaker.trip(5_000);
    return snapshot(breaker);
  };

  it.each<[string, object, string]>([
    ['an opening without end', { until: Number.POSITIVE_INFINITY }, 'snapshot until'],
    ['what JSON makes of it', { until: null }, 'snapshot until'],
    ['an invalid reason', { because: 'down' }, 'snapshot because'],
    ['a reason without a rule', { because: { at: 1 } }, 'snapshot because.rule'],
    ['a reason without a time', { because: { rule: 'trip', at: Number.NaN } }, 'snapshot because.at'],
    ['an invalid wait', { waited: 'long' }, 'snapshot waited'],
  ])('refuses %s, naming the field, the rule and the value', (_what, changes, message) => {
    expect(() => restore(observed().breaker, { ...opened(), ...changes })).toThrow(message);
  });

  it('leaves out of the evidence what is not a number', () => {
    const { breaker } = observed();
    const evidence = { calls: 3, limit: null, by: 'hand' } as never;
    restore(breaker, { ...opened(), because: { rule: 'own', at: 0, evidence } });
    expect(snapshot(breaker).because?.evidence).toEqual({ calls: 3 });
  });

  it.each([Number.MAX_VALUE, 1e308, 2.5, 0])('takes the breaker’s own snapshot after JSON, opened for %d ms', (ms) => {
    const { breaker } = observed();
    breaker.trip(ms);
    const own = JSON.parse(JSON.stringify(snapshot(breaker)));
    expect(() => restore(observed().breaker, own)).not.toThrow();
  });

  it('takes a snapshot with a clock without wall time', () => {
    const clock = { now: () => 5, wall: () => expect.fail('no date') };
    const breaker = createBreaker({ name: 'payments', clock });
    expect(() => restore(breaker, snapshot(breaker))).not.toThrow();
  });
});

describe('options', () => {
  it('inherited from a class count', () => {
    class Base {
      get openFor() {
        return fixed(70);
      }
    }
    class Payments extends Base {
      name = 'payments';
      openWhen = consecutiveFailures(1);
    }
    const breaker = createBreaker(new Payments());
    breaker.trip();
    expect(breaker.retryAfter).toBeGreaterThan(0);
    expect(breaker.retryAfter).toBeLessThanOrEqual(70);
  });
});

describe('for a log line', () => {
  const clock = () => {
    const inner = manualClock(2_691.357084696211);
    return { now: () => inner.now(), wall: () => Date.UTC(2026, 2, 1, 3, 4, 5, 678) };
  };

  it('an event, a reason and a refusal have dates where the breaker has instants', () => {
    const time = clock();
    const { breaker, events } = observed({ clock: time, openFor: fixed(1_500) });
    breaker.trip();
    const event = loggable(events[0] as BreakerEvent, time);
    const because = { rule: 'trip', at: '2026-03-01T03:04:05.678Z', nextAttemptAt: '2026-03-01T03:04:07.178Z' };
    expect(event).toEqual({ type: 'move', breaker: 'payments', from: 'closed', to: 'open', at: because.at, because });
    const error = findCircuitOpen(attempt(() => breaker.acquire())) as CircuitOpenError;
    expect(loggable(error, time)).toMatchObject({ name: 'CircuitOpenError', code: 'EOPENBREAKER', because });
    expect(loggable(error.because, time)).toEqual(because);
    expect(JSON.stringify(event)).not.toContain('2691');
  });

  it('an event is dated by the runtime’s clock where the breaker has none of its own', () => {
    const breaker = createBreaker({ name: 'payments' });
    const seen: string[] = [];
    const before = Date.now();
    breaker.subscribe((event) => seen.push(loggable(event).at));
    breaker.trip();
    const at = Date.parse(seen[0] as string);
    expect(at).toBeGreaterThanOrEqual(before - 60_000);
    expect(at).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it('an instant beyond all dates becomes the latest date', () => {
    expect(loggable({ rule: 'trip', at: 0, nextAttemptAt: Number.MAX_VALUE }).nextAttemptAt).toMatch(/^\+275760/);
  });

  it('a breaker is one line, and JSON leaves out its internals', () => {
    const { breaker } = observed();
    expect(inspect(breaker)).toBe('Breaker "payments" (closed)');
    breaker.setMode('shadow');
    breaker.trip();
    expect(inspect({ breaker })).toBe('{ breaker: Breaker "payments" (open, shadow) }');
    expect(JSON.parse(JSON.stringify({ breaker }))).toEqual({
      breaker: { name: 'payments', state: 'open', mode: 'shadow' },
    });
  });

  it('waits are whole milliseconds, rounded up', () => {
    const { breaker } = observed({ openFor: () => 2_691.357084696211 });
    breaker.trip();
    expect(breaker.retryAfter).toBe(2_692);
    expect(attempt(() => breaker.acquire())).toMatchObject({ retryAfter: 2_692 });
  });
});

describe('a refusal that has crossed a thread', () => {
  it('is recreated from its three parts, and recognised as a refusal', () => {
    const { breaker } = observed();
    breaker.trip();
    const { breaker: name, retryAfter, because } = attempt(() => breaker.acquire()) as CircuitOpenError;
    const [there, wait, why] = structuredClone([name, retryAfter, because] as const);
    const again = new CircuitOpenError(there, wait, why);
    expect(isCircuitOpen(again)).toBe(true);
    expect(again).toMatchObject({ code: 'EOPENBREAKER', breaker: 'payments', retryAfter: 1_000 });
  });
});

describe('an option that is refused', () => {
  const make = (options: object) => () => createBreaker({ name: 'payments', ...options } as never);

  it.each<[string, () => unknown, string[]]>([
    ['names the library first', make({ permitTimeout: 0 }), ['Switchgear: permitTimeout must be']],
    ['shows a valid value: no options', () => createBreaker(undefined as never), ['for example createBreaker({ name:']],
    ['shows a valid value: a wait', make({ openFor: 30_000 }), ['for example fixed(30000)']],
    ['shows a valid value: a wait for one that is not', make({ openFor: -1 }), ['for example fixed(30_000)']],
    ['shows a valid value: a wait for none', make({ openFor: 0 }), ['for example fixed(30_000)']],
    ['shows a valid value: a name', make({ name: '' }), ["for example name: 'payments'"]],
    ['shows a valid value: chance', make({ random: 0.5 }), ['for example Math.random']],
    [
      'shows a valid value: a classifier',
      make({ classify: 'failure' }),
      ["for example (ending) => ('error' in ending ? 'failure' : undefined)"],
    ],
    ['shows a valid value: a hook', make({ onError: true }), ['for example console.error']],
    ['shows a valid value: a clock', make({ clock: {} }), ['for example performance']],
    [
      'shows how to spread a value for several options',
      make({ openWhen: { openWhen: 1 } }),
      ["createBreaker({ name: 'payments', ...adaptive() })"],
    ],
    ['suggests a fix: capital letter', make({ openwhen: 1 }), ["did you mean 'openWhen'?"]],
    ['suggests a fix: swapped letters', make({ opneWhen: 1 }), ["did you mean 'openWhen'?"]],
    ['suggests a fix: an extra letter', make({ windows: 1 }), ["did you mean 'window'?"]],
    ['knows opossum: timeout', make({ timeout: 3_000 }), ['timeout(3_000) of @switchgear/policies']],
    ['knows opossum: the threshold', make({ errorThresholdPercentage: 50 }), ['failureRate(0.5']],
    ['knows opossum: the reset', make({ resetTimeout: 30_000 }), ['openFor: fixed(30_000)']],
    ['knows cockatiel: the wait', make({ halfOpenAfter: 10_000 }), ['openFor: fixed(30_000)']],
    ['knows cockatiel: the breaker', make({ breaker: {} }), ['openWhen: consecutiveFailures(5)']],
  ])('%s', (_what, act, messages) => {
    for (const message of messages) expect(act).toThrow(message);
  });
});

describe('an option of another library is refused with what to use here:', () => {
  it.each([
    ['breaker', 'Use openWhen: consecutiveFailures(5).'],
    ['capacity', 'Use bulkhead({ concurrent: 10 }) of @switchgear/policies.'],
    ['errorFilter', "Use classify: return 'ignored' for errors that are not the dependency's."],
    ['errorThresholdPercentage', 'Use openWhen: failureRate(0.5, { minimumCalls: 20 }).'],
    ['failureThreshold', 'Use openWhen: consecutiveFailures(5).'],
    ['fallback', 'Use fallback(…) of @switchgear/policies.'],
    ['halfOpenAfter', 'Use openFor: fixed(30_000).'],
    ['initialState', 'Use restore(breaker, snapshot).'],
    ['resetTimeout', 'Use openFor: fixed(30_000).'],
    ['rollingCountBuckets', 'Use window: timeWindow(10_000, { buckets: 10 }).'],
    ['rollingCountTimeout', 'Use window: timeWindow(10_000, { buckets: 10 }).'],
    ['successThreshold', 'Use recover: probes({ permitted: 1, successes: 2 }).'],
    ['threshold', 'Use openWhen: failureRate(0.5, { minimumCalls: 20 }).'],
    ['timeout', 'Use timeout(3_000) of @switchgear/policies.'],
    ['volumeThreshold', 'Use openWhen: failureRate(0.5, { minimumCalls: 20 }).'],
  ])('%s: %s', (option, hint) => {
    const make = () => createBreaker({ name: 'payments', [option]: 1 } as never);
    expect(make).toThrow(`has no option '${option}'; it takes`);
    expect(make).toThrow(`, vitals. ${hint}`);
  });
});

function attempt(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
