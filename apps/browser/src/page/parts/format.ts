import type { Millis } from '@switchgear/core';

/** How long ago something was, in the fewest words: `12 s`, `3 min`, `2 h`. */
export function age(ms: Millis): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

/** A share as a whole percentage: `25 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A duration in milliseconds or seconds: `500 ms`, `1.5 s`. */
export function seconds(ms: Millis): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}
