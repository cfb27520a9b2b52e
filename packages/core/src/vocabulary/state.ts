/** The states by name. */
export const STATES = ['closed', 'open', 'half-open'] as const;

/** Where a circuit stands. */
export type State = 'closed' | 'open' | 'half-open';

/** The modes by name. */
export const MODES = ['active', 'isolated', 'disabled', 'shadow'] as const;

/**
 * An operator's word, apart from the state.
 *
 * - `active`: the circuit decides.
 * - `isolated`: every call is refused.
 * - `disabled`: every call goes through and nothing is counted.
 * - `shadow`: every call goes through, calls are counted and judged, and what would have happened is reported.
 */
export type Mode = 'active' | 'isolated' | 'disabled' | 'shadow';
