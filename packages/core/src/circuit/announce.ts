import { notify } from '../foreign/hook.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Circuit, Subscription } from './circuit.ts';
import { refreshFastPath } from './fast-path.ts';

/** An event as it is before it carries the breaker's name. */
export type Nameless = Anonymous<BreakerEvent>;

type Anonymous<Event> = Event extends unknown ? Omit<Event, 'breaker'> : never;

/** Events that listeners may cause while they are told of one. Two that undo each other would never come to an end. */
const MOST_EVENTS = 1_000;
const ENDLESS = `Listeners have caused more than ${MOST_EVENTS} events by what they did on being told: do two of them undo each other? The rest is not told.`;

/**
 * Tells listeners what happened: in order, after the state has changed, one event at a time even if a listener causes
 * the next. A listener that throws, or whose promise rejects, is reported, and the others are told all the same.
 */
export function announce(circuit: Circuit, ...happened: readonly Nameless[]): void {
  if (circuit.listeners.length === 0) return;
  const events = happened.map((event) => ({ ...event, breaker: circuit.name }) as BreakerEvent);
  if (circuit.events) {
    if (Object.isFrozen(circuit.events)) return;
    circuit.events.push(...events);
    if (circuit.events.length <= MOST_EVENTS) return;
    Object.freeze(circuit.events);
    circuit.report(new Error(ENDLESS), 'listener');
    return;
  }
  circuit.events = events;
  // The list grows while it is read, if listeners cause more.
  for (const event of events) {
    for (const { listener, outcomes } of circuit.listeners) {
      if (outcomes || event.type !== 'outcome') notify('listener', circuit, listener, event);
    }
  }
  circuit.events = undefined;
}

/** @returns a function that ends the subscription */
export function subscribe(circuit: Circuit, subscription: Subscription): () => void {
  circuit.listeners = [...circuit.listeners, subscription];
  refreshFastPath(circuit);
  return () => unsubscribe(circuit, subscription);
}

/** Ends a subscription; nothing happens if there is none. */
export function unsubscribe(circuit: Circuit, subscription: Subscription): void {
  circuit.listeners = circuit.listeners.filter((other) => other !== subscription);
  refreshFastPath(circuit);
}
