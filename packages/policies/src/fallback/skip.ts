import type { FallbackStep } from './step.ts';

/** Goes without: `undefined`, for a feature that the rest can do without. */
export function skip(): FallbackStep<undefined> {
  return { servedBy: 'skip', isLast: true, answer: () => ({ value: undefined, age: 0 }) };
}
