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
  group: 'circuit_breaker.group',
  report: 'circuit_breaker.report',
} as const;

/** The states that a breaker is shown in: those of the circuit, and those that an operator's mode puts in their place. */
export const SHOWN_STATES = ['closed', 'open', 'half_open', 'forced_open', 'disabled', 'shadow'] as const;

/** One of {@link SHOWN_STATES}. */
export type ShownState = (typeof SHOWN_STATES)[number];

/** A state in OpenTelemetry's spelling. */
export function spelled(state: State | Mode | undefined): string {
  return state === 'half-open' ? 'half_open' : String(state);
}

/** The mode is shown unless it is active, because the circuit does not act on its state in the other modes. */
export function shownState({ state, mode }: { readonly state: State; readonly mode: Mode }): ShownState {
  if (mode === 'isolated') return 'forced_open';
  return mode === 'active' ? (spelled(state) as ShownState) : mode;
}

/** The state in which a circuit refused a call, derived from its reason. */
export function refusingState(because: Because | undefined): ShownState {
  if (because?.rule === 'isolated') return 'forced_open';
  return because?.rule === 'half-open' ? 'half_open' : 'open';
}
