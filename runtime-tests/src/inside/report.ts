import type { Capability } from '../specs/kit/capability.ts';

/** The result of one spec. */
export interface Result {
  readonly spec: string;

  /** The error; absent if the spec passed. */
  readonly error?: string;
}

/** A runtime's capabilities and results. Plain data, because it leaves the runtime as JSON. */
export interface Report {
  readonly capabilities: readonly Capability[];
  readonly results: readonly Result[];
}
