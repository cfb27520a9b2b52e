import type { Row } from '../../src/wire/row.ts';
import { kindOf } from './kind.ts';

/** What a breaker does now, in a few words: the countdown of an open one, the stage of a half-open one. */
export function doing(row: Row, now: number): string {
  switch (kindOf(row)) {
    case 'open':
      return row.until === null ? 'refuses every call' : `recovering in ${countdown(row.until - now)}`;
    case 'half-open':
      return stage(row);
    case 'isolated':
      return 'an operator keeps it open';
    case 'disabled':
      return 'lets all through, counts nothing';
    case 'shadow':
      return 'judges, refuses nothing';
    case 'closed':
      return row.calls === 0 ? 'no calls in its window' : `${count(row.calls)} calls in its window`;
  }
}

/** How far recovery has come. */
export function stage({ calls, failures, admitted }: Row): string {
  const share = admitted === null || admitted === 1 ? undefined : `${percent(admitted)} let through`;
  if (calls === 0) return share ? `${share}, no answer yet` : 'waiting for a probe';
  const probes = `${plural(calls, 'probe')} back${failures ? `, ${failures} failed` : ''}`;
  return share ? `${probes}, ${share}` : probes;
}

/** Time that is left, never less than a second: what is due happens when somebody asks. */
export function countdown(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 100 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long ago. */
export function ago(ms: number): string {
  return ms < 1_000 ? 'just now' : `${countdown(ms - 999)} ago`;
}

/** A share as people say it. */
export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}

/** A whole number as people read it. */
export function count(number: number): string {
  return number.toLocaleString('en-GB');
}

/** `1 call`, `2 calls`. */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** The time of day. */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}
