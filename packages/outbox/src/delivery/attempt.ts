import { ask, readText } from '@switchgear/core/adapter';
import type { Message } from '../contract/message.ts';
import type { Settings } from '../contract/settings.ts';
import type { Queue } from '../queue/queue.ts';
import { type Cuts, deliver, type Failure } from './deliver.ts';
import { errorText, plainText } from './error-text.ts';
import { refusalBehind } from './refusal.ts';
import { retryWait } from './retry-wait.ts';

/** How an attempt to deliver ended. */
export type Attempt =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      readonly error: unknown;
      /** Whether it said something about the message and nothing about where it goes. */
      readonly isPoison: boolean;
    };

/**
 * Tries a message that the caller has claimed, and writes down how it went. It does not throw.
 *
 * When the writing down fails, the lease runs out and the message is tried again: with the same key, so that what was done
 * is not done twice.
 */
export async function attempt<Payload>(
  message: Message<Payload>,
  queue: Queue<Payload>,
  settings: Settings<Payload>,
  cuts: Cuts = new Set(),
): Promise<Attempt> {
  const { reporter, isPoison, attempts } = settings;
  const ending = await deliver(message, settings, cuts, () => void markDelivered());
  if (ending.isDelivered) {
    await markDelivered();
    return { delivered: true };
  }
  const { error } = ending;
  const isRefused = refusalBehind(error) !== undefined;
  const isHopeless = !isRefused && Boolean(ask('isPoison', reporter, isPoison, error, message));
  await writeDown(ending).catch((trouble: unknown) => reporter.report(trouble, 'attempt'));
  return { delivered: false, error, isPoison: isHopeless };

  function markDelivered(): Promise<void> {
    return queue.markDelivered(message).catch((trouble: unknown) => reporter.report(trouble, 'onDelivered'));
  }

  async function writeDown(failure: Failure): Promise<void> {
    if (isRefused) return queue.giveBack(message);
    const text = errorText(error);
    const isLast = isHopeless || message.attempt >= attempts;
    const wait = isLast ? 0 : retryWait(message.attempt, settings);
    const write = (words: string): Promise<void> =>
      isLast ? queue.setAside(message, words) : queue.postpone(message, words, wait, failure.isGoingOn);
    return write(text).catch((trouble: unknown) => {
      // The text is what it does not take; the outcome is worth more.
      if (readText(trouble, 'code')?.startsWith('22')) return write(plainText(text));
      throw trouble;
    });
  }
}
