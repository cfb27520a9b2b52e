import type { Breaker } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { Context } from 'hono';
import type { Board } from '../board/board.ts';
import { type Order, parseOrder, sayOrder } from '../wire/order.ts';
import { MOST_BYTES, readBody } from './body.ts';
import type { Allowed, Audit, Authority, DashboardOptions } from './options.ts';
import { whyForeign } from './origin.ts';

/** How long the body of an order may take, in milliseconds; and where it is wanted for the record alone. */
const PATIENCE = 10_000;
const BRIEFLY = 500;

/** An answer to somebody who wants something of us. */
class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 415 | 500;

  constructor(status: Refusal['status'], says: string) {
    super(says);
    this.status = status;
  }
}

/** Takes an operator's order: JSON only, from our own page only, and only from those whom `authorize` knows. */
export async function takeOrder(c: Context, board: Board, options: DashboardOptions): Promise<Response> {
  try {
    const id = await take(c, board, options);
    return c.json({ row: board.row(id) });
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    if (hasMoreToCome(c)) c.header('Connection', 'close');
    return c.json({ error: refusal.message }, refusal.status);
  }
}

async function take(c: Context, board: Board, options: DashboardOptions): Promise<string> {
  const { authorize, onAudit, origins = [] } = options;
  if (!authorize) throw new Refusal(403, 'This dashboard takes no orders: it was made without the option authorize.');
  // A form can send neither this type nor, from elsewhere, this origin.
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Refusal(415, 'Orders are application/json.');
  }
  const foreign = whyForeign(c, origins);
  if (foreign) throw new Refusal(403, foreign);

  const { history } = board;
  const sure = async <T>(where: string, hook: () => T | PromiseLike<T>): Promise<T> => {
    try {
      return await hook();
    } catch (error) {
      // The app has an error handler, too, and no error goes unseen.
      if (!options.onError) throw error;
      history.options.reporter.report(error, where);
      throw new Refusal(500, `The option ${where} of this dashboard failed, so nothing was done.`);
    }
  };
  // Asked before anything is read: a stranger makes us hold nothing.
  const authority = await sure<Authority>('authorize', () => authorize(c));
  if (!isYes(authority) && typeof authority !== 'function') {
    const order = await readOrder(c, BRIEFLY).catch(() => undefined);
    return refuse(board, order, onAudit);
  }
  const order = await readOrder(c, PATIENCE);
  const breaker = history.records.get(order.breaker)?.breaker;
  if (!breaker) throw new Refusal(404, 'There is no such breaker.');
  const word = typeof authority === 'function' ? await sure<Allowed>('authorize', () => authority(order)) : authority;
  if (!isYes(word)) return refuse(board, order, onAudit);

  const operator = typeof word === 'string' ? word : undefined;
  await sure('onAudit', () => onAudit?.({ at: board.now, order, operator, allowed: true }));
  const says = `${operator ?? 'An operator'} ordered: ${sayOrder(order)}.`;
  history.enter({ breaker: order.breaker, type: 'order', says });
  carryOut(breaker, order);
  return order.breaker;
}

/** Puts it on record that somebody tried. What goes wrong there changes nothing: the answer is no. */
async function refuse(
  { history, now }: Board,
  order: Order | undefined,
  onAudit: ((audit: Audit) => unknown) | undefined,
): Promise<never> {
  if (order && history.records.has(order.breaker)) {
    history.timeline.refuse(order.breaker, `Refused: ${sayOrder(order)}, without authority.`, now);
  }
  try {
    await onAudit?.({ at: now, order, operator: undefined, allowed: false });
  } catch (error) {
    history.options.reporter.report(error, 'onAudit');
  }
  throw new Refusal(403, 'You may not do this. The option authorize of this dashboard did not say yes to you.');
}

async function readOrder(c: Context, patience: number): Promise<Order> {
  const body = await readBody(c, patience);
  if (body === 'long') throw new Refusal(400, `An order has ${MOST_BYTES} bytes at most.`);
  if (body === 'late') throw new Refusal(400, 'The order did not come.');
  const order = parseOrder(parsed(body.text));
  if (!order) throw new Refusal(400, 'That is not an order: { "breaker": "payments", "order": "trip" }');
  return order;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a body is left that nobody will read: its connection is of no more use, and the server need not swallow the rest. Asked
 * on Node only, and not of HTTP/2, where there is no such header.
 */
function hasMoreToCome({ env }: Context): boolean {
  const incoming: unknown = read(env, 'incoming');
  return read(incoming, 'httpVersionMajor') === 1 && read(incoming, 'complete') === false;
}

function isYes(word: unknown): word is true | string {
  return word === true || (typeof word === 'string' && word !== '');
}

function carryOut(breaker: Breaker, order: Order): void {
  if (order.order === 'mode') breaker.setMode(order.mode);
  else if (order.order === 'trip') breaker.trip(order.forMs);
  else if (order.order === 'half-open') breaker.halfOpen();
  else breaker.reset();
}
