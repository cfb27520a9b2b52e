import { describe, expect, it } from 'vitest';
import {
  type BreakerEvent,
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  failureRate,
  fixed,
} from '../../src/index.ts';
import { fail, observed, succeed } from './breakers.ts';

const bug = new Error('bug');
const rejecting = async () => Promise.reject(bug);
const throwing = () => {
  throw bug;
};

/** A breaker that writes down what is reported. */
function reporting(options: Partial<BreakerOptions> = {}) {
  const reports: [string, string][] = [];
  const onError = (error: unknown, where: string) => void reports.push([where, (error as Error).message]);
  return { ...observed({ onError, ...options }), reports };
}

async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await undefined;
}

describe('a hook that throws, or whose promise rejects, is reported under its name and has no other effect:', () => {
  it.each([
    ['a listener that throws', throwing],
    ['an async listener', rejecting],
  ])('%s', async (_what, listener) => {
    const { breaker, events, reports } = reporting();
    breaker.subscribe(listener);
    breaker.trip();
    await settled();
    expect(reports).toEqual([['listener', 'bug']]);
    expect(events).toHaveLength(1);
    expect(breaker.metrics().errors).toBe(1);
  });

  it.each([
    ['that throws', throwing, 1],
    ['that is async', rejecting, 2],
  ])('classify %s, and the default applies', async (_what, classify, reported) => {
    const { breaker, reports } = reporting({ classify: classify as never });
    expect(await fail(breaker, 'down')).toBe('down');
    await settled();
    expect(reports.map(([where]) => where)).toEqual(new Array(reported).fill('classify'));
    expect(breaker.metrics()).toMatchObject({ calls: 1, failures: 1 });
  });

  it('classify that returns a promise is reported, even if the promise fulfils', async () => {
    const { breaker, reports } = reporting({ classify: (async () => 'ignored') as never });
    await fail(breaker);
    expect(reports).toEqual([
      ['classify', expect.stringContaining('classify must return synchronously, got a promise')],
    ]);
    expect(breaker.metrics().failures).toBe(1);
  });

  it.each([
    ['that throws', throwing],
    ['that is async', rejecting],
  ])('onError %s', async (_what, onError) => {
    const { breaker } = observed({ onError });
    breaker.subscribe(throwing);
    breaker.trip();
    await settled();
    expect(breaker.state).toBe('open');
  });

  it.each([
    ['that throws', throwing],
    ['that returns NaN', () => Number.NaN],
    ['that returns 1', () => 1],
    ['that returns -1', () => -1],
    ['that returns text', () => 'luck' as never],
    ['that returns a number as text', () => '0.25' as never],
    ['that is async', rejecting as never],
  ])('random %s: the circuit opens for a wait of medium length', async (_what, random) => {
    const { breaker, reports } = reporting({ random, openFor: ({ luck }) => 1_000 * luck });
    await fail(breaker);
    await fail(breaker);
    await settled();
    expect(breaker.state).toBe('open');
    expect(breaker.retryAfter).toBe(500);
    expect(reports[0]?.[0]).toBe('random');
    breaker.reset();
    expect(breaker.state).toBe('closed');
  });

  it('random that returns 1 is told the rule it broke; 0 breaks none', () => {
    let drawn = 1;
    const { breaker, reports } = reporting({ random: () => drawn, openFor: ({ luck }) => 1_000 + 1_000 * luck });
    breaker.trip();
    const message = 'Switchgear: the result of random must be at least 0 and less than 1, got 1';
    expect(reports).toEqual([['random', message]]);
    drawn = 0;
    breaker.reset();
    breaker.trip();
    expect(breaker.retryAfter).toBe(1_000);
    expect(reports).toHaveLength(1);
  });

  it('random that throws is reported once each time, with its own error', () => {
    const { breaker, reports } = reporting({ random: throwing });
    breaker.trip();
    expect(reports).toEqual([['random', 'bug']]);
  });

  it('every plug at once: the operator’s orders still work', () => {
    const { breaker, reports } = reporting({
      openFor: throwing,
      random: throwing,
      recover: {
        build: () => ({ start: throwing, admit: throwing, settle: throwing, expired: throwing, tally: throwing }),
      },
    });
    breaker.trip();
    expect(breaker.state).toBe('open');
    breaker.halfOpen();
    expect(breaker.state).toBe('half-open');
    breaker.reset();
    expect(breaker.state).toBe('closed');
    breaker.trip(50);
    expect(breaker.retryAfter).toBe(50);
    expect(reports.length).toBeGreaterThan(0);
  });

  it.each([
    ['success', 'closed'],
    ['failure', 'open'],
  ] as const)('with a recovery that throws, the call itself decides: %s leads to %s', (outcome, state) => {
    const recover = { start: throwing, admit: throwing, settle: throwing, tally: throwing };
    const { breaker, clock } = reporting({ recover: { build: () => recover } });
    breaker.trip();
    clock.advance(1_000);
    breaker.acquire().settle(outcome);
    expect(breaker.state).toBe(state);
  });

  it('two listeners that undo each other are stopped, and that is reported', () => {
    const { breaker, reports } = reporting();
    const undo = ({ to }: BreakerEvent) => (to === 'open' ? breaker.reset() : undefined);
    const redo = ({ to }: BreakerEvent) => (to === 'closed' ? breaker.trip() : undefined);
    breaker.subscribe(undo);
    breaker.subscribe(redo);
    breaker.trip();
    expect(reports).toEqual([['listener', expect.stringContaining('undo each other')]]);
  });

  it('a listener that causes an event with each event is stopped', async () => {
    const { breaker, reports } = reporting({ openWhen: consecutiveFailures(100_000) });
    breaker.subscribe(() => breaker.record('failure'), { outcomes: true });
    await succeed(breaker);
    expect(reports).toHaveLength(1);
  });

  it.each([
    [999, []],
    [1_000, ['listener']],
  ])('a listener that causes %d more events by what it does is reported from 1,000 on: %j', async (more, where) => {
    const { breaker, reports } = reporting({ openWhen: consecutiveFailures(100_000) });
    let received = 0;
    breaker.subscribe(() => received++ < more && breaker.record('failure'), { outcomes: true });
    await succeed(breaker);
    expect(reports.map(([hook]) => hook)).toEqual(where);
    expect(received).toBe(more + 1);
    for (const [, message] of reports) expect(message).toContain('more than 1000 events');
  });
});

