import type { Millis, Mode } from '@switchgear/core';
import { isObject, read } from '@switchgear/core/adapter';
import { LONGEST_NAME, MODES, type Word } from '../report/report.ts';

/** What the instances of a group have agreed on for one circuit. Durations only, so that no clocks are compared. */
export interface Agreed {
  readonly state: 'closed' | 'open';

  /** How long nobody shall probe, from when this was written on. */
  readonly wait: Millis;

  /** The rule by which the writer's circuit moved, and the writer's life. */
  readonly rule: string;
  readonly by: string;

  /** Who may probe, for how long from when this was written on. */
  readonly lease?: Lease | undefined;

  /** The mode that an operator has set for all instances. */
  readonly mode?: Word | undefined;
}

/** The right to probe. */
export interface Lease {
  readonly by: string;
  readonly for: Millis;
}

/** A longer duration than this is not believed: a day. */
const LONGEST: Millis = 86_400_000;

/** As it is written: JSON. What a later version adds is ignored by this one. */
export function encodeAgreed({ wait, mode, ...rest }: Agreed): string {
  return JSON.stringify({ ...rest, wait: Math.min(LONGEST, Math.round(wait)), ...(mode && { mode }) });
}

/**
 * Reads what is written. Anyone may have written it, so anything out of bounds makes it worth nothing.
 *
 * @returns undefined if it is wrong in any part
 */
export function decodeAgreed(text: string): Agreed | undefined {
  const fields = parsed(text);
  if (!isObject(fields)) return undefined;
  const { state, wait, rule, by, lease, mode } = fields as Record<keyof Agreed, unknown>;
  if ((state !== 'closed' && state !== 'open') || !isDuration(wait) || !isName(rule) || !isName(by)) return undefined;
  if ((lease !== undefined && !isLease(lease)) || (mode !== undefined && !isWord(mode))) return undefined;
  return { state, wait, rule, by, lease, mode };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isLease(value: unknown): value is Lease {
  return isName(read(value, 'by')) && isDuration(read(value, 'for'));
}

function isWord(value: unknown): value is Word {
  const isCount = Number.isSafeInteger(read(value, 'count')) && (read(value, 'count') as number) >= 0;
  return isCount && isName(read(value, 'life')) && MODES.includes(read(value, 'mode') as Mode);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_NAME;
}

function isDuration(value: unknown): value is Millis {
  return typeof value === 'number' && value >= 0 && value <= LONGEST;
}
