import { dashboard } from '@switchgear/dashboard';
import { circuitTiming } from '@switchgear/hono';
import { isDeadline } from '@switchgear/policies';
import { Hono } from 'hono';
import { getRuntimeKey } from 'hono/adapter';
import { circuits, serviceOf } from './circuits.ts';
import { isolateId } from './isolate.ts';
import { copies, lastGoodCopy } from './last-good-copy.ts';
import { prices } from './prices.ts';
import { reviews } from './reviews.ts';
import type { Upstreams } from './upstreams.ts';

/** Everything that needs a service which is not ours. */
const shop = new Hono<{ Bindings: Upstreams }>();
shop.use(lastGoodCopy);
shop.get('/prices/:item', prices);
shop.get('/reviews/:item', reviews);
shop.onError((error, c) => {
  // Breakers above ignore a 408, as ours ignore a deadline: how much time a caller had says nothing about any service.
  if (isDeadline(error)) return c.json({ error: 'your deadline has passed' }, 408);
  console.error(`${c.req.path}: ${error}`);
  return error.name === 'TimeoutError'
    ? c.json({ error: 'the service took too long' }, 504)
    : c.json({ error: 'the service did not answer' }, 502);
});

/**
 * What a shop has at the edge. One module for every runtime: it names none, and takes the addresses of the services from
 * whoever runs it.
 */
export const app: Hono<{ Bindings: Upstreams }> = new Hono<{ Bindings: Upstreams }>();

// Where the circuits stood when the answer left, for the network panel of a browser. Our circuits are no secret; yours may be.
app.use(circuitTiming(circuits));
app.get('/status', (c) =>
  c.json({
    runtime: getRuntimeKey(),
    isolate: isolateId(),
    copies: copies.size,
    circuits: Array.from(circuits, (circuit) => ({
      name: circuit.name,
      retryAfter: circuit.retryAfter,
      ...circuit.metrics(),
    })),
  }),
);
// What this isolate knows: others have circuits of their own. Here anybody may look; nobody may touch, since nobody is authorized.
app.route('/breakers', dashboard(circuits, { title: 'Circuits at the edge', group: serviceOf }));
app.route('/', shop);
