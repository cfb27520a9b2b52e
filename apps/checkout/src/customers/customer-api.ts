import { Hono } from 'hono';
import type { Behaviour } from '../services/behaviour.ts';
import type { DoneOnce } from '../services/done-once.ts';

/** Something a customer was told. */
export interface Notice {
  readonly customer: string;
  readonly order: string;
  readonly text: string;
}

/** The customers there are: `customer-0` to `customer-59`. */
const CUSTOMERS = 60;

/** Every third of them allows the shop to use another payment provider than the usual one. */
const ALLOWS_ALTERNATIVE = 3;

/** The customer service: `GET /customers/:id` is a profile, `POST /customers/:id/notices` tells a customer something. */
export function createCustomerApi(behaviour: Behaviour, notices: DoneOnce<Notice>): Hono {
  const api = new Hono();
  api.get('/customers/:id', async (context) => {
    behaviour.countCall();
    const id = context.req.param('id');
    const number = Number(/^customer-(\d+)$/.exec(id)?.[1] ?? CUSTOMERS);
    await behaviour.perform(() => undefined);
    if (number >= CUSTOMERS) return context.json({ error: 'no such customer' }, 404);
    return context.json({ id, allowsAlternative: number % ALLOWS_ALTERNATIVE === 0 });
  });
  api.post('/customers/:id/notices', async (context) => {
    behaviour.countCall();
    const { order, text } = await context.req.json();
    await behaviour.perform(() => notices.add(context, { customer: context.req.param('id'), order, text }));
    return context.body(null, 204);
  });
  return api;
}
