import type { Report } from '../inside/report.ts';
import type { Capability, Surroundings } from '../specs/kit/capability.ts';
import type { Spec } from '../specs/kit/spec.ts';

/** One line of the matrix. */
export interface Runtime {
  /** `node24` */
  readonly name: string;

  /** The specs it is given. */
  readonly specs: readonly Spec[];

  /** The capabilities it is known to have. A runtime that reports others fails the run. */
  readonly has: readonly Capability[];

  /**
   * Runs its specs.
   *
   * @throws {NotAvailable} if this machine does not have the runtime
   */
  run(around: Surroundings): Promise<Report>;
}

/** The runtime is not available on this machine; the message says why. */
export class NotAvailable extends Error {
  override readonly name: string = 'NotAvailable';
}
