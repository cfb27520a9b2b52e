import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { type Behaviour, RETRY_AFTER } from './behaviour.ts';
import { drawTile } from './landscape/draw-tile.ts';
import { MODES } from './mode.ts';

/**
 * The public API of the tile server: `GET /tiles/4/3/-7.svg`, at zoom 0 to 9.
 *
 * Every answer carries its CORS headers, a refusal too: without them a page cannot tell a 503 from a dead network, and
 * without `Access-Control-Expose-Headers` it does not see when to come back.
 */
export function createTileApi(behaviour: Behaviour): Hono {
  const api = new Hono();
  api.use(cors({ origin: '*', exposeHeaders: ['Retry-After'] }));
  api.get('/tiles/:z{[0-9]}/:x{-?[0-9]{1,6}}/:y{-?[0-9]{1,6}\\.svg}', async (context) => {
    const { z, x, y } = context.req.param();
    context.header('Cache-Control', 'no-store');
    switch (await behaviour.meet(context.req.raw.signal)) {
      case 'draw':
        context.header('Content-Type', 'image/svg+xml');
        return context.body(drawTile({ z: Number(z), x: Number(x), y: Number.parseInt(y, 10) }, new Date()));
      case 'refuse':
        context.header('Retry-After', String(RETRY_AFTER));
        return context.text('The weather service is down.', 503);
      case 'drop':
        return context.body(null, 204); // The client has already disconnected.
    }
  });
  return api;
}

/**
 * The operator API of the tile server: `GET /report`, `PUT /mode/hang`. On its own port, because a browser
 * opens at most six connections to one: if tiles hang on all of them, the operator API would be unreachable.
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
