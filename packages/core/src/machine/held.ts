import type { Instant, Millis } from '../vocabulary/time.ts';
import type { CircuitState } from './state.ts';

/** How much later than `openFor` said a held circuit is due, at most, so that company cannot keep it open for ever. */
const MOST_HOLD: Millis = 60_000;

/**
 * Sets when an open circuit is due: an event of the machine in a file of its own, because only breakers in company need it. No
 * effect in any other state.
 *
 * @param least not before this, but at most a minute later than `openFor` said
 * @param most not after this
 */
export function held(state: CircuitState, least: Instant, most: Instant): CircuitState {
  if (state.phase !== 'open') return state;
  // The reason keeps saying when the circuit was due, so that holding it again and again has an end.
  const { nextAttemptAt: due = state.until } = state.because;
  return { ...state, until: Math.min(Math.max(state.until, Math.min(least, due + MOST_HOLD)), most) };
}
