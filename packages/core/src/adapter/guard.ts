import { classifyWith, outcomeOfAbort, stoppedBefore } from '../call/classify.ts';
import { Rejection, rejected } from '../call/promise.ts';
import type { Breaker, Permit } from '../contract/breaker.ts';
import { type CircuitOpenError, findCircuitOpen } from '../contract/circuit-open-error.ts';
import type { GivenSignal } from '../contract/options.ts';
import { read } from '../foreign/branches.ts';
import { handleRejection, reportTo } from '../foreign/hook.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { invalid } from '../vocabulary/requirement.ts';

/** How a guarded call ended. */
export type GuardEnding<T> = { readonly value: T } | { readonly error: unknown };

/** Settles a guarded call. `own` replaces the default's ruling if the adapter knows that this side is at fault. */
export type SettleGuarded<T> = (ending: GuardEnding<T>, own?: Ruling) => void;

/** Options of {@link guard}. */
export interface GuardOptions<T> {
  /**
   * The user's classifier. If it returns `undefined`, `byDefault` classifies the ending.
   *
   * @default undefined: `byDefault` classifies every ending
   */
  readonly classify?: ((ending: GuardEnding<T>) => Outcome | Ruling | undefined) | undefined;

  /** The adapter's own classifier. */
  readonly byDefault: (ending: GuardEnding<T>) => Outcome | Ruling;

  /**
   * The caller's signal. If it has already fired, no permit is taken and the call is not made.
   *
   * @default undefined
   */
  readonly signal?: GivenSignal;

  /**
   * The ruling on an ending that the caller caused. Asked before any classifier; `undefined` if the caller did not cause it.
   *
   * @default a rejection after `signal` fired is ignored, or a timeout if that is the signal's reason
   */
  readonly ofCaller?: ((ending: GuardEnding<T>) => Outcome | Ruling | undefined) | undefined;

  /**
   * The ruling on a rejection that this side caused: a mistake in the request, a file that cannot be read. It may be a
   * promise: the permit is settled when it resolves, and the caller does not wait for it.
   *
   * @default undefined: a rejection is never this side's fault
   */
  readonly ownFault?: ((error: unknown) => Ruling | undefined | Promise<Ruling | undefined>) | undefined;

  /**
   * Makes what the caller gets instead of a refused call. It may throw.
   *
   * @default a rejection with the breaker's own error
   */
  readonly onRefused?: ((open: CircuitOpenError) => T | PromiseLike<T>) | undefined;

  /**
   * Settles the call itself, perhaps later, and returns what the caller gets in place of the value: for answers whose body
   * has not arrived yet.
   *
   * @default settles immediately and returns the value
   */
  readonly received?: ((value: T, settle: SettleGuarded<T>, permit: Pick<Permit, 'settle'>) => T) | undefined;

  /**
   * Called after each settlement.
   *
   * @default undefined
   */
  readonly settled?: ((ruling: Outcome | Ruling, ending: GuardEnding<T>) => void) | undefined;

  /**
   * Takes the permit.
   *
   * @default breaker.acquire()
   */
  readonly acquire?: (() => Pick<Permit, 'settle'>) | undefined;
}

/**
 * Makes one call under a permit: acquire, call, classify, settle. No other code runs between the permit and the call, or
 * between the call's end and the settlement. What the call returns or rejects with reaches the caller unchanged. For
 * adapters whose host can be called; adapters of hosts that cannot be wrapped use `acquire`.
 *
 * @param call makes the call; what it throws synchronously is thrown synchronously
 * @example
 * ```ts
 * guard(breaker, () => send(request), { classify, byDefault: classifyAnswer, signal: request.signal });
 * ```
 */
export function guard<T>(breaker: Breaker, call: () => T | PromiseLike<T>, options: GuardOptions<T>): Promise<T> {
  const { signal, acquire, received, onRefused } = options;
  const stopped = stoppedBefore(signal);
  if (stopped) return rejected(stopped.reason);
  let permit: Pick<Permit, 'settle'>;
  try {
    permit = acquire ? acquire() : breaker.acquire();
  } catch (error) {
    return refusedWith(error, onRefused);
  }
  const settle: SettleGuarded<T> = (ending, own) => {
    const ruling = rulingOn(ending, own, options, breaker);
    permit.settle(ruling);
    options.settled?.(ruling, ending);
  };
  let answer: Promise<T>;
  try {
    answer = Promise.resolve(call());
  } catch (error) {
    settleFailed(error, options, settle);
    throw error;
  }
  return answer.then(
    (value) => {
      if (received) return received(value, settle, permit);
      settle({ value });
      return value;
    },
    (error: unknown) => {
      settleFailed(error, options, settle);
      return new Rejection(error) as PromiseLike<never>;
    },
  );
}

function settleFailed<T>(error: unknown, { ownFault }: GuardOptions<T>, settle: SettleGuarded<T>): void {
  const own = ownFault?.(error);
  // A check that fails has found no fault of this side. The permit is settled in any case.
  if (own instanceof Promise) void own.catch(() => undefined).then((ruling) => settle({ error }, ruling));
  else settle({ error }, own);
}

/**
 * An ending that the caller caused comes first, then the user's classifier, then a fault of this side, then the
 * adapter's default.
 */
function rulingOn<T>(
  ending: GuardEnding<T>,
  own: Ruling | undefined,
  { classify, byDefault, ofCaller, signal }: GuardOptions<T>,
  breaker: Breaker,
): Outcome | Ruling {
  const fromCaller = ofCaller ? ofCaller(ending) : 'error' in ending ? outcomeOfAbort(signal) : undefined;
  return fromCaller ?? classifyWith(ending, classify, (given) => own ?? byDefault(given), breaker);
}

function refusedWith<T>(error: unknown, onRefused: GuardOptions<T>['onRefused']): Promise<T> {
  const open = onRefused && findCircuitOpen(error);
  if (!open) return rejected(error);
  try {
    return Promise.resolve(onRefused(open));
  } catch (thrown) {
    return rejected(thrown);
  }
}

/**
 * Returns the breaker that an option `breaker` chose for one call; `undefined` if the call goes through unprotected. A
 * promise of a breaker is refused, because the call is made now; its rejection is handled, because no other code awaits it.
 *
 * @param what names the choice in the message: `'what breaker picks'`
 * @throws {TypeError} if the choice is not a breaker, `undefined` or `null`
 */
export function chosenBreaker(what: string, choice: unknown): Breaker | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (typeof read(choice, 'acquire') === 'function') return choice as Breaker;
  handleRejection(what, reportTo(undefined), choice);
  return invalid(what, 'a breaker or undefined, at once', choice);
}
