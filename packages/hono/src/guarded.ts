import {
  type AbortState,
  type Breaker,
  type CircuitOpenError,
  findCircuitOpen,
  judge,
  outcomeOfAbort,
  type Permit,
} from '@switchgear/core';
import { type ClassifyUpstream, classifyUpstream } from './upstream.ts';

/** One call to something that answers with a `Response`, and how it is to be judged and refused. */
export interface Guarded {
  readonly breaker: Breaker;
  readonly call: () => Response | PromiseLike<Response>;

  /** Whoever asks: what goes wrong after they have left says nothing. */
  readonly signal: AbortState | undefined;
  readonly classify: ClassifyUpstream | undefined;

  /** What they get while the circuit is open. */
  readonly refuse: (open: CircuitOpenError) => Response | PromiseLike<Response>;
}

/** Makes the call under a permit, which is settled when the answer begins. What it gives or throws comes through as it is. */
export async function guarded({ breaker, call, signal, classify, refuse }: Guarded): Promise<Response> {
  let permit: Permit;
  try {
    permit = breaker.acquire();
  } catch (error) {
    const open = findCircuitOpen(error);
    if (!open) throw error;
    return refuse(open);
  }
  let value: Response;
  try {
    value = await call();
  } catch (error) {
    permit.settle(outcomeOfAbort(signal) ?? judge({ error }, classify, classifyUpstream, breaker));
    throw error;
  }
  permit.settle(judge({ value }, classify, classifyUpstream, breaker));
  return value;
}
