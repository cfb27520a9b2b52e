import { type Answer, answerOf } from './answer.ts';
import type { Arrival } from './schedule.ts';

/** Milliseconds after which a customer leaves. */
const PATIENCE = 10_000;

/** Places one order, as a browser would, and says what came back. */
export async function placeOrder(shop: string, { after: _, ...order }: Arrival): Promise<Answer> {
  try {
    const response = await fetch(`${shop}/orders`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(PATIENCE),
    });
    await response.arrayBuffer();
    return answerOf(response.status, response.headers.get('Retry-After'));
  } catch {
    return 'failed';
  }
}
