import { createBreaker, createRegistry } from '@switchgear/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instrumentBreakers } from '../src/index.ts';
import { fail, held, succeed } from './setup/breakers.ts';
import { nonZero, readMeter } from './setup/readings.ts';

describe('the number of series', () => {
  it('is bounded in names: the first maxNames have their own, all others share _OTHER', async () => {
    const { meter, read } = readMeter();
    const registry = createRegistry({ options: (key) => ({ name: key }) });
    instrumentBreakers(registry, { meter, maxNames: 2 });
    for (const key of ['a', 'b', 'c', 'd', 'a']) succeed(registry.get(key));
    registry.get('d').trip();
    expect(nonZero(await read('calls'))).toEqual({
      'calls name=a outcome=success': 2,
      'calls name=b outcome=success': 1,
      'calls name=_OTHER outcome=success': 2,
    });
    expect(nonZero(await read('state'))).toEqual({
      'state name=a state=closed': 1,
      'state name=b state=closed': 1,
      'state name=_OTHER state=closed': 1,
      'state name=_OTHER state=open': 1,
    });
  });

  it('is bounded in kinds of failure and in reasons', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held();
    instrumentBreakers(breaker, { meter, maxKinds: 1 });
    for (const kind of ['503', '504', 'ECONNRESET', '503']) {
      breaker.reset();
      fail(breaker, kind);
    }
    breaker.reset();
    breaker.trip();
    expect(nonZero(await read('calls'))).toEqual({
      'calls name=payments outcome=failure error.type=503': 2,
      'calls name=payments outcome=failure error.type=_OTHER': 2,
    });
    expect(await read('transitions')).toEqual({
      'transitions name=payments from=closed to=open reason=trip': 1,
    });
    breaker.reset();
    expect(await read('transitions')).toEqual({
      'transitions name=payments from=closed to=open reason=trip': 1,
      'transitions name=payments from=open to=closed reason=_OTHER': 1,
    });
  });

  it('stays within its bounds, and no call is lost, whatever the names and kinds', async () => {
    const words = fc.string({ maxLength: 3 });
    const calls = fc.array(fc.tuple(words, words), { maxLength: 60 });
    const bounds = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(calls, bounds, bounds, async (failures, maxNames, maxKinds) => {
        const { meter, read } = readMeter();
        const registry = createRegistry({ options: (key) => ({ name: `${key}.` }) });
        instrumentBreakers(registry, { meter, maxNames, maxKinds });
        for (const [name, kind] of failures) fail(registry.get(name), kind);
        const counted = await read('calls');
        expect(Object.keys(counted).length).toBeLessThanOrEqual((maxNames + 1) * (4 + maxKinds + 1));
        expect(Object.values(counted).reduce((sum, value) => sum + value, 0)).toBe(failures.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('options', () => {
  it.each([
    [
      'maxNames',
      0,
      new RangeError(
        'Switchgear: instrumentBreakers maxNames must be a whole number of at least 1, got 0; for example 10',
      ),
    ],
    [
      'maxKinds',
      1.5,
      new RangeError(
        'Switchgear: instrumentBreakers maxKinds must be a whole number of at least 1, got 1.5; for example 10',
      ),
    ],
    ['spans', 'no', new TypeError("Switchgear: instrumentBreakers spans must be one of true, false, got 'no'")],
    ['meter', {}, new TypeError('Switchgear: instrumentBreakers meter must be a meter, got an object')],
    ['clock', 5, new RangeError('Switchgear: instrumentBreakers clock must be a clock, got 5')],
    [
      'maxSeries',
      5,
      /^TypeError: Switchgear: instrumentBreakers has no option 'maxSeries'; it takes meter, maxNames, maxKinds/,
    ],
  ])('one that makes no sense is refused: %s', (name, value, error) => {
    const instrument = () => instrumentBreakers(createBreaker({ name: 'a' }), { [name]: value });
    if (error instanceof RegExp) expect(instrument).toThrow(expect.toSatisfy((thrown) => error.test(String(thrown))));
    else expect(instrument).toThrow(error);
  });

  it('an undefined one is one left out', async () => {
    const { meter, read } = readMeter();
    instrumentBreakers(createBreaker({ name: 'a' }), { meter, maxNames: undefined as never });
    expect(await read('window.calls')).toEqual({ 'window.calls name=a': 0 });
  });
});
