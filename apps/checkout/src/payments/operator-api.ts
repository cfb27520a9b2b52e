import { Hono } from 'hono';
import { now } from '../process/now.ts';
import type { Behaviour } from './behaviour.ts';
import type { Ledger } from './ledger.ts';
import { MODES } from './mode.ts';

/**
 * What the people who run the payment service see, on a port of its own so that it answers whatever the service does:
 * `PUT /mode/hang`, `GET /calls`, `GET /ledger`.
 */
export function createOperatorApi(ledger: Ledger, behaviour: Behaviour, resetConnections: () => void): Hono {
  const api = new Hono();
  api.put('/mode/:mode', (context) => {
    const mode = MODES.find((known) => known === context.req.param('mode'));
    if (!mode) return context.json({ error: `mode must be one of ${MODES.join(', ')}` }, 400);
    behaviour.setMode(mode);
    if (mode === 'refuse') resetConnections();
    return context.json({ mode, at: now() });
  });
  api.get('/calls', (context) => context.json(behaviour.calls));
  api.get('/ledger', (context) => context.json(ledger.charges()));
  return api;
}
