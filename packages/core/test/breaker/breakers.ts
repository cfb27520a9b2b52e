import {
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  consecutiveFailures,
  createBreaker,
  fixed,
} from '../../src/index.ts';
import { type ManualClock, manualClock } from '../../src/testing/manual-clock.ts';

/** A breaker with its clock in a test's hand and everything it announces written down. */
export interface Observed {
  readonly breaker: Breaker;
  readonly clock: ManualClock;
  readonly events: BreakerEvent[];

  /** The moves so far: `closed>open`. */
  moves(): string[];
}

/** Opens on the second failure in a row, for a second, unless options say otherwise. */
export function observed(options: Partial<BreakerOptions> = {}, start: number = 1_000): Observed {
  const clock = manualClock(start);
  const breaker = createBreaker({
    name: 'payments',
    clock,
    openWhen: consecutiveFailures(2),
    openFor: fixed(1_000),
    ...options,
  });
  const events: BreakerEvent[] = [];
  breaker.subscribe((event) => events.push(event));
  const moves = () => events.filter(({ type }) => type === 'move').map(({ from, to }) => `${from}>${to}`);
  return { breaker, clock, events, moves };
}

export const succeed = (breaker: Breaker): Promise<string> => breaker.run(() => 'fine');

/** A call that fails; resolves to the error it rejected with. */
export const fail = (breaker: Breaker, error: unknown = new Error('down')): Promise<unknown> =>
  breaker.run(() => Promise.reject(error)).catch((reason: unknown) => reason);

/** A promise settled by hand. */
export function deferred<T = unknown>(): {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
