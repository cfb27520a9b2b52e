import { type CircuitState, type Plan, step } from './machine.ts';
import type { PlanUnderTest } from './plans.ts';

/** How many instants of healthy traffic a circuit is given to close. */
const PATIENCE = 60;

/** Enough callers an instant that the smallest share of any ramp lets one of them through. */
const CALLERS = 10;

/**
 * The dependency is well and callers keep coming; each call that is let through is answered with a success this many
 * instants later. After how many instants the circuit is closed.
 *
 * @throws when it is not closed after 60
 */
export function closesAfter(
  { name }: PlanUnderTest,
  plan: Plan,
  from: CircuitState,
  since: number,
  delay: number,
): number {
  const answers: { readonly generation: number; readonly id: number; readonly at: number }[] = [];
  let state = from;
  for (let instants = 0; instants <= PATIENCE; instants++) {
    const at = since + instants;
    for (let caller = 0; caller < CALLERS; caller++) {
      for (let answer = answers[0]; answer && answer.at <= at; answer = answers[0]) {
        answers.shift();
        const success = { outcome: 'success', slow: false, duration: 0 } as const;
        state = step(state, { type: 'settle', luck: 0.5, ...answer, ...success, at }, plan).state;
      }
      const asked = step(state, { type: 'acquire', at, luck: 0.5 }, plan);
      state = asked.state;
      if (state.phase === 'closed') return instants;
      const { admitted: id } = asked;
      if (id !== undefined) answers.push({ generation: state.generation, id, at: at + delay });
    }
  }
  throw new Error(`${name}: still ${state.phase} after ${PATIENCE} instants of healthy traffic`);
}
