import { invalid } from '@switchgear/core/adapter';
import type { HubQuestion } from './breaker-hub.ts';

/** The binding of a {@link BreakerHub}: what is used of a `DurableObjectNamespace`. */
export interface HubNamespace<Id = unknown> {
  idFromName(name: string): Id;
  get(id: Id): {
    fetch(
      url: string,
      init: { method: string; body: string },
    ): Promise<{ readonly status: number; text(): Promise<string> }>;
  };
}

/** Asks the hub of this name. */
export type AskHub = (question: HubQuestion) => Promise<unknown[]>;

/** A stub is made for each question, because on Workers it belongs to a request. */
export function hubClient<Id>(driver: string, namespace: HubNamespace<Id>, name: string): AskHub {
  if (typeof Object(namespace).idFromName !== 'function')
    invalid(`${driver} namespace`, 'the binding of a Durable Object', namespace, 'env.BREAKER_HUB');
  return async (question) => {
    const stub = namespace.get(namespace.idFromName(name));
    const answer = await stub.fetch('https://hub/', { method: 'POST', body: JSON.stringify(question) });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`the hub answered ${answer.status}: ${text.slice(0, 200)}`);
    return JSON.parse(text);
  };
}
