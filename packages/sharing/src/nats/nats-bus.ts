import { invalid } from '@switchgear/core/adapter';
import type { Bus } from '../ports/bus.ts';
import { requireName } from '../store/name.ts';
import { topicBus } from '../store/topic-bus.ts';

/** A connection to NATS: what is used of it. */
export interface NatsConnection {
  publish(subject: string, report: string): void;
  subscribe(
    subject: string,
    options: { callback(error: Error | null, message: { string(): string }): void },
  ): { unsubscribe(): void; readonly closed: Promise<unknown> };
  flush(): Promise<void>;
}

/**
 * A bus over NATS: reports are published on a subject. Nothing is stored, so JetStream is not needed.
 *
 * @param connection of `@nats-io/transport-node` or another transport. Connect with `maxReconnectAttempts: -1` and
 *   `waitOnFirstConnect: true`; by default it ends for good after ten attempts
 * @param subject where reports are published. Give each group its own if there are many
 * @default subject 'switchgear.sharing'
 * @throws {TypeError} if this is not a connection
 * @example
 * ```ts
 * const connection = await connect({ servers, maxReconnectAttempts: -1, waitOnFirstConnect: true });
 * share(payments, { group: 'shop eu-west-1a', bus: natsBus(connection) });
 * ```
 */
export function natsBus(connection: NatsConnection, subject: string = 'switchgear.sharing'): Bus {
  if (typeof Object(connection).publish !== 'function')
    invalid('natsBus connection', 'a connection to NATS', connection, "await connect() of '@nats-io/transport-node'");
  requireName('natsBus', subject);
  return topicBus('natsBus', async (listener) => {
    const subscription = connection.subscribe(subject, {
      callback: (error, message) => (error ? listener.lost(error) : listener.hear(message.string())),
    });
    return {
      // Published is what the server has seen. While it is away the connection keeps what is published, so nothing follows.
      async publish(report) {
        connection.publish(subject, report);
        await connection.flush();
      },
      leave: () => subscription.unsubscribe(),
    };
  });
}
