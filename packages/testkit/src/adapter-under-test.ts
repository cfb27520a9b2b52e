import type { Ending } from '@switchgear/core';

/** Calls through a real host, made to end in known ways. */
export interface AdapterUnderTest {
  /** A call that succeeds. */
  succeed(): Promise<unknown>;

  /** A call that fails through the fault of the dependency. */
  fail(): Promise<unknown>;

  /** A call that ends without a statement about the dependency, such as a caller's abort or a full pool. */
  sayNothing(): Promise<unknown>;

  /** The number of calls that have reached the dependency. */
  reached(): number;

  /** A call in which the host itself fails with this very error. */
  relay(error: Error): Promise<unknown>;

  /**
   * Whether the breaker refused this call, in the host's form.
   *
   * @default it was rejected, and `isCircuitOpen` finds the refusal behind the error
   */
  refused?(ending: Ending): boolean;

  /** Removes what `attach` set up. */
  dispose?(): void | Promise<void>;
}
