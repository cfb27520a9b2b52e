import type { Millis } from '@switchgear/core';
import type { Written } from '../ports/register.ts';
import { type Agreed, decodeAgreed } from './agreed.ts';

/** What is known to be written of a circuit. */
export interface Known {
  readonly version: string;

  /** Undefined if it cannot be read: then it is worth nothing. */
  readonly agreed: Agreed | undefined;
  readonly writtenAt: Millis;

  /** When the wait is over, or the lease. */
  readonly endsAt: Millis;
}

/** Reads what is written. */
export function knownFrom({ version, value, age }: Written, now: Millis): Known {
  const agreed = decodeAgreed(value);
  const writtenAt = now - age;
  const lasts = agreed?.state === 'open' ? (agreed.lease?.for ?? agreed.wait) : 0;
  return { version, agreed, writtenAt, endsAt: writtenAt + lasts };
}

/** The life of the instance that may probe, if one is appointed and its lease is not over. */
export function appointedIn(known: Known | undefined, now: Millis): string | undefined {
  return known && now < known.endsAt ? known.agreed?.lease?.by : undefined;
}

/** The same to be written again: its durations begin anew, so what has passed of them is taken off. */
export function writtenAgain({ agreed, writtenAt }: Known, now: Millis): Agreed | undefined {
  const left = (ms: Millis) => Math.max(0, ms - (now - writtenAt));
  const lease = agreed?.lease;
  return agreed && { ...agreed, wait: left(agreed.wait), lease: lease && { ...lease, for: left(lease.for) } };
}
