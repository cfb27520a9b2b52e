import type { Millis } from '@switchgear/core';
import {
  ask,
  notify,
  type Reporter,
  read,
  refuse,
  reportTo,
  requireFunction,
  requireOptions,
} from '@switchgear/core/adapter';
import type { CallContext } from '../call/call-options.ts';
import { requireLimit, requireMethod, requirePositive } from '../options/requirement.ts';
import type { FallbackStep, StepAnswer } from './step.ts';
import { type AnswerStore, type Kept, memoryStore } from './store.ts';

/** Options of {@link cached}. */
export interface CachedOptions {
  /** Milliseconds that an answer may be old, greater than 0; `Infinity` for any age. */
  readonly maxAge: Millis;

  /**
   * What all calls ask for, where it is one thing.
   *
   * @default the `key` given with each call; a call without one is neither kept nor served
   */
  readonly key?: string;

  /**
   * Where answers are kept. Nobody waits for what it is told to keep.
   *
   * @default memoryStore() of its own: 1 000 keys
   */
  readonly store?: AnswerStore;

  /**
   * Milliseconds that the store gets to look an answer up, greater than 0.
   *
   * @default undefined as long as the chain gives its steps
   */
  readonly limit?: Millis;

  /**
   * Told when the store could not keep an answer or look one up, when what it gave is no answer, and of a clock that threw.
   * The call's own answer stands. What it throws itself is dropped.
   *
   * @default undefined the chain's own onError, which is also told where
   */
  readonly onError?: (error: unknown) => void;

  /**
   * Where the age comes from: wall time in milliseconds since 1970.
   *
   * @default Date.now
   */
  readonly clock?: { wall(): Millis };
}

const NAMES: readonly string[] = [
  'maxAge',
  'key',
  'store',
  'limit',
  'onError',
  'clock',
] satisfies (keyof CachedOptions)[];

/**
 * The last good answer, if it is not too old: stale rather than none. It is the very value that the call gave, so nobody may
 * change it; what can be read only once, as a `Response`, must be read before.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 */
export function cached(options: CachedOptions): FallbackStep<never> {
  const {
    maxAge,
    key: ownKey,
    store = memoryStore(),
    limit,
    onError,
    clock,
  } = requireOptions('cached', options, NAMES);
  requirePositive('maxAge', maxAge);
  if (ownKey !== undefined && typeof ownKey !== 'string') refuse('key', 'a string', ownKey, "key: 'prices'");
  requireMethod('store', store, 'get', 'a store with get and set', 'new Map()');
  requireMethod('store', store, 'set', 'a store with get and set', 'new Map()');
  requireLimit(limit);
  if (onError !== undefined) requireFunction('onError', onError, 'a function', onError, 'console.error');
  if (clock !== undefined) requireMethod('clock', clock, 'wall', 'a clock with a function wall', '{ wall: Date.now }');

  const own = onError && reportTo((error: unknown) => onError(error));
  const wall = (reporter: Reporter): Millis => {
    const at = clock && ask('clock', reporter, () => clock.wall());
    return Number.isFinite(at) ? (at as Millis) : Date.now();
  };
  const keyOf = (context: CallContext): string | undefined => ownKey ?? context.key;

  return {
    servedBy: 'cached',
    ...(limit !== undefined && { limit }),
    answer(_error, context, chain = NOBODY) {
      const key = keyOf(context);
      if (key === undefined) return undefined;
      const reporter = own ?? chain;
      const answerOf = (kept: unknown): StepAnswer<never> | undefined => answerFrom(kept, wall, maxAge, reporter);
      const kept = looked(store, key, reporter);
      return typeof read(kept, 'then') === 'function' ? Promise.resolve(kept).then(answerOf) : answerOf(kept);
    },
    keep(value, context, chain = NOBODY) {
      const key = keyOf(context);
      const reporter = own ?? chain;
      if (key !== undefined) notify('store.set', reporter, () => store.set(key, { value, at: wall(reporter) }));
    },
  };
}

const NOBODY: Reporter = { report() {} };

/** What a store that fails throws leaves the answer to the next step, and is reported too: nobody else might ever say so. */
function looked(store: AnswerStore, key: string, reporter: Reporter): ReturnType<AnswerStore['get']> {
  const fail = (error: unknown): never => {
    reporter.report(error, 'store.get');
    throw error;
  };
  try {
    const kept = store.get(key);
    return typeof read(kept, 'then') === 'function' ? Promise.resolve(kept).catch(fail) : kept;
  } catch (error) {
    return fail(error);
  }
}

/** What a store gives comes from outside: the answer in it, if there is one and it is not too old. */
function answerFrom(
  kept: unknown,
  wall: (reporter: Reporter) => Millis,
  maxAge: Millis,
  reporter: Reporter,
): StepAnswer<never> | undefined {
  if (kept === undefined || kept === null) return undefined;
  const at = read(kept, 'at');
  if (!Number.isFinite(at)) {
    reporter.report(
      new TypeError('Switchgear: what a store gives must be what it was told to keep, got no `at`'),
      'store.get',
    );
    return undefined;
  }
  // Wall clocks are set; what was kept in the future is new.
  const age = Math.max(0, wall(reporter) - (at as Millis));
  // It is what the call itself has given, so it adds no type of its own.
  return age > maxAge ? undefined : { value: (kept as Kept).value as never, age };
}
