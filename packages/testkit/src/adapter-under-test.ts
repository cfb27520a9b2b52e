import type { Ending } from '@switchgear/core';

/** Calls through a real host, made to end in known ways. */
export interface AdapterUnderTest {
  /** Ends well. */
  succeed(): Promise<unknown>;

  /** Ends in a way that is the dependency's fault. */
  fail(): Promise<unknown>;

  /** Ends in a way that says nothing about the dependency: a caller's abort, a full pool. */
  sayNothing(): Promise<unknown>;

  /** How many calls have reached the dependency. */
  reached(): number;

  /** A call in which the host itself fails with this very error. */
  relay(error: Error): Promise<unknown>;

  /**
   * Whether the breaker refused this call, in the host's form.
   *
   * @default it was rejected, and `isCircuitOpen` finds the refusal behind the error
   */
  refused?(ending: Ending): boolean;

  /** Takes away what `attach` set up. */
  dispose?(): void | Promise<void>;
}
