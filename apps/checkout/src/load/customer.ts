import type { Arrival } from './schedule.ts';

/** Milliseconds after which a customer leaves. */
const PATIENCE = 10_000;

/** Places one order, as a browser would, and says what came back. */
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
 * What a customer got.
 *
 * - `confirmed`: accepted and paid.
 * - `queued`: accepted, to be paid later.
 * - `refused`: not accepted, with the time to come back.
 * - `failed`: an error, or no answer in time. Nobody knows whether the order was accepted.
 */
export type Answer = 'confirmed' | 'queued' | 'refused' | 'failed';

/** What a customer got for an order. */
export interface Answered {
  readonly answer: Answer;

  /** Whether an order was accepted without the product service: with its last good copy, or a bare number for a name. */
  readonly isDegraded: boolean;
}

/** What became of one order, as its customer saw it. Instants are milliseconds since 1970. */
export interface OrderRecord extends Answered {
  readonly reference: string;

  /** When the customer came. Latency counts from here, even if the load generator was late itself. */
  readonly scheduledAt: number;
  readonly answeredAt: number;
}

/** Reads the shop's HTTP answer as its customer does. */
export function answerOf(status: number, retryAfter: string | null): Answer {
  if (status === 201) return 'confirmed';
  if (status === 202) return 'queued';
  return status === 503 && retryAfter !== null ? 'refused' : 'failed';
}
