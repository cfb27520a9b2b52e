import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Millis } from '../vocabulary/time.ts';
import { classifyResponse } from './classify-status.ts';
import { headerIn } from './header-in.ts';

/**
 * Statuses of gRPC by what they say of the service. 4 deadline exceeded, 14 unavailable, 13 internal, 2 unknown and 15 data loss
 * are failures; 8 resource exhausted is about our rate; 1 cancelled and 10 aborted are about the call.
 */
const GRPC: Readonly<Record<string, Outcome>> = {
  '1': 'ignored',
  '2': 'failure',
  '4': 'failure',
  '8': 'ignored',
  '10': 'ignored',
  '13': 'failure',
  '14': 'failure',
  '15': 'failure',
};

/** The statuses of gRPC that there are. */
const GRPC_STATUS = /^(?:\d|1[0-6])$/;

/** A header that is there, with any value but one that denies it. */
function says(headers: unknown, name: string): boolean {
  const value = headerIn(headers, name) ?? undefined;
  return value !== undefined && value !== false && value !== 'false';
}

/**
 * Classifies a response by what its server says of itself: first in the headers of Envoy and gRPC, then by its status and
 * Retry-After. For classifiers of HTTP clients; those of the adapters use it. `docs/overload.md` has the table.
 *
 * @param headers a `Headers`, or a plain object with names in any case
 * @param wall returns the time now, in milliseconds since 1970. Called only if there is a Retry-After, which may be a date
 * @param trust whether to believe the headers besides Retry-After, which any server can send
 */
export function classifyHttp(
  headers: unknown,
  status: number,
  wall: () => Millis | undefined = () => undefined,
  trust: boolean = true,
): Ruling {
  const byStatus = classifyResponse(status, headers, wall);
  if (!trust) return byStatus;
  const ruling = ofProxy(headers, byStatus) ?? ofGrpc(headers) ?? byStatus;
  if (says(headers, 'x-envoy-immediate-health-check-fail')) return { ...ruling, endpoint: 'leaving' };
  return says(headers, 'x-envoy-degraded') ? { ...ruling, endpoint: 'degraded' } : ruling;
}

/** A proxy in front of the service did not pass the call on. */
function ofProxy(headers: unknown, ruling: Ruling): Ruling | undefined {
  if (ruling.outcome === 'success') return undefined;
  if (says(headers, 'x-envoy-ratelimited')) return { ...ruling, outcome: 'ignored', kind: '429' };
  return says(headers, 'x-envoy-overloaded') ? { ...ruling, outcome: 'failure', kind: 'overloaded' } : undefined;
}

/** Calls over gRPC-Web have the status 200 also when they fail. */
function ofGrpc(headers: unknown): Ruling | undefined {
  const status = String(headerIn(headers, 'grpc-status') ?? '');
  if (!GRPC_STATUS.test(status)) return undefined;
  const outcome = GRPC[status] ?? 'success';
  if (outcome === 'success') return { outcome };
  const pushback = Number(headerIn(headers, 'grpc-retry-pushback-ms') ?? Number.NaN);
  return { outcome, kind: `grpc-${status}`, ...(pushback >= 0 && { retryAfter: pushback }) };
}
