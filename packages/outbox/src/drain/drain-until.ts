import { invalid, read } from '@switchgear/core/adapter';
import type { Pool } from 'pg';
import type { Settings } from '../contract/settings.ts';
import { watchPool } from '../database/pool.ts';
import { Queue } from '../queue/queue.ts';
import { settlesWithin } from '../time/timer.ts';
import { Drain } from './drain.ts';
import { PoolListener } from './pool-listener.ts';

/** How long the end of draining waits for a connection that is being opened, in milliseconds. */
const LAST_WAIT = 1_000;

/** What draining works with. */
export interface Draining<Payload> {
  readonly pool: Pool;
  readonly settings: Settings<Payload>;

  /** The current drains of this outbox. */
  readonly drains: Set<Drain<Payload>>;
}

/** Drains until the signal aborts, and removes its listeners in any case. */
export async function drainUntil<Payload>(
  signal: AbortSignal,
  { pool, settings, drains }: Draining<Payload>,
): Promise<void> {
  if (signal.aborted) return;
  const { queue, names, reporter, listen } = settings;
  const drain = new Drain(new Queue(pool, settings), settings);
  drains.add(drain);
  const stopWatching = watchPool(pool, (error) => reporter.report(error, 'pool'));
  const unsubscribe = listen
    ? PoolListener.of(pool).subscribe({
        channel: names.channel,
        queue,
        onMessage: () => drain.poll(),
        onError: (error) => reporter.report(error, 'listen'),
      })
    : undefined;
  try {
    await drain.run(signal);
  } finally {
    drains.delete(drain);
    if (unsubscribe) await settlesWithin(unsubscribe(), LAST_WAIT);
    stopWatching();
  }
}

/** @throws {TypeError} if it is not an AbortSignal that can be listened to */
export function requireSignal(signal: unknown): void {
  const isSignal =
    typeof read(signal, 'aborted') === 'boolean' && typeof read(signal, 'addEventListener') === 'function';
  if (!isSignal) invalid('signal', 'an AbortSignal', signal);
}
