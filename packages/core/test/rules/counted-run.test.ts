import { describe, expect, it } from 'vitest';
import {
  allOf,
  anyOf,
  type Breaker,
  type BreakerOptions,
  consecutiveFailures,
  countWindow,
  createBreaker,
  kinds,
  timeWindow,
  weights,
} from '../../src/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

const gateway = consecutiveFailures(3, { counting: kinds('502', '503') });

/** Records calls by letter: s a success, g a gateway's failure, x any other failure, i an ignored call. */
function told(calls: string, options: Partial<BreakerOptions> = {}): Breaker {
  const breaker = createBreaker({ name: 'told', clock: manualClock(), openWhen: gateway, ...options });
  record(breaker, calls);
  return breaker;
}

function record(breaker: Breaker, calls: string): void {
  const kind = { g: '503', x: '500' } as Readonly<Record<string, string>>;
  for (const call of calls) {
    if (call === 's') breaker.record('success', 1);
    else breaker.record({ outcome: call === 'i' ? 'ignored' : 'failure', kind: kind[call] ?? '503' }, 1);
  }
}

describe('consecutiveFailures with counting', () => {
  it.each([
    ['ggg', 'open'],
    ['ggsgg', 'closed'],
    ['ggxgg', 'closed'],
    ['xxxxxx', 'closed'],
    ['ggig', 'open'],
    ['ssssggg', 'open'],
    ['ggssssg', 'closed'],
  ])('after %s it is %s: successes and other failures end the run, ignored calls do not', (calls, state) => {
    expect(told(calls).state).toBe(state);
  });

  it('weighs failures by weights', () => {
    const openWhen = consecutiveFailures(1, { counting: weights({ '503': 0.1 }) });
    expect(told('g'.repeat(9), { openWhen }).state).toBe('closed');
    expect(told('g'.repeat(10), { openWhen }).state).toBe('open');
    expect(told('x', { openWhen }).state).toBe('open');
  });

  it('stands beside rules in anyOf, each with its own run', () => {
    const openWhen = anyOf(consecutiveFailures(5), gateway);
    expect(told('xxxx', { openWhen }).state).toBe('closed');
    expect(told('xxgg', { openWhen }).state).toBe('closed');
    expect(told('xxggg', { openWhen }).state).toBe('open');
    expect(told('xxxxx', { openWhen }).state).toBe('open');
  });

  it('does not forget its run with the window, and forgets it when the circuit moves', () => {
    const clock = manualClock();
    const breaker = told('gg', { clock, window: timeWindow(1_000) });
    clock.advance(60_000);
    record(breaker, 'g');
    expect(breaker.state).toBe('open');
    breaker.reset();
    record(breaker, 'gg');
    expect(breaker.state).toBe('closed');
  });

  it('shows the calls in the window, and says what it opened on', () => {
    const breaker = told('sgg', { window: countWindow(10) });
    expect(breaker.metrics()).toMatchObject({ calls: 3, failures: 2 });
    record(breaker, 'g');
    expect(breaker.metrics().evidence).toMatchObject({ run: 3, limit: 3 });
  });

  it('keeps its run when reconfigured with another limit of the same kinds, and drops it with other kinds', () => {
    const breaker = told('gg');
    breaker.reconfigure({ openWhen: consecutiveFailures(4, { counting: kinds('502', '503') }) });
    record(breaker, 'gg');
    expect(breaker.state).toBe('open');
    const other = told('gg');
    other.reconfigure({ openWhen: consecutiveFailures(3, { counting: kinds('503') }) });
    record(other, 'g');
    expect(other.state).toBe('closed');
  });

  it.each([
    [{ counting: '503' }, "consecutiveFailures counting must be a measure, got '503'; for example kinds('timeout')"],
    [{ kinds: ['503'] }, "consecutiveFailures has no option 'kinds'; it takes counting"],
  ])('refuses %o', (options, message) => {
    expect(() => consecutiveFailures(3, options as never)).toThrow(message);
  });

  it('is no rule, so allOf refuses it', () => {
    expect(() => allOf(gateway as never)).toThrow('allOf must be given rules');
  });
});
