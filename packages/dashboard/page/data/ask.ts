import type { Impact } from '../../src/impact/impact.ts';
import type { Detail } from '../../src/wire/detail.ts';
import type { Order } from '../../src/wire/order.ts';
import { BASE } from './base.ts';
import { hashOf } from './hash.ts';

/** The server has said no, and why. */
export class Refused extends Error {}

/** One breaker looked at closely; `undefined` if it is gone. */
export async function askForDetail(id: string): Promise<Detail | undefined> {
  const answer = await fetch(`${BASE}/api/breaker?id=${hashOf(id)}`);
  if (answer.status === 404) return undefined;
  return (await accepted(answer)).json();
}

/** What the breakers saved. */
export async function askForImpact(): Promise<Impact> {
  return (await accepted(await fetch(`${BASE}/api/impact`))).json();
}

/** Why the server sends no events; `undefined` if it does, or cannot be reached. */
export async function askWhyNoEvents(): Promise<string | undefined> {
  const leave = new AbortController();
  try {
    const answer = await fetch(`${BASE}/events`, { signal: leave.signal });
    return answer.ok ? undefined : await whyNot(answer);
  } catch {
    return undefined;
  } finally {
    leave.abort();
  }
}

/** Sends an order; resolves to why it was refused, or to nothing. */
export async function send(order: Order): Promise<string | undefined> {
  try {
    const answer = await fetch(`${BASE}/api/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
    return answer.ok ? undefined : await whyNot(answer);
  } catch {
    return 'The server cannot be reached.';
  }
}

async function accepted(answer: Response): Promise<Response> {
  if (!answer.ok) throw new Refused(await whyNot(answer));
  return answer;
}

/** The server's own words, or those of something in front of it; where it has none, its status. */
async function whyNot(answer: Response): Promise<string> {
  const { status, statusText, headers } = answer;
  const text = await answer.text().catch(() => '');
  const said = headers.get('content-type')?.startsWith('text/plain') ? text.trim().slice(0, 200) : errorIn(text);
  return said || `The server answered ${[status, statusText].filter(Boolean).join(' ')}.`;
}

function errorIn(text: string): string {
  try {
    return String((JSON.parse(text) as { readonly error?: unknown }).error ?? '');
  } catch {
    return '';
  }
}
