import type { Impact } from '../../src/impact/impact.ts';
import type { Detail } from '../../src/wire/detail.ts';
import type { Order } from '../../src/wire/order.ts';
import { BASE } from './connect.ts';

/** One breaker looked at closely; `undefined` if it is gone. */
export async function askForDetail(id: string): Promise<Detail | undefined> {
  const answer = await fetch(`${BASE}/api/breaker?id=${encodeURIComponent(id)}`);
  return answer.ok ? ((await answer.json()) as Detail) : undefined;
}

/** What the breakers saved. */
export async function askForImpact(): Promise<Impact> {
  const answer = await fetch(`${BASE}/api/impact`);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return (await answer.json()) as Impact;
}

/** Sends an order; resolves to why it was refused, or to nothing. */
export async function send(order: Order): Promise<string | undefined> {
  try {
    const answer = await fetch(`${BASE}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    if (answer.ok) return undefined;
    const { error } = (await answer.json().catch(() => ({}))) as { readonly error?: string };
    return error ?? `The server answered ${answer.status}.`;
  } catch {
    return 'The server cannot be reached.';
  }
}
