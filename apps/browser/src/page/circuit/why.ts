import { type Because, explain } from '@switchgear/fetch';

/** Why the circuit moved, in a sentence. Not when it tries again: the page counts that down. */
export function why({ nextAttemptAt: _, ...reason }: Because): string {
  return explain(reason);
}
