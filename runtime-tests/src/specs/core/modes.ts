import { equal } from '../kit/check.ts';
import type { Spec } from '../kit/spec.ts';
import { fail, succeed, watched } from '../kit/watched.ts';

/** The modes, which an operator sets independently of the state. */
export const modes: readonly Spec[] = [
  {
    name: 'isolated refuses every call, with an infinite retryAfter',
    async run() {
      const { breaker } = watched();
      breaker.setMode('isolated');
      const refusal = (await fail(breaker)) as { retryAfter: number; because: { rule: string } };
      equal([refusal.retryAfter, refusal.because.rule, breaker.state], [Infinity, 'isolated', 'closed']);
      breaker.setMode('active');
      equal(await succeed(breaker), 'fine');
    },
  },
  {
    name: 'disabled lets every call through and does not count it',
    async run() {
      const { breaker } = watched();
      breaker.trip();
      breaker.setMode('disabled');
      for (let i = 0; i < 3; i++) equal(await fail(breaker, 'down'), 'down');
      equal([breaker.metrics().calls, breaker.state], [0, 'open']);
    },
  },
  {
    name: 'shadow refuses no call, counts, and reports when it would have opened',
    async run() {
      const { breaker, events } = watched();
      breaker.setMode('shadow');
      for (let i = 0; i < 4; i++) equal(await fail(breaker, 'down'), 'down');
      equal([breaker.state, breaker.metrics().failures], ['closed', 4]);
      equal(
        events.map(({ type }) => type),
        ['mode', 'wouldOpen'],
      );
    },
  },
  {
    name: 'entering a mode clears the evidence',
    async run() {
      const { breaker } = watched();
      await fail(breaker);
      breaker.setMode('shadow');
      breaker.setMode('active');
      await fail(breaker);
      equal([breaker.state, breaker.metrics().calls], ['closed', 1]);
    },
  },
  {
    name: 'trip, halfOpen and reset move the circuit, and emit no event if it does not move',
    run() {
      const { breaker, clock, moves } = watched();
      breaker.trip(5_000);
      breaker.trip();
      clock.advance(4_999);
      equal(breaker.state, 'open');
      breaker.halfOpen();
      breaker.halfOpen();
      equal(breaker.state, 'half-open');
      breaker.reset();
      equal(moves(), ['closed>open', 'open>half-open', 'half-open>closed']);
    },
  },
];
