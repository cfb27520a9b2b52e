import { findCircuitOpen } from '@switchgear/pg';
import { type Context, Hono } from 'hono';
import { checkout, ReferenceTakenError, type Shop } from './checkout.ts';
import { UnknownProductError } from './lookups.ts';
import type { Order } from './order-store.ts';

const MALFORMED = 'reference, customer and product must be strings and amountCents a positive integer';

/** The longest reference, customer or product. */
const LONGEST = 100;

/** What customers call: `POST /orders` to buy, `GET /orders/:reference` to see how it stands. */
export function createOrderApi(shop: Shop): Hono {
  const api = new Hono();

  api.post('/orders', async (context) => {
    const order = readOrder(await context.req.json().catch(() => undefined));
    if (!order) return context.json({ error: MALFORMED }, 400);
    const receipt = await checkout(shop, order);
    if (receipt.payment === 'paid') return context.json({ ...receipt, message: 'Thank you. Your order is paid.' }, 201);
    const message =
      'Thank you. Your order is accepted, and we will take the payment as soon as we can. No action is needed.';
    return context.json({ ...receipt, message }, 202);
  });

  api.get('/orders/:reference', async (context) => {
    const order = await shop.orders.find(context.req.param('reference'));
    return order ? context.json(order) : context.json({ error: 'no such order' }, 404);
  });

  api.onError((error, context) => {
    if (error instanceof ReferenceTakenError) return context.json({ error: error.message }, 409);
    if (error instanceof UnknownProductError) return context.json({ error: error.message }, 404);
    return unavailable(error, context);
  });

  return api;
}

/** The order was not accepted, because the database is down. While its circuit is open the response has Retry-After. */
function unavailable(error: Error, context: Context): Response {
  const refusal = findCircuitOpen(error);
  if (!refusal) console.error(`orders: ${context.req.method} ${context.req.path} failed: ${error.message}`);
  else if (Number.isFinite(refusal.retryAfter))
    context.header('Retry-After', String(Math.ceil(refusal.retryAfter / 1_000)));
  return context.json({ error: 'We cannot take your order at the moment. Please try again.' }, 503);
}

function readOrder(body: Partial<Order> | undefined): Order | undefined {
  const { reference, customer, product, amountCents } = body ?? {};
  if (!isText(reference) || !isText(customer) || !isText(product)) return undefined;
  if (!Number.isInteger(amountCents) || amountCents === undefined || amountCents < 1) return undefined;
  return { reference, customer, product, amountCents };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST;
}
