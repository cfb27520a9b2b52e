import { Hono } from 'hono';
import type { Behaviour } from '../services/behaviour.ts';
import type { DoneOnce } from '../services/done-once.ts';

/** Something to bring to somebody. */
export interface Parcel {
  readonly order: string;
  readonly customer: string;
  readonly product: string;
}

/** The shipping service: `POST /parcels` brings an order to its customer, once for each `Idempotency-Key`. */
export function createShippingApi(behaviour: Behaviour, parcels: DoneOnce<Parcel>): Hono {
  const api = new Hono();
  api.post('/parcels', async (context) => {
    behaviour.countCall();
    const { order, customer, product } = await context.req.json();
    await behaviour.perform(() => parcels.add(context, { order, customer, product }));
    return context.body(null, 204);
  });
  return api;
}
