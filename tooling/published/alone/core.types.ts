import { type Breaker, CircuitOpenError, createBreaker, failureRate } from '@switchgear/core';

const breaker: Breaker = createBreaker({ name: 'alone', openWhen: failureRate(0.5, { minimumCalls: 10 }) });
const answer: Promise<number> = breaker.run(() => 42);
const double: (n: number) => Promise<number> = breaker.wrap((n: number) => 2 * n);

// No annotation: what it is inferred to be must be something that a user's declarations can name.
export const halve = breaker.wrap((n: number) => n / 2);

export const retryAfter = (error: unknown): number | undefined =>
  error instanceof CircuitOpenError ? error.retryAfter : undefined;
export { answer, double };
