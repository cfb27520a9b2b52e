import type { Millis } from '@switchgear/core';
import { ask, notify } from '@switchgear/core/adapter';
import { inThisContext, timersBelongToRequests } from '../time/host.ts';
import { type HealthProbeOptions, hostScheduler, type ResolvedHealthProbe, resolveHealthProbe } from './options.ts';

/** Pings a service beside its real traffic. */
export interface HealthProbe {
  /** Whether fewer than `unhealthyAfter` consecutive pings have failed. Before the first ping it is true. */
  readonly healthy: boolean;

  /** Consecutive failed pings. */
  readonly failures: number;

  /** Sends the first ping at once. Does nothing if already started. */
  start(): void;

  /** Stops pinging, and aborts the current ping. */
  stop(): void;
}

/**
 * Pings a service, one ping at a time. `unhealthyAfter` consecutive failures mark it unhealthy. A ping that succeeds after a
 * failed one moves an open circuit to half-open at once, so that real traffic probes it. It never closes the circuit, because
 * a service may answer pings and nothing else.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 * @example
 * ```ts
 * const probe = healthProbe({ breaker: payments, ping: ({ signal }) => fetch('https://payments.example/health', { signal }) });
 * probe.start();
 * ```
 */
export function healthProbe(options: HealthProbeOptions): HealthProbe {
  return new Pings(resolveHealthProbe(options));
}

class Pings implements HealthProbe {
  failures = 0;
  readonly #options: ResolvedHealthProbe;
  /** Cancels the wait for the next ping, or the current ping. */
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
    const end = (succeeded: boolean): void => {
      if (isOver) return;
      isOver = true;
      cancelLimit();
      this.#cancel = this.#after(every, () => this.#ping());
      this.#count(succeeded);
    };
    cancelLimit = this.#after(pingFor, () => {
      end(false);
      controller.abort(new Error(`No answer to a ping within ${pingFor} ms`));
    });
    this.#cancel = () => {
      isOver = true;
      cancelLimit();
      controller.abort(new Error('The health probe was stopped'));
    };
    // Called in a promise, so that a ping that throws fails like one that rejects.
    Promise.resolve(controller)
      .then(ping)
      .then(
        () => end(true),
        () => end(false),
      );
  }

  /**
   * Calls `act` once, later, in the context in which `start` was called, unless the returned function is called before. On
   * Workers it runs in the scheduler's context, because the other one ends with its request.
   */
  #after(ms: Millis, act: () => void): () => void {
    const { breaker, scheduler } = this.#options;
    let isDue = true;
    const once = (): void => {
      if (!isDue) return;
      isDue = false;
      act();
    };
    const due = timersBelongToRequests() ? once : inThisContext(once);
    let isScheduled = false;
    let cancel = ask('scheduler', breaker, () => {
      const given = scheduler.after(ms, due);
      isScheduled = true;
      return given;
    });
    if (!isScheduled) cancel = hostScheduler.after(ms, due);
    return () => {
      isDue = false;
      if (typeof cancel === 'function') notify('scheduler', breaker, cancel);
    };
  }

  #count(succeeded: boolean): void {
    const { breaker, onChange, whenUnhealthy } = this.#options;
    const { failures, healthy } = this;
    this.failures = succeeded ? 0 : failures + 1;
    if (succeeded && failures > 0 && breaker.mode === 'active' && breaker.state === 'open') breaker.halfOpen();
    if (healthy === this.healthy) return;
    if (healthy && whenUnhealthy === 'trip') breaker.trip();
    notify('onChange', breaker, onChange, this.healthy);
  }
}
