/** Some calls and what they came to: plain immutable data, and so evidence as it is. */
export type Sample = Readonly<Record<'calls' | 'failures' | 'slow', number>>;

/** No calls yet. */
export const NOTHING: Sample = { calls: 0, failures: 0, slow: 0 };

/** The sample with one more call. */
export function plus({ calls, failures, slow }: Sample, failed: boolean, slowly: boolean): Sample {
  return { calls: calls + 1, failures: failures + Number(failed), slow: slow + Number(slowly) };
}
