import type { Because, Mode, State } from '@switchgear/core';

/** Names of attributes, on series and on spans alike. */
export const ATTRIBUTE = {
  name: 'circuit_breaker.name',
  state: 'circuit_breaker.state',
  outcome: 'circuit_breaker.outcome',
  from: 'circuit_breaker.from',
  to: 'circuit_breaker.to',
  reason: 'circuit_breaker.reason',
  retryAfter: 'circuit_breaker.retry_after',
  explanation: 'circuit_breaker.explanation',
  kind: 'error.type',
} as const;

/** What a breaker is shown as: its state, or what an operator has put in the place of it. */
export const SHOWN_STATES = ['closed', 'open', 'half_open', 'forced_open', 'disabled', 'shadow'] as const;

/** One of {@link SHOWN_STATES}. */
export type ShownState = (typeof SHOWN_STATES)[number];

/** A state in OpenTelemetry's spelling. */
export function spelt(state: State | Mode | undefined): string {
  return state === 'half-open' ? 'half_open' : String(state);
}

/** Isolated, disabled and in shadow mode a circuit does not act on its state, so the mode is what counts. */
export function shownState({ state, mode }: { readonly state: State; readonly mode: Mode }): ShownState {
  if (mode === 'isolated') return 'forced_open';
  return mode === 'active' ? (spelt(state) as ShownState) : mode;
}

/** Where the circuit stood that refused a call, by the reason it gave. */
export function refusingState(because: Because | undefined): ShownState {
  if (because?.rule === 'isolated') return 'forced_open';
  return because?.rule === 'half-open' ? 'half_open' : 'open';
}
