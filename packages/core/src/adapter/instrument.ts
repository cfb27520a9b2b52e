import type { Breaker } from '../contract/breaker.ts';
import type { GivenSignal } from '../contract/options.ts';
import { read } from '../foreign/branches.ts';
import { ask } from '../foreign/hook.ts';
import { requireFunction, requireOptions } from '../vocabulary/requirement.ts';
import { Attempt, type AttemptHooks, type ClassifyCall, type MethodCall } from './attempt.ts';
import { chosenBreaker } from './guard.ts';
import { type Instrumentation, type Method, replaceMethods } from './replace-methods.ts';

/** How the calls of one method end, and how they are refused: `promise()`, `callback()`, or one of your own. */
export type Way = (original: () => Method, begin: BeginAttempt) => Method;

/**
 * Begins a call, for a {@link Way}. Returns `undefined` if the call is made as if the method were not instrumented.
 *
 * @param observes whether the ending is only recorded, without a permit
 */
export type BeginAttempt = (self: unknown, args: readonly unknown[], observes?: boolean) => BegunAttempt | undefined;

/** A call that a {@link Way} makes. */
export interface BegunAttempt extends Pick<Attempt, 'refused' | 'settle'> {
  /** Calls the original. Instrumented methods that it calls meanwhile belong to this call. What it throws settles the call. */
  make<T>(original: () => T): T;
}

/** Options of {@link instrument}. */
export interface InstrumentOptions {
  /** The breaker in front of the object, or a function that picks one for each call; `undefined` lets it through unprotected. */
  readonly breaker: Breaker | ((call: MethodCall) => Breaker | undefined);

  /** For each method that calls the dependency, in which way it ends. Names without a method are skipped. */
  readonly methods: Readonly<Record<string, Way>>;

  /**
   * The user's classifier. If it returns `undefined`, `byDefault` classifies the ending.
   *
   * @default undefined: `byDefault` classifies every ending
   */
  readonly classify?: ClassifyCall | undefined;

  /**
   * The adapter's own classifier: a `table`, for example.
   *
   * @default errors as `classifyNetworkError` does, values as successes
   */
  readonly byDefault?: ClassifyCall | undefined;

  /**
   * Whether a call goes through unprotected, because it ends work that has begun or belongs to a transaction. If it throws,
   * that is reported and the call is protected.
   *
   * @default undefined: no call
   */
  readonly exempt?: ((call: MethodCall) => boolean) | undefined;

  /**
   * The caller's signal. A call whose signal has fired is not made, and one that fails after it fired is ignored.
   *
   * @default undefined: calls have no signal
   */
  readonly signal?: ((call: MethodCall) => GivenSignal) | undefined;
}

const NAMES = ['breaker', 'methods', 'classify', 'byDefault', 'exempt', 'signal'] as const;

/**
 * Puts a breaker in front of methods of one object, in place: the object stays the same, so that every library that takes it
 * takes this one. A method that calls another one of the list counts once, if it calls it before it returns.
 *
 * @throws {TypeError} for an unknown option or one of the wrong type
 * @example
 * ```ts
 * instrument(client, { breaker, methods: { send: promise(), receive: either() }, byDefault: table([['EBUSY', 'ignored']]) });
 * ```
 */
export function instrument(target: object, options: InstrumentOptions): Instrumentation {
  const given = requireOptions<InstrumentOptions>('instrument', options, NAMES);
  const { breaker, methods, exempt, classify, byDefault, signal } = given;
  if (typeof breaker !== 'function') {
    requireFunction('breaker', read(breaker, 'acquire'), 'a breaker or a function that picks one for a call', breaker);
  }
  for (const [name, hook] of Object.entries({ exempt, classify, byDefault, signal })) {
    if (hook !== undefined) requireFunction(name, hook);
  }
  for (const [name, way] of Object.entries(Object(methods))) {
    requireFunction(`methods.${name}`, way, 'a way, such as promise()', way, `{ ${name}: promise() }`);
  }
  const asked: AttemptHooks = { classify, byDefault, signal };
  let isLive = true;
  /** Whether an instrumented method is being called, so that those it calls are not counted as well. */
  let isInside = false;

  function make<T>(attempt: Attempt, original: () => T): T {
    isInside = true;
    try {
      return original();
    } catch (error) {
      attempt.settle({ error });
      throw error;
    } finally {
      isInside = false;
    }
  }

  const beginOf =
    (method: string): BeginAttempt =>
    (self, args, observes = false) => {
      if (!isLive || isInside) return undefined;
      const call: MethodCall = { method, target: self, args };
      const chosen = typeof breaker === 'function' ? chosenBreaker('what breaker picks', breaker(call)) : breaker;
      if (!chosen || ask('exempt', chosen, exempt, call)) return undefined;
      const attempt = new Attempt(chosen, call, asked, observes);
      const { refused, settle } = attempt;
      return { refused, settle, make: (original) => make(attempt, original) };
    };

  const patch = replaceMethods(
    target,
    Object.fromEntries(
      Object.entries(methods).map(([name, way]) => [name, (original: () => Method) => way(original, beginOf(name))]),
    ),
  );
  return {
    eject(): void {
      // Methods that other code has wrapped since stay below its own, and let everything through from now on.
      isLive = false;
      patch.eject();
    },
  };
}
