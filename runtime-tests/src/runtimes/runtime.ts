import type { Report } from '../inside/report.ts';
import type { Capability, Surroundings } from '../specs/kit/capability.ts';
import type { Spec } from '../specs/kit/spec.ts';

/** One line of the matrix. */
export interface Runtime {
  /** `node24` */
  readonly name: string;

  /** The specs it is given. */
  readonly specs: readonly Spec[];

  /** What it has, as far as we know: a runtime that finds something else has changed, and we want to hear of it. */
  readonly has: readonly Capability[];

  /**
   * Runs the specs that concern it.
   *
   * @throws {NotToBeHad} where this machine has no such runtime
   */
  run(around: Surroundings): Promise<Report>;
}

/** There is no such runtime here; the message says why. */
export class NotToBeHad extends Error {
  override readonly name: string = 'NotToBeHad';
}
