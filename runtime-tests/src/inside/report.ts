import type { Capability } from '../specs/kit/capability.ts';

/** What became of one spec. */
export interface Result {
  readonly spec: string;

  /** What was wrong; absent where nothing was. */
  readonly error?: string;
}

/** What a runtime found out about itself. Plain data: it leaves the runtime as JSON. */
export interface Report {
  readonly capabilities: readonly Capability[];
  readonly results: readonly Result[];
}
