import type { CircuitOpenError } from '@switchgear/core';
import { classifyWith, outcomeOfAbort } from '@switchgear/core/adapter';
import { type Approach, arrivalBefore, type Place, placeFor, refusalIn } from './admission.ts';
import type { Arrival } from './arrival.ts';
import { type ClassifyUpstream, classifyUpstream } from './upstream.ts';

/** Makes a call that has been made ready. */
export type ReadyCall = () => Response | PromiseLike<Response>;

/** One call to something that answers with a `Response`, and how it is to be judged and refused. */
export interface Guarded extends Approach {
  /**
   * Makes the call ready before a permit is asked for, so that a mistake in doing so takes none.
   *
   * @param arrival the request with its body in, where the first has been read for that
   */
  readonly prepare: (arrival: Arrival) => ReadyCall;
  readonly classify: ClassifyUpstream | undefined;

  /** What is answered while the circuit is open. */
  readonly refuse: (open: CircuitOpenError) => Response | PromiseLike<Response>;
}

/** Makes the call under a permit, which is settled when the answer begins. What it gives or throws comes through as it is. */
export async function guarded(guard: Guarded): Promise<Response> {
  const { breaker, signal, classify, prepare, refuse } = guard;
  let arrival: Arrival;
  let call: ReadyCall;
  let place: Place;
  try {
    const coming = arrivalBefore(guard);
    arrival = coming instanceof Promise ? await coming : coming;
    call = prepare(arrival);
    place = placeFor(breaker, arrival);
  } catch (error) {
    return refuse(refusalIn(error, signal));
  }
  let value: Response;
  try {
    value = await call();
  } catch (error) {
    const ofCaller = arrival.rest?.brokeOff ? 'ignored' : outcomeOfAbort(signal);
    place.settle(ofCaller ?? classifyWith({ error }, classify, classifyUpstream, breaker));
    throw error;
  }
  place.settle(classifyWith({ value }, classify, classifyUpstream, breaker));
  return value;
}
