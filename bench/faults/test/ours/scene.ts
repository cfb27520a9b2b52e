import { type Breaker, type BreakerOptions, consecutiveFailures, createBreaker, fixed, probes } from '@switchgear/core';
import { type ManualClock, manualClock } from '@switchgear/core/testing';

/** Our breaker, configured like those of the programs, with a manual clock. */
export interface Scene {
  readonly breaker: Breaker;
  readonly clock: ManualClock;

  /** A failure opens the circuit and its open time elapses: the next call is the probe. */
  halfOpened(): Promise<void>;
}

/** Opens on the first failure, for 20 ms; one probe decides. */
export function scene(options: Partial<BreakerOptions> = {}): Scene {
  const clock = manualClock();
  const breaker = createBreaker({
    name: 'service',
    openWhen: consecutiveFailures(1),
    openFor: fixed(20),
    recover: probes({ permitted: 1 }),
    clock,
    ...options,
  });
  return {
    breaker,
    clock,
    async halfOpened() {
      await down(breaker);
      clock.advance(20);
    },
  };
}

export const fine = (): Promise<string> => Promise.resolve('fine');
export const never = (): Promise<never> => new Promise(() => {});

/** A failing call. Resolves to the error that its caller got. */
export function down(breaker: Breaker, error: unknown = new Error('down')): Promise<unknown> {
  return breaker.run(() => Promise.reject(error)).catch((reason: unknown) => reason);
}
