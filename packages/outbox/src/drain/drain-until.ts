import { read, refuse } from '@switchgear/core/adapter';
import type { Pool } from 'pg';
import type { Settings } from '../contract/settings.ts';
import { watchPool } from '../database/pool-errors.ts';
import { Queue } from '../queue/queue.ts';
import { settlesWithin } from '../time/timer.ts';
import { Drain } from './drain.ts';
import { PoolListener } from './pool-listener.ts';

/** How long a connection that is just being made is waited for when draining ends, in milliseconds. */
const LAST_WAIT = 1_000;

/** What draining needs. */
export interface Draining<Payload> {
  readonly pool: Pool;
  readonly settings: Settings<Payload>;

  /** Those under way on this outbox. */
  readonly drains: Set<Drain<Payload>>;
}

/** Drains until the signal aborts, with all that belongs to it; whatever happens, it leaves nothing of that behind. */
export async function drainUntil<Payload>(
  signal: AbortSignal,
  { pool, settings, drains }: Draining<Payload>,
): Promise<void> {
  if (signal.aborted) return;
  const { queue, names, reporter, listen } = settings;
  const drain = new Drain(new Queue(pool, settings), settings);
  drains.add(drain);
  const stopWatching = watchPool(pool, (error) => reporter.report(error, 'pool'));
  const leave = listen
    ? PoolListener.of(pool).join({
        channel: names.channel,
        queue,
        ring: () => drain.look(),
        report: (error) => reporter.report(error, 'listen'),
      })
    : undefined;
  try {
    await drain.run(signal);
  } finally {
    drains.delete(drain);
    if (leave) await settlesWithin(leave(), LAST_WAIT);
    stopWatching();
  }
}

/** @throws {TypeError} when it is no signal that tells when it aborts */
export function requireSignal(signal: unknown): void {
  const isSignal =
    typeof read(signal, 'aborted') === 'boolean' && typeof read(signal, 'addEventListener') === 'function';
  if (!isSignal) refuse('signal', 'an AbortSignal', signal);
}
