import { type Answered, answerOf } from './answer.ts';
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
