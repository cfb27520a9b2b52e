import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Behaviour } from './behaviour.ts';
import { MODES } from './mode.ts';

/**
 * What the people who run the tile server see: `GET /report`, `PUT /mode/hang`. On a port of its own, for a browser
 * opens six connections to one and no more: when tiles hang on all of them, nobody could tell the server to stop.
 */
export function createOperatorApi(behaviour: Behaviour): Hono {
  const api = new Hono();
  api.use(cors({ origin: '*', allowMethods: ['GET', 'PUT'] }));
  api.get('/report', (context) => context.json(behaviour.report));
  api.put('/mode/:mode', (context) => {
    const mode = MODES.find((known) => known === context.req.param('mode'));
    if (!mode) return context.json({ error: `mode must be one of ${MODES.join(', ')}` }, 400);
    behaviour.setMode(mode);
    return context.json(behaviour.report);
  });
  return api;
}
