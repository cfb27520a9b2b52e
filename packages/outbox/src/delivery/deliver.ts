import { type CircuitOpenError, findCircuitOpen } from '@switchgear/core';
import { branchesOf } from '@switchgear/core/adapter';
import type { Message } from '../contract/options.ts';
import type { Settings } from '../contract/settings.ts';
import { startTimer, timeoutError } from '../time/timer.ts';

/** A delivery that did not succeed. */
export interface Failure {
  readonly isDelivered: false;
  readonly error: unknown;

  /** Whether it was abandoned at its time limit and its work may still continue. */
  readonly isUnfinished: boolean;
}

/** How a delivery ended. */
export type Delivery = { readonly isDelivered: true } | Failure;

/** Functions that abort the current deliveries. */
export type Aborts = Set<(reason: Error) => void>;

/**
 * Delivers a message within the time limit. It never rejects.
 *
 * @param aborts contains a function that aborts this delivery, until it ends
 * @param onLate called if the delivery succeeds after its time limit
 */
export function deliver<Payload>(
  message: Message<Payload>,
  { deliver: send, deliveryTimeout }: Pick<Settings<Payload>, 'deliver' | 'deliveryTimeout'>,
  aborts: Aborts,
  onLate: () => void,
): Promise<Delivery> {
  return new Promise((resolve) => {
    let isOver = false;
    let overdue: Error | undefined;
    const controller = new AbortController();
    const limit = startTimer(deliveryTimeout, () => {
      overdue = timeoutError(`the delivery took longer than ${deliveryTimeout} ms`);
      controller.abort(overdue);
      // Work that heeds its signal ends in between, and its message can be tried again sooner.
      setImmediate(() => fail(overdue, true));
    });
    aborts.add(abort);
    // Called in an async function, so that a synchronous throw ends like a rejection.
    (async () => send(message, { signal: controller.signal }))().then(succeed, (error) => fail(error, false));

    function succeed(): void {
      if (isOver) onLate();
      else end({ isDelivered: true });
    }

    function fail(error: unknown, isUnfinished: boolean): void {
      if (isOver) return;
      end({ isDelivered: false, error: overdue && !isUnfinished ? endedBy(overdue, error) : error, isUnfinished });
    }

    function end(delivery: Delivery): void {
      isOver = true;
      clearTimeout(limit);
      aborts.delete(abort);
      resolve(delivery);
    }

    function abort(reason: Error): void {
      // The outcome is written if the process lives long enough, but the timer must not keep it alive.
      limit.unref();
      controller.abort(reason);
    }
  });
}

/** The error of work that ended because of its time limit; a refusal is kept, because nothing was sent. */
function endedBy(overdue: Error, error: unknown): unknown {
  return error === overdue || refusalBehind(error) ? error : timeoutError(overdue.message, { cause: error });
}

/**
 * The refusal of a breaker behind an error, if it means that nothing was sent: of an aggregate, all members must be refusals,
 * because the others were sent.
 */
export function refusalBehind(error: unknown): CircuitOpenError | undefined {
  const refusal = findCircuitOpen(error);
  if (!refusal) return undefined;
  const isRefusal = (link: unknown): boolean => findCircuitOpen(link) === link;
  return branchesOf(error).every((branch) => branch.some(isRefusal)) ? refusal : undefined;
}
