import { invalid } from '@switchgear/core/adapter';
import type { Bus } from '../ports/bus.ts';
import { requireName } from '../store/name.ts';
import { overhearErrors } from '../store/overhear-errors.ts';
import { type Listener, type Topic, topicBus } from '../store/topic-bus.ts';
import {
  commandsOf,
  type IoRedis,
  type IoRedisListener,
  type NodeRedis,
  type NodeRedisListener,
} from './redis-client.ts';

/**
 * A bus over Redis: reports are published on a channel, and a duplicate of your client listens to it. For Redis Cluster, and
 * wherever nothing can listen all the time, take {@link redisMailbox}.
 *
 * @param client a client of `ioredis` or `redis`, connected or about to be. While the bus is open it has a listener for its
 *   errors, which tells them as events `fault`: without one, an error of node-redis ends the process
 * @param channel where reports are published. Give each group its own if there are many
 * @default channel '@switchgear/sharing'
 * @throws {TypeError} if this is not a client that can listen
 * @example
 * ```ts
 * share(payments, { group: 'shop eu-west-1a', bus: redisBus(new Redis()) });
 * ```
 */
export function redisBus(client: IoRedis | NodeRedis, channel: string = '@switchgear/sharing'): Bus {
  const command = commandsOf(client);
  if (!command || typeof client.duplicate !== 'function')
    invalid('redisBus client', 'a client of ioredis or redis', client, "new Redis() of 'ioredis'");
  requireName('redisBus', channel);
  return topicBus('redisBus', async (listener) => {
    const forget = overhearErrors(client, listener.fail);
    const second = client.duplicate();
    const leave = () => {
      forget();
      end(second);
    };
    try {
      await listen(second, channel, listener);
    } catch (error) {
      leave();
      throw error;
    }
    const topic: Topic = { publish: (report) => command('PUBLISH', [channel, report]), leave };
    return topic;
  });
}

async function listen(second: IoRedisListener | NodeRedisListener, channel: string, listener: Listener): Promise<void> {
  overhearErrors(second, listener.fail);
  if ('destroy' in second) {
    await second.connect();
    await second.subscribe(channel, (message) => listener.hear(message));
  } else {
    second.on('message', (_channel, message) => listener.hear(message));
    second.on('end', () => listener.lost(new Error('its second connection has ended')));
    await second.subscribe(channel);
  }
}

/** Leaves nothing open and waits for nothing. The listener for errors stays, because some come after the end. */
function end(second: IoRedisListener | NodeRedisListener): void {
  try {
    if ('destroy' in second) second.destroy();
    else second.disconnect();
  } catch {
    // It has ended already.
  }
}
