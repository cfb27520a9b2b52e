import { type Breaker, protectAxios } from '@switchgear/axios';
import { type Watch, type WatchEvent, watchConfig } from '@switchgear/config';
import { protectPool } from '@switchgear/pg';
import type { Pool } from 'pg';
import type { Clients } from './clients.ts';

/** The settings of the breakers, which the shop follows while it runs. */
export const SETTINGS: URL = new URL('../../breakers.yaml', import.meta.url);

const SERVICES = ['payments', 'alternative', 'products', 'customers', 'shipping'] as const;

/**
 * Protects each dependency of the order service with a breaker, set by `breakers.yaml`. This is the only difference between the two
 * sides of the demo. The README gives the reason for each number.
 */
export function protect(clients: Clients, pool: Pool, file: URL = SETTINGS): readonly Breaker[] {
  const { registry }: Watch = watchConfig(file, { onEvent: report });
  const database = registry.get('database');
  protectPool(pool, { breaker: database, role: 'primary' });
  const services = SERVICES.map((name) => {
    const breaker = registry.get(name);
    protectAxios(clients[name], { breaker });
    return breaker;
  });
  return [...services, database];
}

function report(event: WatchEvent): void {
  if (event.type === 'applied') console.log(`orders: new settings for ${event.changed.join(', ') || 'no breaker'}`);
  else if (event.type !== 'rehearsed') console.error(`orders: settings not applied: ${event.error}`);
}

/** Duration from which a charge is slow, in milliseconds: as in the settings, ten times the usual. */
export const SLOW_CHARGE = 500;
