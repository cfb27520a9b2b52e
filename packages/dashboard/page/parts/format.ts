import type { Row } from '../../src/wire/messages.ts';

/** How a breaker is shown: a mode set by an operator takes precedence over the state. */
export type Kind = 'closed' | 'half-open' | 'open' | 'isolated' | 'disabled' | 'shadow';

/** In the order in which they are listed. */
export const KINDS: readonly Kind[] = ['open', 'half-open', 'isolated', 'disabled', 'shadow', 'closed'];

/** The labels of the kinds. */
export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  closed: 'Closed',
  'half-open': 'Half-open',
  open: 'Open',
  isolated: 'Isolated',
  disabled: 'Disabled',
  shadow: 'Shadow',
};

/** How this breaker is shown. */
export function kindOf({ mode, state }: Pick<Row, 'mode' | 'state'>): Kind {
  return mode === 'active' ? state : mode;
}

/** What a breaker is doing now, in a few words: the countdown while open, the progress while half-open. */
export function doing(row: Row, now: number): string {
  switch (kindOf(row)) {
    case 'open':
      return row.until === null ? 'refusing every call' : `next attempt in ${countdown(row.until - now)}`;
    case 'half-open':
      return stage(row);
    case 'isolated':
      return 'kept open by an operator';
    case 'disabled':
      return 'all calls let through, nothing counted';
    case 'shadow':
      return 'evaluating, refusing nothing';
    case 'closed':
      return row.calls === 0 ? 'no calls in window' : `${plural(row.calls, 'call')} in window`;
  }
}

/** The progress of recovery. */
export function stage({ calls, failures, admitted }: Row): string {
  const share = admitted === null || admitted === 1 ? undefined : `${percent(admitted)} let through`;
  if (calls === 0) return share ? `${share}, no probe settled yet` : 'waiting for a probe';
  const probes = `${plural(calls, 'probe')} settled${failures ? `, ${failures} failed` : ''}`;
  return share ? `${probes}, ${share}` : probes;
}

/** The remaining time, at least a second: an elapsed open period ends only when a call arrives. */
export function countdown(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 100 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The time that has passed, in whole seconds; at least one. */
export function elapsed(ms: number): string {
  return countdown(ms - 999);
}

/** How long ago. */
export function ago(ms: number): string {
  return ms < 1_000 ? 'just now' : `${elapsed(ms)} ago`;
}

/** A share as a percentage. */
export function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}

/** A whole number with thousands separators. */
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
