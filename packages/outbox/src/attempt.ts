import { findCircuitOpen } from '@switchgear/core';
import type { Message } from './message.ts';
import type { Settings } from './options.ts';
import type { Queue } from './queue.ts';

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
 * When the writing down fails, the lease runs out and somebody tries again: with the same key, so that what was done is
 * not done twice.
 */
export async function attempt<Payload>(
  message: Message<Payload>,
  queue: Queue<Payload>,
  { deliver, isPoison, attempts, retryIn, onError }: Settings<Payload>,
): Promise<Attempt> {
  try {
    await deliver(message);
  } catch (error) {
    const poison = !findCircuitOpen(error) && isPoison(error, message);
    await writtenDown(error, poison).catch(onError);
    return { delivered: false, error, isPoison: poison };
  }
  await queue.markDelivered(message).catch(onError);
  return { delivered: true };

  async function writtenDown(error: unknown, poison: boolean): Promise<void> {
    if (findCircuitOpen(error)) return queue.giveBack(message);
    if (poison || message.attempt >= attempts) return queue.setAside(message, String(error));
    return queue.postpone(message, String(error), retryIn(message.attempt));
  }
}
