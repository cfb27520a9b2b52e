import type { Message } from '../contract/message.ts';
import type { Settings } from '../contract/settings.ts';
import type { Queue } from '../queue/queue.ts';

/**
 * When callers claimed the messages that they will try themselves. A claim in a transaction is seen by others only when
 * that commits, and its lease may be over by then.
 */
export class Claims<Payload> {
  readonly #queue: Queue<Payload>;
  readonly #settings: Pick<Settings<Payload>, 'lease' | 'deliveryTimeout'>;
  readonly #claimedAt = new WeakMap<Message<Payload>, number>();

  constructor(queue: Queue<Payload>, settings: Pick<Settings<Payload>, 'lease' | 'deliveryTimeout'>) {
    this.#queue = queue;
    this.#settings = settings;
  }

  /** Notes that a message was claimed at a time. */
  note(message: Message<Payload> | undefined, at: number): void {
    if (message) this.#claimedAt.set(message, at);
  }

  /**
   * Renews the lease if less is left of it than the delivery may take.
   *
   * @throws {Error} when another attempt holds the message by now, or it is done with
   */
  async hold(message: Message<Payload>): Promise<void> {
    const { lease, deliveryTimeout } = this.#settings;
    // One that was not claimed here is taken as it comes.
    const age = performance.now() - (this.#claimedAt.get(message) ?? Number.POSITIVE_INFINITY);
    if (age <= lease - deliveryTimeout) return;
    if (!(await this.#queue.renew(message)))
      throw new Error('the lease has run out, and another attempt has the message');
  }
}
