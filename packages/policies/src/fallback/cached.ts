import type { Millis } from '@switchgear/core';
import {
  ask,
  invalid,
  notify,
  type Reporter,
  read,
  reportTo,
  requireFunction,
  requireOptions,
} from '@switchgear/core/adapter';
import type { CallContext } from '../call/call.ts';
import { requireLimit, requireMethod, requirePositive } from '../call/requirement.ts';
import type { FallbackStep, StepAnswer } from './step.ts';
import { type AnswerStore, answerIn, memoryStore, readStore } from './store.ts';

/** Options of {@link cached}. */
export interface CachedOptions {
  /** The maximum age of an answer; milliseconds, greater than 0, or `Infinity` for any age. */
  readonly maxAge: Millis;

  /**
   * The key of all calls, if they all ask for the same thing.
   *
   * @default the `key` given with each call; answers of calls without one are neither kept nor served
   */
  readonly key?: string;

  /**
   * Where answers are kept. Writing to it delays no call.
   *
   * @default memoryStore() of its own: 1 000 keys
   */
  readonly store?: AnswerStore;

  /**
   * Milliseconds that the store may take to look an answer up, greater than 0.
   *
   * @default undefined the limit of the chain
   */
  readonly limit?: Millis;

  /**
   * Receives errors of the store, an error for an invalid entry, and errors of the clock. The call's own answer stands. What
   * it throws itself is ignored.
   *
   * @default undefined the chain's own onError, which also receives the place
   */
  readonly onError?: (error: unknown) => void;

  /**
   * The clock that ages are measured with: milliseconds since 1970.
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
 * Answers with the last good answer if it is not too old. It is the same object that the call returned, so do not change it;
 * read what can be read only once, such as a `Response`, before you return it.
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
  if (ownKey !== undefined && typeof ownKey !== 'string') invalid('key', 'a string', ownKey, "key: 'prices'");
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
    answer(_error, context, chain = SILENT) {
      const key = keyOf(context);
      if (key === undefined) return undefined;
      const reporter = own ?? chain;
      const answerOf = (kept: unknown): StepAnswer<never> | undefined => answerIn(kept, wall, maxAge, reporter);
      const kept = readStore(store, key, reporter);
      return typeof read(kept, 'then') === 'function' ? Promise.resolve(kept).then(answerOf) : answerOf(kept);
    },
    keep(value, context, chain = SILENT) {
      const key = keyOf(context);
      const reporter = own ?? chain;
      if (key !== undefined) notify('store.set', reporter, () => store.set(key, { value, at: wall(reporter) }));
    },
  };
}

const SILENT: Reporter = { report() {} };
