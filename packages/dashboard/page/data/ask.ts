import type { Impact } from '../../src/impact/impact.ts';
import type { Detail, Together } from '../../src/wire/messages.ts';
import type { Order } from '../../src/wire/order.ts';
import type { ShownTree } from '../../src/wire/trees.ts';
import { basePath, hashOf } from './address.ts';

/** The server refused a request; the message is its reason. */
export class Refused extends Error {}

/** The details of one breaker; `undefined` if it is gone. */
export async function askForDetail(id: string): Promise<Detail | undefined> {
  const answer = await fetch(`${basePath()}/api/breaker?id=${hashOf(id)}`);
  if (answer.status === 404) return undefined;
  return (await accepted(answer)).json();
}

/** What the breakers saved. */
export async function askForImpact(): Promise<Impact> {
  return (await accepted(await fetch(`${basePath()}/api/impact`))).json();
}

/** What other instances say, of all circuits in trouble or of one. */
export async function askForTogether(breaker?: string): Promise<Together> {
  const query = breaker === undefined ? '' : `?breaker=${hashOf(breaker)}`;
  return (await accepted(await fetch(`${basePath()}/api/sharing${query}`))).json();
}

/** How the endpoints of each service stand. */
export async function askForTrees(): Promise<readonly ShownTree[]> {
  return (await accepted(await fetch(`${basePath()}/api/trees`))).json();
}

/** Why the server refuses the event stream; `undefined` if it does not, or cannot be reached. */
export async function askWhyNoEvents(): Promise<string | undefined> {
  const leave = new AbortController();
  try {
    const answer = await fetch(`${basePath()}/events`, { signal: leave.signal });
    return answer.ok ? undefined : await whyNot(answer);
  } catch {
    return undefined;
  } finally {
    leave.abort();
  }
}

/** Sends an order. Resolves to the reason for a refusal, or to `undefined`. */
export async function send(order: Order): Promise<string | undefined> {
  try {
    const answer = await fetch(`${basePath()}/api/orders`, {
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

/** The error text of the server or of a proxy in front of it, or the status if there is none. */
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
