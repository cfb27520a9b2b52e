import type { Message } from '../contract/message.ts';
import type { Settings } from '../contract/settings.ts';
import { startTimer, timeoutError } from '../time/timer.ts';
import { refusalBehind } from './refusal.ts';

/** A delivery that did not succeed. */
export interface Failure {
  readonly isDelivered: false;
  readonly error: unknown;

  /** Whether it was given up at its time limit and may still do its work. */
  readonly isGoingOn: boolean;
}

/** How a delivery ended. */
export type Delivery = { readonly isDelivered: true } | Failure;

/** Where a delivery can be told to end, from its beginning to its end. */
export type Cuts = Set<(reason: Error) => void>;

/**
 * Delivers a message within the time limit. It never rejects.
 *
 * @param cuts where to be told that draining does not wait any longer
 * @param onLate called when the message was delivered all the same, after the time limit
 */
export function deliver<Payload>(
  message: Message<Payload>,
  { deliver: send, deliveryTimeout }: Pick<Settings<Payload>, 'deliver' | 'deliveryTimeout'>,
  cuts: Cuts,
  onLate: () => void,
): Promise<Delivery> {
  return new Promise((resolve) => {
    let isOver = false;
    let overdue: Error | undefined;
    const abort = new AbortController();
    const limit = startTimer(deliveryTimeout, () => {
      overdue = timeoutError(`the delivery took longer than ${deliveryTimeout} ms`);
      abort.abort(overdue);
      // Work that heeds its signal ends at once, and can be tried again the sooner.
      setImmediate(() => fail(overdue, true));
    });
    cuts.add(cut);
    // Called in an async function, so that what it throws and what it returns end alike.
    (async () => send(message, { signal: abort.signal }))().then(succeed, (error) => fail(error, false));

    function succeed(): void {
      if (isOver) onLate();
      else end({ isDelivered: true });
    }

    function fail(error: unknown, isGoingOn: boolean): void {
      if (isOver) return;
      end({ isDelivered: false, error: overdue && !isGoingOn ? endedBy(overdue, error) : error, isGoingOn });
    }

    function end(delivery: Delivery): void {
      isOver = true;
      clearTimeout(limit);
      cuts.delete(cut);
      resolve(delivery);
    }

    function cut(reason: Error): void {
      // Its outcome is written down if the process lasts that long, but does not keep it.
      limit.unref();
      abort.abort(reason);
    }
  });
}

/** The error of work that ended because its time was over; a refusal stays what it is, because nothing was sent. */
function endedBy(overdue: Error, error: unknown): unknown {
  return error === overdue || refusalBehind(error) ? error : timeoutError(overdue.message, { cause: error });
}
