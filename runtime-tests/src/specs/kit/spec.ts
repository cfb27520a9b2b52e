import type { Capability, Surroundings } from './capability.ts';

/** One rule, checked by running it. It knows no test framework: it passes unless `run` throws or rejects. */
export interface Spec {
  /** The rule as a sentence, unlike any other. */
  readonly name: string;

  /**
   * What the rule is about beyond the language itself. Every runtime that has all of it runs the spec.
   *
   * @default [] bare ECMAScript
   */
  readonly needs?: readonly Capability[];

  readonly run: (around: Surroundings) => void | Promise<void>;
}
