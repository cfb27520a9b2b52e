import type { Bus } from '../ports/bus.ts';
import { KEPT, MOST_BYTES, mailboxBus } from '../store/mailbox.ts';
import { requireName } from '../store/name.ts';
import { type HubNamespace, hubClient } from './hub-client.ts';

/**
 * A bus over a Durable Object of Cloudflare Workers. Nothing listens there, so call `sync()` in each request: it sends a report if
 * one is due, and takes those of others.
 *
 * @param namespace the binding of {@link BreakerHub}
 * @param name of the object. An object lives in one place: give each region its own
 * @default name '@switchgear/sharing'
 * @throws {TypeError} if this is not the binding of a Durable Object
 */
export function hubMailbox<Id>(namespace: HubNamespace<Id>, name: string = '@switchgear/sharing'): Bus {
  requireName('hubMailbox', name);
  const ask = hubClient('hubMailbox', namespace, name);
  return mailboxBus('hubMailbox', async (box, report, readTo) => {
    const [newTo, ...letters] = await ask(['exchange', box, report, Number(readTo), KEPT, MOST_BYTES]);
    const told = letters as readonly (readonly [string, number])[];
    return { readTo: String(newTo), letters: told.map(([report, age]) => ({ report, age })) };
  });
}
