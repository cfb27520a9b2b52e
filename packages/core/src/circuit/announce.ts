import { notify } from '../foreign/hook.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Circuit, Subscription } from './circuit.ts';
import { refreshFastPath } from './fast-path.ts';

/** An event before the breaker's name is added. */
export type Nameless = Anonymous<BreakerEvent>;

type Anonymous<Event> = Event extends unknown ? Omit<Event, 'breaker'> : never;

/** How many events listeners may cause while they handle one. Two that undo each other would never end. */
const MOST_EVENTS = 1_000;
const ENDLESS = `Listeners caused more than ${MOST_EVENTS} events while handling one: do two of them undo each other? Further events are dropped.`;

/**
 * Calls listeners for each event: in order, after the state has changed, one event at a time even if a listener causes
 * the next. If a listener throws, or its promise rejects, that is reported and the others are still called.
 */
export function announce(circuit: Circuit, ...happened: readonly Nameless[]): void {
  if (circuit.listeners.length === 0) return;
  const events = happened.map((event) => ({ ...event, breaker: circuit.name }) as BreakerEvent);
  const { events: received } = circuit.rare;
  if (received) {
    if (Object.isFrozen(received)) return;
    received.push(...events);
    if (received.length <= MOST_EVENTS) return;
    Object.freeze(received);
    circuit.report(new Error(ENDLESS), 'listener');
    return;
  }
  circuit.own.events = events;
  // The list grows during the loop if listeners cause more events.
  for (const event of events) {
    for (const { listener, outcomes } of circuit.listeners) {
      if (outcomes || event.type !== 'outcome') notify('listener', circuit, listener, event);
    }
  }
  circuit.own.events = undefined;
}

/** @returns a function that ends the subscription */
export function subscribe(circuit: Circuit, subscription: Subscription): () => void {
  setListeners(circuit, [...circuit.listeners, subscription]);
  return () => unsubscribe(circuit, subscription);
}

/** Ends a subscription. No effect if there is none. */
export function unsubscribe(circuit: Circuit, subscription: Subscription): void {
  setListeners(
    circuit,
    circuit.listeners.filter((other) => other !== subscription),
  );
}

function setListeners(circuit: Circuit, listeners: readonly Subscription[]): void {
  circuit.listeners = listeners;
  circuit.wantsOutcomes = listeners.some(({ outcomes }) => outcomes);
  refreshFastPath(circuit);
}
