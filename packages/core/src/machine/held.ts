import type { Instant, Millis } from '../vocabulary/time.ts';
import type { CircuitState } from './state.ts';

/** How far one hold puts off when a circuit is due, at most, so that company that is gone cannot keep it open for ever. */
const MOST_HOLD: Millis = 60_000;

/**
 * Sets when an open circuit is due: an event of the machine in a file of its own, because only breakers in company need it. No
 * effect in any other state.
 *
 * @param at now
 * @param least not before this, but at most a minute later than now or than `openFor` said
 * @param most not after this
 */
export function held(state: CircuitState, at: Instant, least: Instant, most: Instant): CircuitState {
  if (state.phase !== 'open') return state;
  // The reason keeps saying when the circuit was due by its own `openFor`.
  const { nextAttemptAt: due = state.until } = state.because;
  const latest = Math.max(at, due) + MOST_HOLD;
  return { ...state, until: Math.min(Math.max(state.until, Math.min(least, latest)), most) };
}
