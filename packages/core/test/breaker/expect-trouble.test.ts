import { describe, expect, it } from 'vitest';
import { adaptive, cusum, expectTrouble, squareRoot } from '../../src/index.ts';
import { observed } from './breakers.ts';

/** A breaker that has seen 2,000 calls succeed, 20 ms apart. */
function seasoned(options: Parameters<typeof observed>[0] = adaptive()) {
  const seen = observed({ random: () => 0.5, ...options });
  const call = (outcome: 'success' | 'failure', times: number = 1) => {
    for (let done = 0; done < times; done++) {
      seen.clock.advance(15);
      const permit = seen.breaker.tryAcquire();
      seen.clock.advance(5);
      permit?.settle(outcome);
    }
  };
  call('success', 2_000);
  return { ...seen, call };
}

describe('a breaker that expects trouble', () => {
  it('opens on two failures, and never on one', () => {
    const { breaker, call } = seasoned();
    expectTrouble(breaker, 60_000);
    call('failure');
    call('success', 20);
    call('failure');
    expect(breaker.state).toBe('closed');
    call('failure');
    expect(breaker.state).toBe('open');
  });

  it('opens on three once the time is over, as before', () => {
    const { breaker, clock, call } = seasoned();
    expectTrouble(breaker, 1_000);
    clock.advance(1_000);
    call('failure', 2);
    expect(breaker.state).toBe('closed');
    call('failure');
    expect(breaker.state).toBe('open');
  });

  it('expects it until the time given last', () => {
    const { breaker, clock, call } = seasoned();
    expectTrouble(breaker, 60_000);
    expectTrouble(breaker, 1);
    clock.advance(1);
    call('failure', 2);
    expect(breaker.state).toBe('closed');
  });

  it('may be any with vitals', () => {
    const { breaker, call } = seasoned({ openWhen: cusum(), openFor: squareRoot() });
    expectTrouble(breaker, 60_000);
    call('failure', 2);
    expect(breaker.state).toBe('open');
  });
});

describe('expectTrouble refuses', () => {
  it.each([0, -1, Number.NaN, Infinity])('%d ms', (ms) => {
    expect(() => expectTrouble(seasoned().breaker, ms)).toThrow(
      `expectTrouble must be a number of milliseconds greater than 0, got ${ms}`,
    );
  });

  it.each([undefined, '5', null])('%o as a time', (ms) => {
    expect(() => expectTrouble(seasoned().breaker, ms as never)).toThrow(TypeError);
  });

  it('a breaker without vitals, and says which have them', () => {
    expect(() => expectTrouble(observed().breaker, 1_000)).toThrow(
      /^Switchgear: expectTrouble must be given .*adaptive\(\)/,
    );
    expect(() => expectTrouble(observed({ openWhen: cusum() }).breaker, 1_000)).toThrow(TypeError);
  });

  it('a value that is not a breaker', () => {
    expect(() => expectTrouble({} as never, 1_000)).toThrow(TypeError);
  });
});
