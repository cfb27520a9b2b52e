import { dashboard } from '@switchgear/dashboard';
import { circuitTiming } from '@switchgear/hono';
import { isDeadline } from '@switchgear/policies';
import { Hono } from 'hono';
import { getRuntimeKey } from 'hono/adapter';
import { circuits, serviceOf } from './circuits.ts';
import { copies, lastGoodCopy } from './last-good-copy.ts';
import { prices } from './prices.ts';
import { reviews } from './reviews.ts';
import type { Upstreams } from './upstreams.ts';

let id: string | undefined;

/** Identifies this isolate. Generated at the first request, because Workers forbid randomness at module scope. */
export function isolateId(): string {
  id ??= crypto.randomUUID();
  return id;
}

/** The routes that depend on upstream services. */
const shop = new Hono<{ Bindings: Upstreams }>();
shop.use(lastGoodCopy);
shop.get('/prices/:item', prices);
shop.get('/reviews/:item', reviews);
shop.onError((error, c) => {
  // A passed deadline says nothing about a service: our breakers ignore it, and callers' breakers ignore a 408.
  if (isDeadline(error)) return c.json({ error: 'the deadline of the request has passed' }, 408);
  console.error(`${c.req.path}: ${error}`);
  return error.name === 'TimeoutError'
    ? c.json({ error: 'the service took too long' }, 504)
    : c.json({ error: 'the service did not answer' }, 502);
});

/**
 * The app. It is the same module on every runtime and gets the addresses of the services from its entry point.
 */
export const app: Hono<{ Bindings: Upstreams }> = new Hono<{ Bindings: Upstreams }>();

// Adds the circuit states to each response, for a browser's network panel. Do not do this if your circuits are confidential.
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
// The circuits of this isolate only. Public and read-only, because `authorize` is not set.
app.route('/breakers', dashboard(circuits, { title: 'Circuits at the edge', group: serviceOf }));
app.route('/', shop);
