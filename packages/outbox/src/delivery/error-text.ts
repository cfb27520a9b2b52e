import { readText } from '@switchgear/core/adapter';

/** How much of an error's text is kept. */
const LONGEST_TEXT = 2_000;

/** What PostgreSQL does not take, or would not give back: NUL, and halves of a pair of code units. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** An error as it is written down: text that can be stored, not too long, whatever the error does when it is read. */
export function errorText(error: unknown): string {
  return textOf(error).slice(0, LONGEST_TEXT).replace(UNSTORABLE, '');
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    // A getter that throws, an object without `toString`.
    return readText(error, 'message') ?? readText(error, 'name') ?? 'an error that cannot be read';
  }
}

/** The same text for a database whose encoding has no other letters. */
export function plainText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
