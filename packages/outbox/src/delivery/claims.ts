import type { Message } from '../contract/options.ts';
import type { Settings } from '../contract/settings.ts';
import type { Queue } from '../queue/queue.ts';

/**
 * Remembers when callers claimed messages to try themselves. A claim in a transaction becomes visible only when that
 * commits, and its lease may have expired by then.
 */
export class Claims<Payload> {
  readonly #queue: Queue<Payload>;
  readonly #settings: Pick<Settings<Payload>, 'lease' | 'deliveryTimeout'>;
  readonly #claimedAt = new WeakMap<Message<Payload>, number>();

  constructor(queue: Queue<Payload>, settings: Pick<Settings<Payload>, 'lease' | 'deliveryTimeout'>) {
    this.#queue = queue;
    this.#settings = settings;
  }

  /** Remembers when a message was claimed. */
  remember(message: Message<Payload> | undefined, at: number): void {
    if (message) this.#claimedAt.set(message, at);
  }

  /**
   * Renews the lease if it may expire during the delivery.
   *
   * @throws {Error} if another attempt holds the message now, or if it is delivered or set aside
   */
  async ensureLease(message: Message<Payload>): Promise<void> {
    const { lease, deliveryTimeout } = this.#settings;
    // A message that was not claimed here has an unknown age, so its lease is renewed.
    const age = performance.now() - (this.#claimedAt.get(message) ?? Number.POSITIVE_INFINITY);
    if (age <= lease - deliveryTimeout) return;
    if (!(await this.#queue.renew(message)))
      throw new Error('the lease has expired, and another attempt holds the message');
  }
}
