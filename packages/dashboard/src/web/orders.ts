import type { Breaker } from '@switchgear/core';
import type { Context } from 'hono';
import type { Board } from '../board/board.ts';
import { type Order, parseOrder, sayOrder } from '../wire/order.ts';
import type { DashboardOptions } from './options.ts';
import { isFromOurPage } from './origin.ts';

/** Longer than any order. */
const MOST_BYTES = 10_000;

/** Takes an operator's order: JSON only, from our own page only, and only from those whom `authorize` knows. */
export async function takeOrder(c: Context, board: Board, options: DashboardOptions): Promise<Response> {
  const { authorize, onAudit, origins = [] } = options;
  if (!authorize) return c.json({ error: 'This dashboard takes no orders.' }, 403);
  // A form can send neither this type nor, from elsewhere, this origin.
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    return c.json({ error: 'Orders are application/json.' }, 415);
  }
  if (!isFromOurPage(c, origins)) return c.json({ error: 'Orders come from the dashboard itself.' }, 403);
  const order = parseOrder(await bodyOf(c));
  if (!order) return c.json({ error: 'That is no order.' }, 400);
  const breaker = board.history.records.get(order.breaker)?.breaker;
  if (!breaker) return c.json({ error: 'There is no such breaker.' }, 404);

  const word = await authorize(c, order);
  const allowed = word === true || (typeof word === 'string' && word !== '');
  const operator = typeof word === 'string' && allowed ? word : undefined;
  await onAudit?.({ at: board.now, order, operator, allowed });
  const who = operator ?? 'An operator';
  if (!allowed) {
    board.history.enter({
      breaker: order.breaker,
      type: 'order',
      says: `Refused: ${sayOrder(order)}, without authority.`,
    });
    return c.json({ error: 'You may not do this.' }, 403);
  }
  board.history.enter({ breaker: order.breaker, type: 'order', says: `${who} ordered: ${sayOrder(order)}.` });
  carryOut(breaker, order);
  return c.json({ row: board.row(order.breaker) });
}

async function bodyOf(c: Context): Promise<unknown> {
  try {
    const text = await c.req.text();
    return text.length > MOST_BYTES ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function carryOut(breaker: Breaker, order: Order): void {
  if (order.order === 'mode') breaker.setMode(order.mode);
  else if (order.order === 'trip') breaker.trip(order.forMs);
  else if (order.order === 'half-open') breaker.halfOpen();
  else breaker.reset();
}