describe('a clock', () => {
  it('is called as a method, as performance needs', async () => {
    const breaker = createBreaker({ name: 'payments', openWhen: failureRate(0.5), clock: performance });
    expect(await breaker.run(() => 'fine')).toBe('fine');
    await fail(breaker);
    expect(breaker.metrics()).toMatchObject({ calls: 2, failures: 1, errors: 0 });
  });

  it('has its wall time called as a method too', () => {
    class Wall {
      readonly #start = 5_000;
      now = () => 0;
      wall(): number {
        return this.#start;
      }
    }
    const { breaker, events } = reporting({ clock: new Wall() });
    breaker.trip();
    expect(events).toHaveLength(1);
  });

  it.each([
    ['throws', throwing],
    ['gives no number', () => 'noon' as never],
    ['gives NaN', () => Number.NaN],
    ['gives Infinity', () => Number.POSITIVE_INFINITY],
    ['goes back', () => 1],
  ])('that %s is reported once and stands still; callers do not notice', async (_what, wrong) => {
    let now: () => number = () => 1_000;
    const { breaker, reports } = reporting({ clock: { now: () => now() }, openFor: fixed(500) });
    await succeed(breaker);
    breaker.trip();
    now = wrong;
    expect(breaker.retryAfter).toBe(500);
    await expect(breaker.run(() => 1)).rejects.toMatchObject({ code: 'EOPENBREAKER' });
    expect(reports.map(([where]) => where)).toEqual(['clock']);
    now = () => 1_500;
    expect(await breaker.run(() => 'fine')).toBe('fine');
  });

  it('that goes back is told the rule, once as long as time does not go on from there', () => {
    let at = 1_000;
    const { breaker, reports } = reporting({ clock: { now: () => at } });
    for (at of [1_000, 999, 1_000, 998]) breaker.trip();
    const message =
      'Switchgear: the result of clock.now must be a number of milliseconds that never decreases, got 999';
    expect(reports).toEqual([['clock', message]]);
    for (at of [1_001, 1_000]) breaker.trip();
    expect(reports).toHaveLength(2);
  });

  it('that throws from the first reading on has its own error reported, once, and does not break the breaker', async () => {
    const { breaker, reports } = reporting({ clock: { now: throwing } });
    expect(await succeed(breaker)).toBe('fine');
    breaker.trip();
    expect(reports).toEqual([['clock', 'bug']]);
  });
});
