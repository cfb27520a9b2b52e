import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultsFor } from '../../src/circuit/defaults.ts';
import { resolveOptions } from '../../src/circuit/resolve-options.ts';
import {
  adaptive,
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  exponential,
  failureRate,
  fixed,
  probes,
  rule,
  slowCallRate,
  timeWindow,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { partsOf } from '../../src/vocabulary/made.ts';
import { fail } from './breakers.ts';

const make = (options: object) => () => createBreaker({ name: 'payments', ...options } as BreakerOptions);

describe('createBreaker refuses at creation, naming option, value and rule:', () => {
  it.each<[make: () => unknown, message: string]>([
    [() => createBreaker(undefined as never), 'createBreaker must be an object, got undefined'],
    [() => createBreaker({} as never), 'name must be a string that is not empty, got undefined'],
    [() => createBreaker({ name: '' }), "name must be a string that is not empty, got ''"],
    [make({ threshold: 5 }), "createBreaker has no option 'threshold'; it takes name, openWhen, window,"],
    [make({ openWhen: 0.5 }), 'openWhen must be a rule such as failureRate(0.5), got 0.5'],
    [make({ openWhen: 'failureRate' }), "openWhen must be a rule such as failureRate(0.5), got 'failureRate'"],
    [make({ openWhen: null }), 'openWhen must be a rule such as failureRate(0.5), got null'],
    [make({ window: 10_000 }), 'window must be a window such as timeWindow(10_000), got 10000'],
    [make({ evaluateOn: 'success' }), "evaluateOn must be one of 'failure', 'any', got 'success'"],
    [make({ openFor: 5_000 }), 'openFor must be a function, got 5000'],
    [make({ recover: { permitted: 1 } }), 'recover must be a recovery such as probes({ permitted: 1 }), got an object'],
    [make({ classify: 'failure' }), "classify must be a function, got 'failure'"],
    [make({ permitTimeout: Number.NaN }), 'permitTimeout must be a number of milliseconds greater than 0, got NaN'],
    [make({ permitTimeout: -1 }), 'permitTimeout must be a number of milliseconds greater than 0, got -1'],
    [make({ permitTimeout: '30s' }), "permitTimeout must be a number of milliseconds greater than 0, got '30s'"],
    [
      make({ permitTimeout: Number.POSITIVE_INFINITY }),
      'permitTimeout must be a number of milliseconds greater than 0, got Infinity',
    ],
    [make({ onError: true }), 'onError must be a function, got true'],
    [make({ clock: Date.now }), 'clock must be a clock with a method now, got'],
    [make({ clock: null }), 'clock must be a clock with a method now, got null'],
    [make({ window: null }), 'window must be a window such as timeWindow(10_000), got null'],
    [make({ recover: null }), 'recover must be a recovery such as probes({ permitted: 1 }), got null'],
    [make({ vitals: 5 }), 'vitals must be vitals with a method start, got 5'],
    [make({ vitals: null }), 'vitals must be vitals with a method start, got null'],
    [make({ name: 7 }), 'name must be a string that is not empty, got 7'],
    [make({ random: 0.5 }), 'random must be a function, got 0.5'],
    [() => failureRate(Number.NaN), 'failureRate must be a share greater than 0 and at most 1, got NaN'],
    [() => failureRate(50), 'failureRate must be a share greater than 0 and at most 1, got 50'],
    [() => failureRate(0), 'failureRate must be a share greater than 0 and at most 1, got 0'],
    [() => failureRate('50%' as never), "failureRate must be a share greater than 0 and at most 1, got '50%'"],
    [
      () => failureRate(0.5, { minimumCalls: 0 }),
      'failureRate minimumCalls must be a whole number of at least 1, got 0',
    ],
    [
      () => failureRate(0.5, { minimumCals: 5 } as never),
      "failureRate has no option 'minimumCals'; it takes minimumCalls",
    ],
    [() => slowCallRate(0.5, undefined as never), 'slowCallRate must be an object, got undefined'],
    [
      () => slowCallRate(0.5, {} as never),
      'slowCallRate slowerThan must be a number of milliseconds greater than 0, got undefined',
    ],
    [() => consecutiveFailures(1.5), 'consecutiveFailures must be a whole number of at least 1, got 1.5'],
    [() => fixed(-1), 'fixed must be a number of at least 0, got -1'],
    [() => fixed('1s' as never), "fixed must be a number of at least 0, got '1s'"],
    [() => exponential(0), 'exponential must be a number of milliseconds greater than 0, got 0'],
    [() => exponential(5, { factor: 0.5 }), 'exponential factor must be a number of at least 1, got 0.5'],
    [() => exponential(5_000, { max: 4_000 }), 'exponential max must be a number of at least 5000, got 4000'],
    [
      () => exponential(5, { jitter: 'some' as never }),
      "exponential jitter must be one of 'equal', 'full', 'decorrelated', 'none', got 'some'",
    ],
    [() => probes({} as never), 'probes permitted must be a whole number of at least 1, got undefined'],
    [() => probes({ permitted: 0 }), 'probes permitted must be a whole number of at least 1, got 0'],
    [
      () => probes({ permitted: 1, reprobeAfter: -5 }),
      'probes reprobeAfter must be a number of milliseconds greater than 0, got -5',
    ],
  ])('%#: %2$s', (act, message) => {
    expect(act).toThrow(message);
  });
});

describe('createBreaker', () => {
  it('treats an explicit undefined as an omitted option', () => {
    expect(createBreaker({ name: 'payments', openFor: undefined } as never).state).toBe('closed');
  });

  it('documents each default as it is', () => {
    const source = readFileSync(new URL('../../src/contract/options.ts', import.meta.url), 'utf8');
    const documented = [...source.matchAll(/@default (.+)\n[\s*/]+readonly (\w+)\?:/g)].map(([, value, name]) => [
      name,
      value,
    ]);
    const { evaluateOn, permitTimeout, openFor, random } = resolveOptions(
      { name: 'payments' },
      defaultsFor({ window: timeWindow(10_000) }),
    );
    expect(Object.fromEntries(documented)).toMatchObject({
      evaluateOn: `'${evaluateOn}'`,
      permitTimeout: permitTimeout.toLocaleString('en').replace(',', '_'),
      random: random === Math.random && 'Math.random',
      openWhen: 'that of adaptive(); failureRate(0.5, { minimumCalls: 20 }) where `window` or `evaluateOn` is given',
      window: 'timeWindow(10_000)',
      openFor: expect.stringContaining('that of adaptive(); exponential(5_000, { max: 60_000 }) where'),
      recover: expect.stringContaining('that of adaptive(); probes({ permitted: 1, successes: 2, failures: 1 }) where'),
    });
    const opening = { at: 0, luck: 0.999_999, because: { rule: 'r', at: 0 } };
    expect([0, 1, 9].map((attempt) => Math.round(openFor({ ...opening, attempt })))).toEqual([5_000, 10_000, 60_000]);
    expect(openFor({ ...opening, attempt: 0, luck: 0 })).toBe(2_500);
  });

  it('without a rule, a window or when it is judged is in adaptive mode, of which openFor and recover replace a part', () => {
    const plugsOf = (options: Partial<BreakerOptions>) =>
      resolveOptions({ name: 'payments', ...options }, defaultsFor(options));
    const { openWhen, openFor, recover } = plugsOf({});
    const plugs = adaptive();
    expect([openWhen, openFor, recover].map(partsOf)).toEqual(
      [plugs.openWhen, plugs.openFor, plugs.recover].map(partsOf),
    );
    expect(plugsOf({})).toMatchObject({ openWhen, openFor, recover });
    expect(plugsOf({ openWhen: undefined, window: undefined } as never)).toMatchObject({ openWhen, openFor, recover });
    const mine = { openFor: fixed(1_000), recover: probes({ permitted: 3 }) };
    expect(plugsOf({ openFor: mine.openFor })).toMatchObject({ openWhen, openFor: mine.openFor, recover });
    expect(plugsOf({ recover: mine.recover })).toMatchObject({ openWhen, openFor, recover: mine.recover });
    for (const classic of [
      { openWhen: failureRate(0.1) },
      { window: timeWindow(5_000) },
      { evaluateOn: 'any' as const },
    ]) {
      const plugs = plugsOf(classic);
      expect([plugs.openFor, plugs.recover]).not.toContain(openFor);
      expect([plugs.openWhen, plugs.recover]).not.toContain(recover);
      expect(plugs.openWhen).not.toBe(openWhen);
    }
  });

  it.each<[calls: string, every: number, last: number]>([
    ['one failing call a second', 1_000, 5],
    ['a failing call every half minute', 30_000, 5],
    ['ten failing calls a second', 100, 10],
  ])('in adaptive mode opens within five calls at %s', async (_calls, every, last) => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'payments', clock });
    let calls = 0;
    while (breaker.state === 'closed' && calls < 100) {
      clock.advance(every);
      await fail(breaker);
      calls++;
    }
    expect(calls).toBeLessThanOrEqual(last);
  });

  it('with a window opens by default at half of 20 calls failing within 10 seconds, and not before', async () => {
    const breaker = createBreaker({ name: 'payments', window: timeWindow(10_000) });
    for (let call = 0; call < 19; call++) await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('reports an openFor that returns nonsense or throws, and opens for 5 s', async () => {
    for (const openFor of [
      () => Number.NaN,
      () => -5,
      () => 'soon' as never,
      () => [][0] as never,
      () => {
        throw new Error('openFor');
      },
    ]) {
      const reported: string[] = [];
      const breaker = createBreaker({
        name: 'payments',
        openWhen: consecutiveFailures(1),
        openFor,
        onError: (_error, where) => reported.push(where),
      });
      await fail(breaker);
      expect(reported).toEqual(['plug']);
      expect(breaker.metrics().errors).toBe(1);
      expect(breaker.state).toBe('open');
      expect(breaker.retryAfter).toBeGreaterThan(4_000);
      breaker.reset();
      expect(await breaker.run(() => 'through')).toBe('through');
    }
  });

  it('reports a recovery that throws when a call is made, not when the state is read', async () => {
    const stay = probes({ permitted: 1 }).build({ permitTimeout: 1, rule: undefined });
    const admit = () => {
      throw new Error('plug');
    };
    const breaker = createBreaker({ name: 'payments', recover: { build: () => ({ ...stay, admit }) } });
    breaker.halfOpen();
    expect([breaker.state, breaker.retryAfter, breaker.metrics().errors]).toEqual(['half-open', 0, 0]);
    expect(await breaker.run(() => 'through')).toBe('through');
    expect(breaker.metrics().errors).toBe(1);
  });

  it('survives a rule and a recovery that throw: the caller’s own ending is passed through', async () => {
    const bug = () => {
      throw new Error('plug');
    };
    const reported: string[] = [];
    const breaker = createBreaker({
      name: 'payments',
      onError: (_error, where) => reported.push(where),
      openWhen: rule({ judge: bug }),
      recover: { build: () => ({ start: bug, admit: bug, settle: bug, tally: bug }) },
    });
    expect(await fail(breaker, 'down')).toBe('down');
    breaker.trip(0);
    expect(reported).toEqual(['openWhen']);
    expect(breaker.metrics().errors).toBe(1);
  });

  it('survives a detector that watches and throws: calls go through', async () => {
    const bug = () => {
      throw new Error('plug');
    };
    const detection = { clockReads: 2, slowerThan: 1, watches: true, anchored: false, start: bug } as const;
    const breaker = createBreaker({ name: 'payments', openWhen: { build: () => detection } });
    expect(await breaker.run(() => 'fine')).toBe('fine');
    expect(breaker.metrics().errors).toBe(2);
  });

  it('asks a detector that watches before a call only if it has a method for that', async () => {
    const quiet = { tell: () => undefined, skip() {}, clear() {}, lull: 0, lullUntil: 0, lullUnder: 0 };
    const detector = { ...quiet, readings: () => ({ calls: 0, failures: 0, slow: 0 }) };
    const detection = { clockReads: 2, slowerThan: Infinity, watches: true, start: () => detector as never } as const;
    const breaker = createBreaker({ name: 'payments', openWhen: { build: () => detection } });
    expect(await breaker.run(() => 'fine')).toBe('fine');
    expect(breaker.metrics().errors).toBe(0);
  });
});
