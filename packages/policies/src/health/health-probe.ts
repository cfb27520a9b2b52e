import type { Millis } from '@switchgear/core';
import { ask, notify } from '@switchgear/core/adapter';
import { here } from '../call/here.ts';
import { timersBelongToRequests } from '../timeout/host.ts';
import { type HealthProbeOptions, type ResolvedHealthProbe, resolveHealthProbe } from './options.ts';
import { timers } from './scheduler.ts';

/** Asks a service how it is, beside its real traffic. */
export interface HealthProbe {
  /** Whether fewer pings in a row have failed than make it unhealthy. A service that nobody has asked is healthy. */
  readonly healthy: boolean;

  /** Pings in a row that have failed. */
  readonly failures: number;

  /** Begins to ping, at once. Nothing happens if it has begun. */
  start(): void;

  /** Stops, and aborts a ping that is under way. */
  stop(): void;
}

/**
 * Pings a service, one ping at a time. So many failures in a row mark it unhealthy. A ping that succeeds after one that failed lets
 * an open circuit have a probe with real traffic at once, and no more: whether it closes is for real calls to say, since a
 * service may answer pings and nothing else.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 * @example
 * ```ts
 * const probe = healthProbe({ breaker: payments, ping: ({ signal }) => fetch('https://payments.example/health', { signal }) });
 * probe.start();
 * ```
 */
export function healthProbe(options: HealthProbeOptions): HealthProbe {
  return new Pinging(resolveHealthProbe(options));
}

class Pinging implements HealthProbe {
  failures = 0;
  readonly #options: ResolvedHealthProbe;
  /** Ends the wait for the next ping, or the ping under way. */
  #cancel: (() => void) | undefined = undefined;

  constructor(options: ResolvedHealthProbe) {
    this.#options = options;
  }

  get healthy(): boolean {
    return this.failures < this.#options.unhealthyAfter;
  }

  start(): void {
    if (!this.#cancel) this.#ping();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #ping(): void {
    const { ping, pingFor, every } = this.#options;
    const controller = new AbortController();
    let isOver = false;
    let cancelLimit = (): void => undefined;
    const over = (succeeded: boolean): void => {
      if (isOver) return;
      isOver = true;
      cancelLimit();
      this.#cancel = this.#after(every, () => this.#ping());
      this.#learn(succeeded);
    };
    cancelLimit = this.#after(pingFor, () => {
      over(false);
      controller.abort(new Error(`No answer to a ping within ${pingFor} ms`));
    });
    this.#cancel = () => {
      isOver = true;
      cancelLimit();
      controller.abort(new Error('Pinging was stopped'));
    };
    // A ping that throws fails like one that rejects.
    Promise.resolve(controller)
      .then(ping)
      .then(
        () => over(true),
        () => over(false),
      );
  }

  /**
   * Does something once, later, unless the function it gives is called before: in the context of whoever started the
   * pings, whatever the scheduler's is. Not on Workers, where that context is gone with its request.
   */
  #after(ms: Millis, act: () => void): () => void {
    const { breaker, scheduler } = this.#options;
    let isDue = true;
    const once = (): void => {
      if (!isDue) return;
      isDue = false;
      act();
    };
    const due = timersBelongToRequests() ? once : here(once);
    let isScheduled = false;
    let cancel = ask('scheduler', breaker, () => {
      const given = scheduler.after(ms, due);
      isScheduled = true;
      return given;
    });
    if (!isScheduled) cancel = timers.after(ms, due);
    return () => {
      isDue = false;
      if (typeof cancel === 'function') notify('scheduler', breaker, cancel);
    };
  }

  #learn(succeeded: boolean): void {
    const { breaker, onChange, whenUnhealthy } = this.#options;
    const { failures, healthy } = this;
    this.failures = succeeded ? 0 : failures + 1;
    if (succeeded && failures > 0 && breaker.mode === 'active' && breaker.state === 'open') breaker.halfOpen();
    if (healthy === this.healthy) return;
    if (healthy && whenUnhealthy === 'trip') breaker.trip();
    notify('onChange', breaker, onChange, this.healthy);
  }
}
