import fc from 'fast-check';
import { describe, it } from 'vitest';
import { closesAfter } from '../properties/healthy.ts';
import { live, lives } from '../properties/history.ts';
import { holds } from '../properties/holds.ts';
import { invariants } from '../properties/invariants.ts';
import { memoryOf } from '../properties/machine.ts';
import { must, same } from '../properties/must.ts';
import { machinePlan } from '../properties/plans.ts';
import { ledgerOf } from '../properties/recovery-ledger.ts';

/** Longer than any plan here waits by itself, and short enough for `closesAfter`. */
const LONGEST_WAIT = 40;

describe('over any history and with every kind of recovery, the machine', () => {
  it.each(Object.entries(invariants))('%s', (_name, invariant) => {
    holds(
      fc.property(lives, ([under, history]) => {
        const plan = machinePlan(under);
        live(under, history, (before, event, step) => invariant({ before, event, step, plan, maxStay: under.maxStay }));
      }),
    );
  });

  it('lets through exactly the calls that recovery allows, and goes where their answers say', () => {
    holds(
      fc.property(lives, ([under, history]) => {
        const ledger = ledgerOf(under.allowance);
        live(under, history, (before, event, { state, moves, admitted, lost = 0 }) => {
          if (moves.length > 0 && event.type !== 'settle') ledger.begin();
          if (event.type === 'acquire' && state.phase === 'half-open') ledger.asked(event.at, admitted, state, lost);
          const counts =
            event.type === 'settle' && event.generation === before.generation && before.phase === 'half-open';
          const expired = under.maxStay !== undefined && event.at >= before.since + under.maxStay.after;
          if (!counts || expired) return;
          const { rule } = state.because ?? {};
          const expected = ledger.settled(event.id, event.outcome, event.slow);
          must(expected === undefined || state.phase === expected, () => `${state.phase} by ${rule}, not ${expected}`);
          if (moves.length > 0) ledger.begin();
        });
      }),
      600,
    );
  });

  it('ignores calls sent at a larger share, once a ramp has gone back', () => {
    holds(
      fc.property(lives, ([under, history]) => {
        if (!('shares' in under.allowance)) return;
        let sentBefore = 0;
        live(under, history, (before, event, { state, moves }) => {
          if (moves.length > 0) sentBefore = 0;
          if (before.phase !== 'half-open' || state.phase !== 'half-open' || moves.length > 0) return;
          const [was, is] = [memoryOf(before), memoryOf(state)];
          const isOld = event.type === 'settle' && event.generation === state.generation && event.id <= sentBefore;
          if (isOld)
            must(same(was, is), () => `number ${event.id} of ${sentBefore} sent before it went back was counts`);
          if ((is.stage as number) < (was.stage as number)) sentBefore = state.issued;
        });
      }),
      600,
    );
  });

  it('is never wedged: whatever was lost, a healthy dependency closes it', () => {
    holds(
      fc.property(lives, ([under, history]) => {
        const { state, at } = live(under, history);
        // Company may hold a circuit open, for a minute at most; healthy traffic closes it after that.
        const due = state.phase === 'open' ? Math.max(at, state.until) : at;
        must(due - at <= LONGEST_WAIT + 60_000, () => 'a circuit is held open for longer than a minute');
        const from = due - at > LONGEST_WAIT ? due : at;
        for (const delay of [0, 1]) closesAfter(under, machinePlan(under), state, from, delay);
      }),
    );
  });
});
