import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CircuitEvent } from '../../src/machine/event.ts';
import { type CircuitState, UNTOUCHED } from '../../src/machine/state.ts';
import { type Plan, transition } from '../../src/machine/transition.ts';
import { probes } from '../../src/recover/probes.ts';

const PERMITTED = 3;
const plan: Plan = {
  openFor: ({ attempt }) => 100 * 2 ** Math.min(attempt, 3),
  recovery: probes({ permitted: PERMITTED, successes: 3, failures: 2 }).build({ permitTimeout: 50, rule: undefined }),
};

const CHANCE = { luck: 0.5 };

/** Waits around the deadlines, where mistakes live: nothing, just before and at the probe's, beyond the opening's. */
const wait = fc.constantFrom(0, 0, 1, 49, 50, 99, 100, 900);
const action = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ type: 'acquire' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('settle' as const),
      age: fc.nat(6),
      outcome: outcomes(),
      slow: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('move' as const), to: phases(), verdict: fc.constant({ rule: 'r' }) }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'look' as const }) },
);

function outcomes() {
  return fc.constantFrom('success' as const, 'failure' as const, 'ignored' as const);
}

function phases() {
  return fc.constantFrom('closed' as const, 'open' as const, 'half-open' as const);
}

interface Admitted {
  readonly generation: number;
  readonly id: number;
  readonly at: number;
}

/** Lives through a history, with permits settled in any order, more than once, or never. */
function live(
  history: readonly (readonly [number, { type: string; age?: number }])[],
  check: (
    before: CircuitState,
    event: CircuitEvent,
    after: ReturnType<typeof transition>,
    permits: readonly Admitted[],
  ) => void,
): void {
  let state: CircuitState = UNTOUCHED;
  let at = 0;
  const permits: Admitted[] = [];
  for (const [passed, chosen] of history) {
    at += passed;
    const permit = chosen.type === 'settle' ? permits.at(-1 - (chosen.age ?? 0)) : undefined;
    if (chosen.type === 'settle' && !permit) continue;
    const event = { ...chosen, ...permit, at } as CircuitEvent;
    const step = transition(state, event, CHANCE, plan);
    if (step.admitted !== undefined) permits.push({ generation: step.state.generation, id: step.admitted, at });
    check(state, event, step, permits);
    state = step.state;
  }
}

const histories = fc.array(fc.tuple(wait, action), { maxLength: 60 });

describe('over any history, the machine', () => {
  it('raises its generation by one with each move and never else', () => {
    fc.assert(
      fc.property(histories, (history) =>
        live(history, (before, _event, step) => {
          expect(step.state.generation).toBe(before.generation + step.moves.length);
        }),
      ),
    );
  });

  it('has no more probes in flight than permitted', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const settled = new Set<Admitted>();
        live(history, (_before, event, step, permits) => {
          if (event.type === 'settle')
            for (const p of permits) if (p.generation === event.generation && p.id === event.id) settled.add(p);
          if (step.state.phase !== 'half-open') return;
          const { generation } = step.state;
          const inFlight = permits.filter(
            (p) => p.generation === generation && !settled.has(p) && event.at < p.at + 50,
          );
          expect(inFlight.length).toBeLessThanOrEqual(PERMITTED);
        });
      }),
    );
  });

  it('is never wedged: however it got here, in time a call is let through', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let last: CircuitState = UNTOUCHED;
        let at = 0;
        live(history, (_before, event, step) => {
          last = step.state;
          at = event.at;
        });
        const later = transition(last, { type: 'acquire', at: at + 1_000 }, CHANCE, plan);
        expect(later.admitted).toBeDefined();
      }),
    );
  });

  it('changes nothing for an answer of another era', () => {
    fc.assert(
      fc.property(histories, (history) =>
        live(history, (before, event, step) => {
          if (event.type === 'settle' && event.generation !== before.generation) expect(step.state).toBe(before);
        }),
      ),
    );
  });

  it('looks without touching, and gives the same step for the same input', () => {
    fc.assert(
      fc.property(histories, (history) =>
        live(history, (before, event, step) => {
          const frozen = structuredClone(before);
          expect(transition(before, event, CHANCE, plan)).toEqual(step);
          expect(before).toEqual(frozen);
        }),
      ),
    );
  });

  it('is plain data at every moment: JSON keeps all of it', () => {
    fc.assert(
      fc.property(histories, (history) =>
        live(history, (_before, _event, step) => {
          expect(JSON.parse(JSON.stringify(step.state))).toEqual(step.state);
        }),
      ),
    );
  });
});
