import type { Millis, Ruling } from '@switchgear/core';
import { requireNumber } from '@switchgear/core/adapter';
import type { Deadline } from '../call/call.ts';
import { hostTime } from '../time/host.ts';

/** Headers as `fetch`, Hono, Node and axios represent them. Plain objects must have lower-case names. */
export type HeadersLike =
  | { get(name: string): unknown }
  | Readonly<Record<string, string | readonly string[] | number | undefined>>;

const DEADLINE = 'grpc-timeout';
const EXPECTED = 'x-envoy-expected-rq-timeout-ms';
const REFUSAL = 'x-circuit-breaker';

/**
 * A deadline that starts now.
 *
 * @param ms milliseconds, at least 0
 * @param clock monotonic milliseconds, for tests
 * @throws {TypeError | RangeError} if `ms` is invalid
 */
export function deadlineIn(ms: Millis, clock: { now(): number } = hostTime()): Deadline {
  requireNumber('deadlineIn', ms, 0);
  const end = clock.now() + ms;
  return { remaining: () => Math.max(0, end - clock.now()) };
}

/**
 * The deadline in a request's `grpc-timeout` header; `undefined` if the header is missing or malformed. It starts now, so read
 * it before anything else.
 *
 * @param clock monotonic milliseconds, for tests
 */
export function readDeadline(headers: HeadersLike, clock?: { now(): number }): Deadline | undefined {
  const ms = fromGrpcTimeout(readHeader(headers, DEADLINE) ?? '');
  return ms === undefined ? undefined : deadlineIn(ms, clock);
}

/**
 * The headers that tell the next service how long the caller waits: spread them into the headers of a request. `grpc-timeout`,
 * and `x-envoy-expected-rq-timeout-ms` in whole milliseconds, at least 1, for services that read Envoy's. Empty if there is no
 * deadline.
 *
 * @param keep milliseconds to keep for the way back and for your own answer, at least 0
 * @throws {TypeError | RangeError} if `keep` is invalid
 */
export function deadlineHeaders(deadline: Deadline | undefined, keep: Millis = 0): Record<string, string> {
  requireNumber('keep', keep, 0);
  const left = deadline ? deadline.remaining() - keep : Number.NaN;
  // A custom deadline may return something that is not a number; the next service must not receive that.
  if (Number.isNaN(left)) return {};
  // Proxies take 0 for no limit, and an endless wait is none.
  const expected = Number.isSafeInteger(Math.floor(left)) && { [EXPECTED]: `${Math.max(1, Math.floor(left))}` };
  return { [DEADLINE]: toGrpcTimeout(left), ...expected };
}

/**
 * The ruling on an answer with `x-circuit-breaker: open`: a breaker behind that service refused, so the answer is ignored,
 * because the service itself is healthy. Use it in `classify`, for services that you trust to set this header, as
 * `@switchgear/hono` does. `undefined` for all other answers.
 */
export function refusedBelow(headers: HeadersLike): Ruling | undefined {
  return readHeader(headers, REFUSAL) === 'open' ? { outcome: 'ignored', kind: 'EOPENBREAKER' } : undefined;
}

function readHeader(headers: HeadersLike, name: string): string | undefined {
  const { get } = headers;
  const value = typeof get === 'function' ? get.call(headers, name) : (headers as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** The units of gRPC in milliseconds. Those below a millisecond are only read. */
const UNITS: readonly (readonly [unit: string, ms: Millis])[] = [
  ['m', 1],
  ['S', 1_000],
  ['M', 60_000],
  ['H', 3_600_000],
  ['u', 0.001],
  ['n', 0.000_001],
];

/** The header's format allows eight digits. */
const MOST = 99_999_999;

/** Milliseconds as `grpc-timeout` has them: `480m`. Rounded down, because others must not wait longer than the caller does. */
function toGrpcTimeout(ms: Millis): string {
  const [unit, size] = UNITS.find(([, each]) => each >= 1 && ms / each <= MOST) ?? ['H', 3_600_000];
  return `${Math.min(MOST, Math.floor(Math.max(0, ms) / size))}${unit}`;
}

/** Milliseconds, or `undefined` if the text is malformed. */
function fromGrpcTimeout(text: string): Millis | undefined {
  const [, digits = '', unit] = /^(\d{1,8})([HMSmun])$/.exec(text.trim()) ?? [];
  const size = UNITS.find(([each]) => each === unit)?.[1];
  return size === undefined ? undefined : Number(digits) * size;
}
