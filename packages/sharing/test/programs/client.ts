import type { State } from '@switchgear/core';
import { type Bus, createBreaker, share } from '../../src/index.ts';

/** What a client says: how a call ended, or the rule of a move. */
export interface Said {
  readonly client: number;
  readonly what: 'success' | 'failure' | 'refused' | 'move';
  readonly rule?: string;
  readonly to?: State;

  /** Wall time, in milliseconds. */
  readonly at: number;
}

/** Calls a service once a second, behind a breaker with default plugs that is shared over this bus. */
export function startClient(client: number, url: string, bus: Bus, say: (said: Said) => void): void {
  const breaker = createBreaker({ name: 'service' });
  share(breaker, { group: 'clients', bus });
  const now = () => ({ client, at: Date.now() });
  breaker.subscribe((event) => {
    if (event.type === 'move') say({ ...now(), what: 'move', rule: event.because.rule, to: event.to });
  });
  const call = async (): Promise<void> => {
    const permit = breaker.tryAcquire();
    if (!permit) {
      say({ ...now(), what: 'refused' });
      return;
    }
    const outcome = await fetch(url, { headers: { connection: 'close' } }).then(
      () => 'success' as const,
      () => 'failure' as const,
    );
    permit.settle(outcome);
    say({ ...now(), what: outcome });
  };
  // An eighth of a second after each other, whenever their processes began.
  setTimeout(() => setInterval(call, 1_000), 1_000 - (Date.now() % 1_000) + client * 125);
}
