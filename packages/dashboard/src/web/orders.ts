import type { Breaker } from '@switchgear/core';
import { read } from '@switchgear/core/adapter';
import type { Context } from 'hono';
import type { Board } from '../board/board.ts';
import { describeOrder, type Order, parseOrder } from '../wire/order.ts';
import type { Allowed, Audit, Authority, DashboardOptions } from './options.ts';
import { MOST_BYTES, readBody, whyForeign } from './request.ts';

/** How long the body of an order may take, in milliseconds. */
const PATIENCE = 10_000;

/** The same for an order that is refused, whose body is only read for the record. */
const BRIEFLY = 500;

/** A refusal that is sent to the client. */
class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 415 | 500;

  constructor(status: Refusal['status'], says: string) {
    super(says);
    this.status = status;
  }
}

/** Carries out an operator's order: only as JSON, only from the dashboard's own page, and only if `authorize` permits it. */
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
  if (!authorize) throw new Refusal(403, 'This dashboard is read-only: it was created without the option authorize.');
  // A foreign HTML form can send neither this type nor our origin.
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new Refusal(415, 'Orders must be sent as application/json.');
  }
  const foreign = whyForeign(c, origins);
  if (foreign) throw new Refusal(403, foreign);

  const { history } = board;
  const sure = async <T>(where: string, hook: () => T | PromiseLike<T>): Promise<T> => {
    try {
      return await hook();
    } catch (error) {
      // Without onError, the app's own error handler gets the error.
      if (!options.onError) throw error;
      history.options.reporter.report(error, where);
      throw new Refusal(500, `The option ${where} of this dashboard failed, so the order was not carried out.`);
    }
  };
  // Asked before the body is read, so that unauthorized clients cannot make us buffer anything.
  const authority = await sure<Authority>('authorize', () => authorize(c));
  if (!isYes(authority) && typeof authority !== 'function') {
    const order = await readOrder(c, BRIEFLY).catch(() => undefined);
    return refuse(board, order, onAudit);
  }
  const order = await readOrder(c, PATIENCE);
  const breaker = history.records.get(order.breaker)?.breaker;
  if (!breaker) throw new Refusal(404, 'There is no breaker with this name.');
  const word = typeof authority === 'function' ? await sure<Allowed>('authorize', () => authority(order)) : authority;
  if (!isYes(word)) return refuse(board, order, onAudit);

  const operator = typeof word === 'string' ? word : undefined;
  await sure('onAudit', () => onAudit?.({ at: board.now, order, operator, allowed: true }));
  const says = `Order by ${operator ?? 'an operator'}: ${describeOrder(order)}.`;
  history.enter({ breaker: order.breaker, type: 'order', says });
  carryOut(breaker, order);
  return order.breaker;
}

/** Records the attempt and refuses it. Errors of `onAudit` are reported and change nothing. */
async function refuse(
  { history, now }: Board,
  order: Order | undefined,
  onAudit: ((audit: Audit) => unknown) | undefined,
): Promise<never> {
  if (order && history.records.has(order.breaker)) {
    history.timeline.refuse(order.breaker, `Unauthorized order refused: ${describeOrder(order)}.`, now);
  }
  try {
    await onAudit?.({ at: now, order, operator: undefined, allowed: false });
  } catch (error) {
    history.options.reporter.report(error, 'onAudit');
  }
  throw new Refusal(403, 'You are not allowed to do this: the option authorize of this dashboard did not permit it.');
}

async function readOrder(c: Context, patience: number): Promise<Order> {
  const body = await readBody(c, patience);
  if (body === 'long') throw new Refusal(400, `An order is at most ${MOST_BYTES} bytes long.`);
  if (body === 'late') throw new Refusal(400, 'The order did not arrive in time.');
  const order = parseOrder(parsed(body.text));
  if (!order) throw new Refusal(400, 'Not a valid order. Example: { "breaker": "payments", "order": "trip" }');
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
 * Whether part of the body is left unread. Then the connection is closed, so that the server need not read the rest. Only on Node, and
 * not for HTTP/2, which has no such header.
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
