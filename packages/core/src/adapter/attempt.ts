import { classifyWith, outcomeOfAbort, stoppedBefore } from '../call/classify.ts';
import type { Breaker, Permit } from '../contract/breaker.ts';
import type { GivenSignal } from '../contract/options.ts';
import { ask } from '../foreign/hook.ts';
import { classifyNetworkError } from '../http/classify-network-error.ts';
import type { Ending, Outcome, Ruling } from '../vocabulary/outcome.ts';

/** One call of an instrumented method. */
export interface MethodCall {
  readonly method: string;

  /** The object whose method it is. */
  readonly target: unknown;
  readonly args: readonly unknown[];
}

/** Classifies how an instrumented call ended; `undefined` leaves it to the next classifier. */
export type ClassifyCall = (ending: Ending, call: MethodCall) => Outcome | Ruling | undefined;

/** What an attempt asks: options of `instrument`, which documents them. */
export interface AttemptHooks {
  readonly classify?: ClassifyCall | undefined;
  readonly byDefault?: ClassifyCall | undefined;
  readonly signal?: ((call: MethodCall) => GivenSignal) | undefined;
}

/** A call that is about to be made by a way of {@link instrument}. Refused, it must not be made; otherwise it settles once. */
export class Attempt {
  /** Why the call must not be made: the breaker refused it, or its signal has fired. The error may be any value. */
  readonly refused: { readonly error: unknown } | undefined;
  readonly #breaker: Breaker;
  readonly #call: MethodCall;
  readonly #options: AttemptHooks;
  readonly #signal: GivenSignal;
  #permit: Pick<Permit, 'settle'> | undefined;

  /** @param observes whether it takes no permit, and its ending is only recorded */
  constructor(breaker: Breaker, call: MethodCall, options: AttemptHooks, observes: boolean) {
    this.#breaker = breaker;
    this.#call = call;
    this.#options = options;
    this.#signal = ask('signal', breaker, options.signal, call);
    const stopped = stoppedBefore(this.#signal);
    this.refused = stopped ? { error: stopped.reason } : observes ? this.#beginRecord() : this.#acquire();
  }

  #beginRecord(): undefined {
    const { clock } = this.#breaker;
    const began = clock.now();
    this.#permit = { settle: (ruling) => this.#breaker.record(ruling, Math.max(0, clock.now() - began)) };
  }

  #acquire(): { readonly error: unknown } | undefined {
    try {
      this.#permit = this.#breaker.acquire();
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  /**
   * Says how the call ended. Only the first ending counts.
   *
   * @param own replaces all classifiers
   */
  readonly settle = (ending: Ending, own?: Outcome | Ruling): void => {
    const permit = this.#permit;
    this.#permit = undefined;
    permit?.settle(own ?? this.#rulingOn(ending));
  };

  #rulingOn(ending: Ending): Outcome | Ruling {
    const { classify, byDefault } = this.#options;
    const call = this.#call;
    const fromCaller = 'error' in ending ? outcomeOfAbort(this.#signal) : undefined;
    return (
      fromCaller ??
      classifyWith(
        ending,
        classify && (() => classify(ending, call)),
        () => byDefault?.(ending, call) ?? this.#byNetwork(ending),
        this.#breaker,
      )
    );
  }

  #byNetwork(ending: Ending): Outcome | Ruling {
    return 'error' in ending ? classifyNetworkError(ending.error, this.#breaker.clock.wall()) : 'success';
  }
}
