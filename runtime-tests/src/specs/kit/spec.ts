import type { Capability, Surroundings } from './capability.ts';

/** One rule as a test without a framework. It passes unless `run` throws or rejects. */
export interface Spec {
  /** The rule as a sentence. Unique. */
  readonly name: string;

  /**
   * What the rule needs beyond the language. Every runtime with all of these capabilities runs the spec.
   *
   * @default [] plain ECMAScript
   */
  readonly needs?: readonly Capability[];

  readonly run: (around: Surroundings) => void | Promise<void>;
}
