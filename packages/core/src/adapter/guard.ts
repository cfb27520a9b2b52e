import { classifyWith, outcomeOfAbort, stoppedBefore } from '../call/classify.ts';
import type { Breaker, Permit } from '../contract/breaker.ts';
import { type CircuitOpenError, findCircuitOpen, rejected } from '../contract/circuit-open-error.ts';
import type { GivenSignal } from '../contract/options.ts';
import { read } from '../foreign/branches.ts';
import { handleRejection } from '../foreign/hook.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import { refuse } from '../vocabulary/requirement.ts';

/** How a guarded call ended. */
export type GuardEnding<T> = { readonly value: T } | { readonly error: unknown };

/** Settles a guarded call. `own` replaces the default's ruling where the adapter knows that this side is at fault. */
export type SettleGuarded<T> = (ending: GuardEnding<T>, own?: Ruling) => void;

/** What an adapter knows of a call that {@link guard} makes for it. */
export interface GuardOptions<T> {
  /**
   * The user's classifier; `undefined` from it leaves an ending to `byDefault`.
   *
   * @default undefined: `byDefault` classifies all
   */
  readonly classify?: ((ending: GuardEnding<T>) => Outcome | Ruling | undefined) | undefined;

  /** The adapter's own classifier. */
  readonly byDefault: (ending: GuardEnding<T>) => Outcome | Ruling;

  /**
   * The caller's signal. If it has fired already, no permit is asked for and the call is not made.
   *
   * @default undefined
   */
  readonly signal?: GivenSignal;

  /**
   * Decides first, before any classifier: an ending that the caller brought about.
   *
   * @default a rejection after `signal` fired is ignored, or a timeout
   */
  readonly ofCaller?: ((ending: GuardEnding<T>) => Outcome | Ruling | undefined) | undefined;

  /**
   * Whether this side is to blame for a rejection: a mistake in the request, a file that cannot be read. The caller does not
   * wait for a promise; the permit does.
   *
   * @default undefined: a rejection is never this side's fault
   */
  readonly ownFault?: ((error: unknown) => Ruling | undefined | Promise<Ruling | undefined>) | undefined;

  /**
   * What the caller gets instead of a refused call. It may throw.
   *
   * @default a rejection with the breaker's own error
   */
  readonly onRefused?: ((open: CircuitOpenError) => T | PromiseLike<T>) | undefined;

  /**
   * Settles a value itself, perhaps later, and returns what to hand out in its place: for answers whose body is still to
   * come.
   *
   * @default settles at once and hands out the value
   */
  readonly received?: ((value: T, settle: SettleGuarded<T>, permit: Pick<Permit, 'settle'>) => T) | undefined;

  /**
   * Called after each settlement, for adapters that act on it.
   *
   * @default undefined
   */
  readonly settled?: ((ruling: Outcome | Ruling, ending: GuardEnding<T>) => void) | undefined;

  /**
   * Asks for the permit.
   *
   * @default breaker.acquire()
   */
  readonly acquire?: (() => Pick<Permit, 'settle'>) | undefined;
}

/**
 * Makes one call under a permit: acquire, call, classify, settle. Nothing lies between the permit and the call, or between
 * the call's end and the settlement, so no code of others can come between them. What the call returns or rejects with
 * reaches the caller untouched. For adapters whose host can be called; hosts that cannot be wrapped use `acquire`.
 *
 * @param call makes the call; what it throws at once is thrown at once
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
      throw error;
    },
  );
}

function settleFailed<T>(error: unknown, { ownFault }: GuardOptions<T>, settle: SettleGuarded<T>): void {
  const own = ownFault?.(error);
  if (own instanceof Promise) void own.then((ruling) => settle({ error }, ruling));
  else settle({ error }, own);
}

/** The caller's own doing decides first, then the user's classifier, then a fault of this side, then the adapter's default. */
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

const NOWHERE = { report() {} };

/**
 * The breaker that an option `breaker` gives for one call; nothing if the call is to go through unprotected. It is needed
 * now, so a promise of a breaker is refused, and its rejection is handled because no other code waits for it.
 *
 * @param what names the choice in the message: `'what breaker picks'`
 * @throws {TypeError} for anything but a breaker, `undefined` or `null`
 */
export function chosenBreaker(what: string, choice: unknown): Breaker | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (typeof read(choice, 'acquire') === 'function') return choice as Breaker;
  handleRejection(what, NOWHERE, choice);
  return refuse(what, 'a breaker or undefined, at once', choice);
}
