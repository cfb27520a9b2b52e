import { ask, readText } from '@switchgear/core/adapter';
import type { Message } from '../contract/options.ts';
import type { Settings } from '../contract/settings.ts';
import type { Queue } from '../queue/queue.ts';
import { type Aborts, deliver, type Failure, refusalBehind } from './deliver.ts';
import { errorText, plainText, retryWait } from './failure.ts';

/** How an attempt to deliver ended. */
export type Attempt =
  | { readonly delivered: true }
  | {
      readonly delivered: false;
      readonly error: unknown;
      /** Whether the error is about the message and not about its destination. */
      readonly isPoison: boolean;
    };

/**
 * Tries a message that the caller has claimed, and writes the outcome. It does not throw.
 *
 * If the outcome cannot be written, the lease expires and the message is tried again: with the same key, so that the
 * destination does the work once.
 */
export async function attempt<Payload>(
  message: Message<Payload>,
  queue: Queue<Payload>,
  settings: Settings<Payload>,
  aborts: Aborts = new Set(),
): Promise<Attempt> {
  const { reporter, isPoison, attempts } = settings;
  const ending = await deliver(message, settings, aborts, () => void markDelivered());
  if (ending.isDelivered) {
    await markDelivered();
    return { delivered: true };
  }
  const { error } = ending;
  const isRefused = refusalBehind(error) !== undefined;
  const isHopeless = !isRefused && Boolean(ask('isPoison', reporter, isPoison, error, message));
  await writeOutcome(ending).catch((cause: unknown) => reporter.report(cause, 'attempt'));
  return { delivered: false, error, isPoison: isHopeless };

  function markDelivered(): Promise<void> {
    return queue.markDelivered(message).catch((cause: unknown) => reporter.report(cause, 'onDelivered'));
  }

  async function writeOutcome(failure: Failure): Promise<void> {
    if (isRefused) return queue.giveBack(message);
    const text = errorText(error);
    const isLast = isHopeless || message.attempt >= attempts;
    const wait = isLast ? 0 : retryWait(message.attempt, settings);
    const write = (words: string): Promise<void> =>
      isLast ? queue.setAside(message, words) : queue.postpone(message, words, wait, failure.isUnfinished);
    return write(text).catch((cause: unknown) => {
      // The database rejected the text of the error; the outcome matters more than its exact text.
      if (readText(cause, 'code')?.startsWith('22')) return write(plainText(text));
      throw cause;
    });
  }
}
