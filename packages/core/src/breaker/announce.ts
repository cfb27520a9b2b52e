import type { BreakerEvent } from '../vocabulary/event.ts';
import { attend } from './attend.ts';
import type { Circuit, Subscription } from './circuit.ts';

/** An event as it is before it carries the breaker's name. */
export type Nameless = Pick<BreakerEvent, 'type' | 'at'> & {
  readonly [Detail in keyof Omit<BreakerEvent, 'breaker' | 'type' | 'at'>]: BreakerEvent[Detail] | undefined;
};

/**
 * Tells listeners what happened: in order, after the state has changed, one event at a time even if a listener causes
 * the next. A listener that throws is reported and keeps nobody else from hearing.
 */
export function announce(circuit: Circuit, ...happened: readonly Nameless[]): void {
  const { events, subscriptions } = circuit;
  if (subscriptions.size === 0) return;
  const speaking = events.length > 0;
  for (const event of happened) events.push({ ...event, breaker: circuit.options.name } as BreakerEvent);
  if (speaking) return;
  // The list grows while it is read, if listeners cause more.
  for (const event of events) {
    for (const { listener, outcomes } of [...subscriptions]) {
      if (event.type === 'outcome' && !outcomes) continue;
      try {
        listener(event);
      } catch (error) {
        circuit.report(error, 'listener');
      }
    }
  }
  events.length = 0;
}

/** @returns a function that ends the subscription */
export function subscribe(circuit: Circuit, subscription: Subscription): () => void {
  const { subscriptions } = circuit;
  const heed = (): void => {
    circuit.outcomesWanted = [...subscriptions].some(({ outcomes }) => outcomes);
    attend(circuit);
  };
  subscriptions.add(subscription);
  heed();
  return () => {
    subscriptions.delete(subscription);
    heed();
  };
}
