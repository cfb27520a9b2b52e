import type { Capability } from './capability.ts';

/** What a spec may use from outside: two origins of the spec server, where one has been started. */
export interface Surroundings {
  /** `http://127.0.0.1:PORT`, without a slash. */
  readonly server?: string;

  /** The same server at another port: another origin. */
  readonly elsewhere?: string;
}

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
