import { ask } from '@switchgear/core/adapter';
import type { Settings } from '../contract/settings.ts';

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/** More would be out of the range of PostgreSQL's times before long. */
const A_YEAR = 365 * 24 * 60 * 60 * 1_000;

/** Milliseconds from a failed attempt to the next: what `retryIn` says, or the default where it says nothing of use. */
export function retryWait<Payload>(
  attempt: number,
  { retryIn, reporter }: Pick<Settings<Payload>, 'retryIn' | 'reporter'>,
): number {
  const answer: unknown = ask('retryIn', reporter, retryIn, attempt);
  if (typeof answer === 'number' && answer >= 0) return Math.min(answer, A_YEAR);
  if (answer !== undefined) {
    const was = typeof answer === 'number' ? `${answer}` : `a value of type ${typeof answer}`;
    reporter.report(
      new RangeError(`retryIn must return a number of milliseconds of at least 0, got ${was}`),
      'retryIn',
    );
  }
  return Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT);
}
