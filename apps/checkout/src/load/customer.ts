import type { Arrival } from './schedule.ts';

/** Timeout of a customer, in milliseconds. */
const PATIENCE = 10_000;

/** Places one order, as a browser would. */
export async function placeOrder(shop: string, { after: _, ...order }: Arrival): Promise<Answered> {
  try {
    const response = await fetch(`${shop}/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const { product } = (await response.json()) as { readonly product?: { readonly servedBy: string } };
    return {
      answer: answerOf(response.status, response.headers.get('Retry-After')),
      isDegraded: product !== undefined && product.servedBy !== 'products',
    };
  } catch {
    return { answer: 'failed', isDegraded: false };
  }
}

/**
 * The answer a customer got.
 *
 * - `confirmed`: accepted and paid.
 * - `queued`: accepted, with the payment queued.
 * - `refused`: not accepted, with the time to come back.
 * - `failed`: an error, or no answer in time. Whether the order was accepted is unknown.
 */
export type Answer = 'confirmed' | 'queued' | 'refused' | 'failed';

/** The answer to an order. */
export interface Answered {
  readonly answer: Answer;

  /** Whether the order was accepted without the product service, with its last good copy or the product's number. */
  readonly isDegraded: boolean;
}

/** The record of one order from the customer's side. Times are milliseconds since 1970. */
export interface OrderRecord extends Answered {
  readonly reference: string;

  /** When the customer was scheduled to arrive. Latency counts from here, even if the load generator was late. */
  readonly scheduledAt: number;
  readonly answeredAt: number;
}

/** Reads the shop's HTTP answer as its customer does. */
export function answerOf(status: number, retryAfter: string | null): Answer {
  if (status === 201) return 'confirmed';
  if (status === 202) return 'queued';
  return status === 503 && retryAfter !== null ? 'refused' : 'failed';
}
