import type { Millis } from '../vocabulary/time.ts';
import type { Recover } from './recover.ts';

/** The same recovery, ended by time alone when it has taken this long. */
export function endingAfter<Memory>(maxStay: Millis, to: 'open' | 'closed', recover: Recover<Memory>): Recover<Memory> {
  const verdict = { rule: 'maxStay', evidence: { maxStay } };
  return {
    ...recover,
    expired: (_memory, { at, since }) => (at < since + maxStay ? undefined : { to, at: since + maxStay, verdict }),
  };
}
