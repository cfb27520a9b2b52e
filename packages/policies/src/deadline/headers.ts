import type { Millis, Ruling } from '@switchgear/core';
import { requireNumber } from '@switchgear/core/adapter';
import { type Deadline, deadlineIn } from './deadline.ts';
import { fromGrpcTimeout, toGrpcTimeout } from './grpc-timeout.ts';

/** Headers as `fetch`, Hono, Node and axios have them. Names of plain objects are in lower case. */
export type HeadersLike =
  | { get(name: string): unknown }
  | Readonly<Record<string, string | readonly string[] | number | undefined>>;

const DEADLINE = 'grpc-timeout';
const REFUSAL = 'x-circuit-breaker';

function read(headers: HeadersLike, name: string): string | undefined {
  const { get } = headers;
  const value = typeof get === 'function' ? get.call(headers, name) : (headers as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The deadline a request came with, in its `grpc-timeout` header; `undefined` where it has none, or one that makes no sense.
 * It counts from now, so read it first.
 *
 * @param clock where the time comes from, for tests
 */
export function readDeadline(headers: HeadersLike, clock?: { now(): number }): Deadline | undefined {
  const ms = fromGrpcTimeout(read(headers, DEADLINE) ?? '');
  return ms === undefined ? undefined : deadlineIn(ms, clock);
}

/**
 * The header that tells the next service how long we wait for it: spread it into a request's. Nothing where there is no deadline.
 *
 * @param keep milliseconds of it that are kept for the way back and our own answer; 0 unless told otherwise
 * @throws {TypeError | RangeError} for milliseconds that are none
 */
export function deadlineHeaders(deadline: Deadline | undefined, keep: Millis = 0): Record<string, string> {
  requireNumber('keep', keep, 0);
  const left = deadline ? deadline.remaining() - keep : Number.NaN;
  // A deadline of another make may give what is no number; the next service must not be told that.
  return Number.isNaN(left) ? {} : { [DEADLINE]: toGrpcTimeout(left) };
}

/**
 * What an answer says of the service that gave it, where a breaker behind that service refused: it is ignored, since the
 * service itself is well. For `classify`, and for services you trust to say so with `x-circuit-breaker: open`, as
 * `@switchgear/hono` does. `undefined` for every other answer.
 */
export function refusedBelow(headers: HeadersLike): Ruling | undefined {
  return read(headers, REFUSAL) === 'open' ? { outcome: 'ignored', kind: 'EOPENBREAKER' } : undefined;
}
