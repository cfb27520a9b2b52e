import { invalid } from '@switchgear/core/adapter';
import type { Bus } from '../ports/bus.ts';
import { requireName } from '../store/name.ts';
import { type Listener, type Topic, topicBus } from '../store/topic-bus.ts';
import { identifier, type PgPool, type PostgresJs } from './postgres-client.ts';

const DRIVER = 'postgresBus';
/** A notification has fewer than 8,000 bytes, some of which are left for a signature. */
const MAX_BYTES = 7_000;

/**
 * A bus over `LISTEN` and `NOTIFY` of PostgreSQL. It keeps one connection to itself; close the sharing before you end the pool.
 * Behind PgBouncer in its transaction mode nothing can listen: take {@link postgresMailbox}.
 *
 * @param client a pool of `pg`, of which one client is taken, or the `sql` of `postgres`, which connects once more
 * @param channel where reports are published. Give each group its own if there are many
 * @default channel 'switchgear_sharing'
 * @throws {TypeError} if this is not a client that can listen
 * @example
 * ```ts
 * share(payments, { group: 'shop eu-west-1a', bus: postgresBus(new pg.Pool()) });
 * ```
 */
export function postgresBus(client: PgPool | PostgresJs, channel: string = 'switchgear_sharing'): Bus {
  const isSql = typeof Object(client).listen === 'function';
  if (!isSql && typeof Object(client).connect !== 'function')
    invalid(`${DRIVER} client`, 'a pool of pg or the sql of postgres', client, "new pg.Pool() of 'pg'");
  requireName(DRIVER, channel);
  const join = isSql ? joinBySql : joinByPool;
  return topicBus(DRIVER, (listener) => join(client as PgPool & PostgresJs, channel, listener), {
    maxBytes: MAX_BYTES,
  });
}

async function joinByPool(pool: PgPool, channel: string, listener: Listener): Promise<Topic> {
  const client = await pool.connect();
  let isHeld = true;
  const leave = (): void => {
    const wasHeld = isHeld;
    isHeld = false;
    if (wasHeld) client.release(true);
  };
  const lost = (error: unknown): void => {
    if (isHeld) listener.lost(error);
    leave();
  };
  client.on('error', lost);
  client.on('end', () => lost(new Error('its connection has ended')));
  client.on('notification', ({ payload }) => payload !== undefined && listener.hear(payload));
  try {
    await client.query(`listen ${identifier(channel)}`, []);
  } catch (error) {
    leave();
    throw error;
  }
  // Over the same connection, so that its end is noticed. It takes one statement at a time.
  let last: Promise<unknown> = Promise.resolve();
  const publish = (report: string): Promise<unknown> => {
    const notify = () => client.query('select pg_notify($1, $2)', [channel, report]);
    last = last.then(notify, notify);
    return last;
  };
  return { publish, leave };
}

async function joinBySql(sql: PostgresJs, channel: string, listener: Listener): Promise<Topic> {
  const { unlisten } = await sql.listen(channel, listener.hear);
  const publish = async (report: string) => sql.notify(channel, report);
  return { publish, leave: () => void unlisten().catch(() => {}) };
}
