import { consecutiveFailures, createBreaker } from '@switchgear/core';
import { circuitBreaker } from '@switchgear/hono';
import { Hono } from 'hono';

/** Asks a route until its circuit opens and refuses. */
export async function tellRoute() {
  let reached = 0;
  const app = new Hono();
  app.use(circuitBreaker({ breaker: createBreaker({ name: 'orders', openWhen: consecutiveFailures(2) }) }));
  app.get('/', (context) => context.text('', ++reached === 1 ? 200 : 500));
  const seen = [];
  for (let i = 0; i < 4; i++) seen.push((await app.request('/')).status);
  if (seen.join() !== '200,500,500,503') throw new Error(`saw ${seen}`);
  return 'route told';
}
