import { type AbortState, type Breaker, type CircuitOpenError, findCircuitOpen, type Permit } from '@switchgear/core';
import { read, stoppedBefore } from '@switchgear/core/adapter';
import { type Arrival, arrivalKnown, arrivalOf, incomingBody } from './arrival.ts';
import type { Rest } from './rest.ts';

/** A request on its way to a circuit. */
export interface Approach {
  readonly breaker: Breaker;

  /** Nothing where there is no body to wait for. */
  readonly request?: Request;

  /** The signal of whoever waits for the answer. */
  readonly signal: AbortState | undefined;

  /** How many bytes of its body are kept while it comes in. */
  readonly most: number;

  /** What Node's server puts into the environment: its own request, which knows when all of it has come. */
  readonly incoming?: unknown;
}

const AS_IT_IS: Arrival = {};

/** As much of a permit as a call needs. */
export type Place = Pick<Permit, 'settle'>;

/**
 * The request once its body is in, because a circuit waits for services and not for clients. A client that the circuit
 * refuses anyway does not have to send its body first.
 *
 * @returns at once where there is nothing to wait for
 * @throws the reason of a signal that has fired, whatever the circuit would say; {@link CircuitOpenError} when the circuit
 *   refuses; what reading the body meets
 */
export function arrivalBefore(approach: Approach): Arrival | Promise<Arrival> {
  const { breaker, request, signal } = approach;
  requireCaller(signal);
  if (!request || request.method === 'GET' || request.method === 'HEAD') return AS_IT_IS;
  const arrival = arrivalKnown(request);
  if (arrival) return arrival;
  refuseAtOnce(breaker);
  return wholeOf(request, approach);
}

async function wholeOf(request: Request, { signal, most, incoming }: Approach): Promise<Arrival> {
  try {
    if (await isComplete(incoming)) return AS_IT_IS;
    const body = incomingBody(request);
    return body ? await arrivalOf(request, body, most) : AS_IT_IS;
  } finally {
    // Whoever leaves meanwhile leaves for a reason of their own, whatever reading has met.
    requireCaller(signal);
  }
}

/**
 * Whether Node has all of a request, without anything being read: most bodies come together with their headers, and Node
 * parses both before it does anything else.
 */
async function isComplete(incoming: unknown): Promise<boolean> {
  const { setImmediate } = globalThis as { setImmediate?: (then: () => void) => unknown };
  if (read(incoming, 'complete') === false && setImmediate)
    await new Promise<void>((resolve) => void setImmediate(resolve));
  return read(incoming, 'complete') === true;
}

/**
 * Leave to answer a request that has arrived.
 *
 * @throws {CircuitOpenError} when the circuit refuses
 */
export function placeFor(breaker: Breaker, { rest }: Arrival): Place {
  if (!rest) return breaker.acquire();
  refuseAtOnce(breaker);
  return new LatePlace(breaker, rest);
}

/**
 * The refusal that kept a request from a permit.
 *
 * @throws the error where it is something else
 */
export function refusalIn(error: unknown, signal: AbortState | undefined): CircuitOpenError {
  const open = signal?.aborted ? undefined : findCircuitOpen(error);
  if (!open) throw error;
  return open;
}

function requireCaller(signal: AbortState | undefined): void {
  const stopped = stoppedBefore(signal);
  if (stopped) throw stopped.reason;
}

/** Looking takes no probe, so a circuit that refuses is asked in earnest: for the error, and to count the refusal. */
function refuseAtOnce(breaker: Breaker): void {
  if (breaker.retryAfter > 0) breaker.acquire().settle('ignored');
}

/**
 * The place of a request whose body comes in while it is answered. A permit is asked for when the body is in, or when the
 * call has ended without it: until then a slow client holds nothing, and no clock runs. Where there is none by then,
 * because the circuit has opened or others probe, the outcome is evidence without a permit.
 */
class LatePlace implements Place {
  readonly #breaker: Breaker;
  #permit: Permit | undefined;
  #isSettled = false;

  constructor(breaker: Breaker, rest: Rest) {
    this.#breaker = breaker;
    rest.whenIn(() => this.#ask());
  }

  settle(...verdict: Parameters<Permit['settle']>): void {
    this.#ask();
    this.#isSettled = true;
    if (this.#permit) this.#permit.settle(...verdict);
    else this.#breaker.record(...verdict);
  }

  #ask(): void {
    if (!this.#isSettled && this.#breaker.retryAfter === 0) this.#permit ??= this.#breaker.tryAcquire();
  }
}
