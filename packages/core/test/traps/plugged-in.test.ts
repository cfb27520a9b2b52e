import { describe, expect, it } from 'vitest';
import { type Breaker, type BreakerEvent, consecutiveFailures, failureCount, fixed } from '../../src/index.ts';
import { fail, observed, succeed } from '../breaker/breakers.ts';

describe('a listener', () => {
  // Others: one that acts on an event causes the next in the middle of it, and later listeners receive the two in the wrong order.
  it('receives events in the order they happened, whatever an earlier listener did', async () => {
    const { breaker } = observed();
    const received: string[] = [];
    const note = (who: string) => (event: BreakerEvent) => received.push(`${who} ${event.from}>${event.to}`);
    breaker.subscribe(note('first'));
    breaker.subscribe(({ to }) => {
      if (to === 'open') breaker.reset();
    });
    breaker.subscribe(note('last'));
    await fail(breaker);
    await fail(breaker);
    expect(received).toEqual(['first closed>open', 'last closed>open', 'first open>closed', 'last open>closed']);
  });

  // Others: events go out a microtask or a timer later, when the state they tell of may be another.
  it('receives a move before the caller who caused it, and finds the new state', async () => {
    const { breaker } = observed({ openWhen: consecutiveFailures(1) });
    const order: string[] = [];
    breaker.subscribe(({ to }) => order.push(`${to}: ${breaker.state}`));
    await fail(breaker).then(() => order.push('caller'));
    expect(order).toEqual(['open: open', 'caller']);
  });

  // Others: one that throws turns the success it received into a failure, or replaces the caller's own error.
  it('that throws at every event changes neither answers nor moves nor numbers', async () => {
    const story = async (breaker: Breaker) => {
      const answers = [await succeed(breaker), await fail(breaker, 'down'), await fail(breaker, 'down')];
      return { answers, metrics: { ...breaker.metrics(), errors: 0 } };
    };
    const [quiet, loud] = [observed().breaker, observed().breaker];
    const bug = () => {
      throw new Error('listener');
    };
    quiet.subscribe(() => {}, { outcomes: true });
    loud.subscribe(bug, { outcomes: true });
    expect(await story(loud)).toEqual(await story(quiet));
    expect(loud.metrics().errors).toBe(4);
  });
});

describe('a change of options', () => {
  // Others: the breaker is made again, so an open circuit closes and all traffic returns at once; or its window is lost.
  it.each<[state: string, prepare: (made: ReturnType<typeof observed>) => void]>([
    ['closed', () => {}],
    ['open', ({ breaker }) => breaker.trip()],
    [
      'half-open',
      ({ breaker, clock }) => {
        breaker.trip();
        clock.advance(1_000);
        breaker.acquire().settle('ignored');
      },
    ],
  ])('leaves the circuit where it is: %s', (state, prepare) => {
    const made = observed();
    prepare(made);
    const moves = made.moves();
    made.breaker.reconfigure({ openWhen: consecutiveFailures(5), openFor: fixed(9_000), permitTimeout: 50 });
    expect(made.breaker.state).toBe(state);
    expect(made.moves()).toEqual(moves);
  });

  it('keeps what the window has seen', async () => {
    const { breaker } = observed({ openWhen: failureCount(9) });
    for (let call = 0; call < 4; call++) await fail(breaker);
    breaker.reconfigure({ openWhen: failureCount(5) });
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });
});

describe('a breaker that lets all through', () => {
  // Others: "metrics only" and "off" are one, so the effect of a breaker cannot be seen in advance.
  it('counts and reports what it would have done in shadow mode, and does neither when disabled', async () => {
    const live = async (mode: 'shadow' | 'disabled') => {
      const { breaker, events } = observed();
      breaker.setMode(mode);
      for (let call = 0; call < 4; call++) await fail(breaker);
      const { calls, failures, rejected } = breaker.metrics();
      const reported = events.filter(({ type }) => type === 'wouldOpen').length;
      return { calls, failures, rejected, reported, state: breaker.state };
    };
    expect(await live('shadow')).toEqual({ calls: 4, failures: 4, rejected: 0, reported: 1, state: 'closed' });
    expect(await live('disabled')).toEqual({ calls: 0, failures: 0, rejected: 0, reported: 0, state: 'closed' });
  });
});
