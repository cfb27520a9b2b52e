import { setTimeout as pause } from 'node:timers/promises';
import { isRefusal } from '../policies/policy.ts';

/** A request as its caller saw it. */
export interface Request {
  /** On `performance.now()`. */
  readonly began: number;

  /** In milliseconds. */
  readonly took: number;
  readonly ending: 'answer' | 'failure' | 'refusal';
}

/** Makes one request and observes how it ends. */
export async function observed(call: () => Promise<unknown>): Promise<Request> {
  const began = performance.now();
  const ending = await call().then(
    () => 'answer' as const,
    (error: unknown) => (isRefusal(error) ? 'refusal' : 'failure'),
  );
  return { began, took: performance.now() - began, ending };
}

/**
 * Makes a call at each of these times, whether or not earlier ones have ended, and waits for all. Calls that are due
 * together, for instance after the event loop was blocked, begin in one turn.
 */
export async function traffic(call: () => Promise<unknown>, times: readonly number[]): Promise<Request[]> {
  const start = performance.now();
  const requests: Promise<Request>[] = [];
  while (requests.length < times.length) {
    const passed = performance.now() - start;
    while ((times[requests.length] ?? Infinity) <= passed) requests.push(observed(call));
    await pause(Math.max(1, (times[requests.length] ?? 0) - passed));
  }
  return Promise.all(requests);
}
