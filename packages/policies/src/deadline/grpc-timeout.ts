import type { Millis } from '@switchgear/core';

/** Milliseconds in each unit of gRPC, the finest first. */
const UNITS: readonly (readonly [unit: string, ms: Millis])[] = [
  ['m', 1],
  ['S', 1_000],
  ['M', 60_000],
  ['H', 3_600_000],
];
const FINER: readonly (readonly [unit: string, ms: Millis])[] = [
  ['u', 0.001],
  ['n', 0.000_001],
];

/** The form allows eight digits. */
const MOST = 99_999_999;

/** As `grpc-timeout` has it: `480m`. Rounded down, for what is said to others must not be longer than what we have. */
export function toGrpcTimeout(ms: Millis): string {
  const [unit, size] = UNITS.find(([, each]) => ms / each <= MOST) ?? ['H', 3_600_000];
  return `${Math.min(MOST, Math.floor(Math.max(0, ms) / size))}${unit}`;
}

/** Milliseconds, or `undefined` for what is not of that form. */
export function fromGrpcTimeout(text: string): Millis | undefined {
  const [, digits = '', unit] = /^(\d{1,8})([HMSmun])$/.exec(text.trim()) ?? [];
  const size = [...UNITS, ...FINER].find(([each]) => each === unit)?.[1];
  return size === undefined ? undefined : Number(digits) * size;
}
