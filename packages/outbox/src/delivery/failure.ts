import { ask, readText } from '@switchgear/core/adapter';
import type { Settings } from '../contract/settings.ts';

/** The maximum length of a stored error text. */
const LONGEST_TEXT = 2_000;

/** What PostgreSQL cannot store: NUL, and lone surrogates. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** The text of an error as it is stored: of limited length, without unstorable characters, and even if reading it throws. */
export function errorText(error: unknown): string {
  return textOf(error).slice(0, LONGEST_TEXT).replace(UNSTORABLE, '');
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    // A getter throws, or an object has no `toString`.
    return readText(error, 'message') ?? readText(error, 'name') ?? 'an error that cannot be read';
  }
}

/** The text in ASCII, for a database whose encoding lacks other characters. */
export function plainText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/** Longer waits would exceed the range of PostgreSQL's timestamps. */
const A_YEAR = 365 * 24 * 60 * 60 * 1_000;

/** Milliseconds from a failed attempt to the next: the result of `retryIn`, or the default if that is missing or invalid. */
export function retryWait<Payload>(
  attempt: number,
  { retryIn, reporter }: Pick<Settings<Payload>, 'retryIn' | 'reporter'>,
): number {
  const answer: unknown = ask('retryIn', reporter, retryIn, attempt);
  if (typeof answer === 'number' && answer >= 0) return Math.min(answer, A_YEAR);
  if (answer !== undefined) {
    const was = typeof answer === 'number' ? `${answer}` : `a value of type ${typeof answer}`;
    reporter.report(
      new RangeError(`Switchgear: retryIn must return a number of milliseconds, at least 0, got ${was}`),
      'retryIn',
    );
  }
  return Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT);
}
