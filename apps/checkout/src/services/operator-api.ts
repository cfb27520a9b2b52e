import { Hono } from 'hono';
import { now } from '../process/now.ts';
import { type Behaviour, MODES } from './behaviour.ts';

/** What an operator controls. */
export interface Operated {
  readonly behaviour: Behaviour;

  /** What the service has done, in order: charges, parcels, notices. */
  records(): readonly unknown[];
  resetConnections(): void;
}

/**
 * The operator API of a service. It has its own port, so that it answers whatever the service does:
 * `PUT /mode/hang`, `GET /calls`, `GET /records`.
 */
export function createOperatorApi({ behaviour, records, resetConnections }: Operated): Hono {
  const api = new Hono();
  api.put('/mode/:mode', (context) => {
    const mode = MODES.find((known) => known === context.req.param('mode'));
    if (!mode) return context.json({ error: `mode must be one of ${MODES.join(', ')}` }, 400);
    behaviour.setMode(mode);
    if (mode === 'refuse') resetConnections();
    return context.json({ mode, at: now() });
  });
  api.get('/calls', (context) => context.json(behaviour.calls));
  api.get('/records', (context) => context.json(records()));
  return api;
}
