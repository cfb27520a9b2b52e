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
  if (circuit.listeners.length === 0) return;
  const events = happened.map((event) => ({ ...event, breaker: circuit.name }) as BreakerEvent);
  if (circuit.events) {
    circuit.events.push(...events);
    return;
  }
  circuit.events = events;
  // The list grows while it is read, if listeners cause more.
  for (const event of events) {
    for (const { listener, outcomes } of circuit.listeners) {
      try {
        if (outcomes || event.type !== 'outcome') listener(event);
      } catch (error) {
        circuit.report(error, 'listener');
      }
    }
  }
  circuit.events = undefined;
}

/** @returns a function that ends the subscription */
export function subscribe(circuit: Circuit, subscription: Subscription): () => void {
  circuit.listeners = [...circuit.listeners, subscription];
  attend(circuit);
  return () => unsubscribe(circuit, subscription);
}

/** Ends a subscription; nothing happens if there is none. */
export function unsubscribe(circuit: Circuit, subscription: Subscription): void {
  circuit.listeners = circuit.listeners.filter((other) => other !== subscription);
  attend(circuit);
}
