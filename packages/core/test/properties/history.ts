import fc from 'fast-check';
import type { CircuitEvent, CircuitState, Step } from './machine.ts';
import { START, step } from './machine.ts';
import { frozen } from './must.ts';
import { machinePlan, type PlanUnderTest, plans } from './plans.ts';

/** A call that was let through. */
export interface Admitted {
  readonly generation: number;
  readonly id: number;
}

/** What may happen to a circuit, before it is known when, and to which permit. */
type Deed = { readonly type: CircuitEvent['type']; readonly age?: number } & Partial<Record<'least' | 'most', number>>;

/** Time passed, the luck of that moment, and what happened then. */
type History = readonly (readonly [passed: number, luck: number, deed: Deed])[];

/** Waits around every deadline of the plans, where mistakes are likely, and one beyond all of them. */
const wait = fc.constantFrom(0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 8, 20);

const luck = fc.constantFrom(0, 0.5, 0.75);

const settle = fc.record({
  type: fc.constant('settle' as const),
  age: fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(8) }),
  outcome: fc.constantFrom('success', 'success', 'success', 'failure', 'ignored'),
  slow: fc.constantFrom(false, false, false, true),
  duration: fc.constantFrom(0, 5),
});
const judged = fc.constantFrom(
  { type: 'judged' as const, verdict: { rule: 'r', evidence: { seen: 1 } } },
  { type: 'judged' as const, verdict: { rule: 'limit', to: 'half-open' } },
);
const force = fc.record({
  type: fc.constant('force' as const),
  to: fc.constantFrom('closed', 'open', 'half-open'),
  rule: fc.constant('hand'),
  wait: fc.constantFrom(undefined, 0, 3),
});
/** Relative to the moment it happens. */
const hold = fc.record({
  type: fc.constant('hold' as const),
  least: fc.constantFrom(0, 2, 100_000),
  most: fc.constantFrom(1, 5, Infinity),
});
const deed = fc.oneof(
  { weight: 10, arbitrary: fc.constant({ type: 'acquire' as const }) },
  { weight: 10, arbitrary: settle },
  { weight: 3, arbitrary: judged },
  { weight: 1, arbitrary: force },
  { weight: 1, arbitrary: fc.constant({ type: 'look' as const }) },
  { weight: 1, arbitrary: hold },
);

/** Histories of circuits of every plan. */
export const lives: fc.Arbitrary<[PlanUnderTest, History]> = fc.tuple(
  fc.constantFrom(...plans),
  fc.array(fc.tuple(wait, luck, deed), { maxLength: 60, size: 'max' }),
);

/** Lives through a history, with permits settled in any order, more than once, or never. Returns the final state of the circuit. */
export function live(
  under: PlanUnderTest,
  history: History,
  see: (before: CircuitState, event: CircuitEvent, after: Step) => void = () => {},
): { readonly state: CircuitState; readonly at: number } {
  const plan = machinePlan(under);
  const permits: Admitted[] = [];
  let state = frozen(START);
  let at = 0;
  for (const [passed, luckThen, done] of history) {
    at += passed;
    const permit = done.type === 'settle' ? permits.at(-1 - (done.age ?? 0)) : undefined;
    if (done.type === 'settle' && !permit) continue;
    const { least = 0, most = 0 } = done;
    const held = { least: at + least, most: at + most };
    const event = { luck: luckThen, retryAfter: 0, ...done, ...permit, ...held, at } as CircuitEvent;
    const after = step(state, event, plan);
    if (after.admitted !== undefined) permits.push({ generation: after.state.generation, id: after.admitted });
    see(state, event, after);
    state = frozen(after.state);
  }
  return { state, at };
}
