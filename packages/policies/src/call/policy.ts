import type { Call, CallOptions } from './call-options.ts';

/** What kinds of policies there are. */
export type PolicyKind = 'fallback' | 'deadline' | 'bulkhead' | 'timeout';

/** Something that stands around a call and gives what the call gives: a value or error comes through untouched. */
export interface Policy {
  readonly kind: PolicyKind;

  /** Makes the call under this policy. Errors are rejections, also of a call that throws. */
  run<T>(call: Call<T>, options?: CallOptions): Promise<T>;
}
