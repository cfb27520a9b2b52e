import { type Millis, refuse, requireFunction, requireOptions } from '@switchgear/core';
import type { CallContext } from '../call/call-options.ts';
import { requireMethod, requirePositive } from '../options/requirement.ts';
import type { FallbackStep } from './step.ts';
import { type AnswerStore, memoryStore } from './store.ts';

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
   * Told when the store could not keep an answer. The call's own answer stands.
   *
   * @default undefined
   */
  readonly onError?: (error: unknown) => void;

  /**
   * Where the age comes from: wall time in milliseconds since 1970.
   *
   * @default Date.now
   */
  readonly clock?: { wall(): Millis };
}

/**
 * The last good answer, if it is not too old: stale rather than none. It is the very value that the call gave, so nobody may
 * change it; what can be read only once, as a `Response`, must be read before.
 *
 * @throws {TypeError | RangeError} naming the option, the rule and the value
 */
export function cached(options: CachedOptions): FallbackStep<never> {
  const given = requireOptions('cached', options, ['maxAge', 'key', 'store', 'onError', 'clock']);
  const { maxAge, key: ownKey, store = memoryStore(), onError, clock } = given;
  requirePositive('maxAge', maxAge);
  if (ownKey !== undefined && typeof ownKey !== 'string') refuse('key', 'a string', ownKey);
  requireMethod('store', store, 'get', 'a store with get and set');
  requireMethod('store', store, 'set', 'a store with get and set');
  if (onError !== undefined) requireFunction('onError', onError);
  if (clock !== undefined) requireMethod('clock', clock, 'wall', 'a clock with a function wall');

  const wall = (): Millis => (clock ? clock.wall() : Date.now());
  const keyOf = (context: CallContext): string | undefined => ownKey ?? context.key;

  return {
    servedBy: 'cached',
    async answer(_error, context) {
      const key = keyOf(context);
      const kept = key === undefined ? undefined : await store.get(key);
      if (!kept) return undefined;
      // Wall clocks are set; what was kept in the future is new.
      const age = Math.max(0, wall() - kept.at);
      // It is what the call itself has given, so it adds no type of its own.
      return age > maxAge ? undefined : { value: kept.value as never, age };
    },
    keep(value, context) {
      const key = keyOf(context);
      if (key !== undefined) void keep(store, key, { value, at: wall() }, onError);
    },
  };
}

async function keep(
  store: AnswerStore,
  key: string,
  kept: Parameters<AnswerStore['set']>[1],
  onError: CachedOptions['onError'],
): Promise<void> {
  try {
    await store.set(key, kept);
  } catch (error) {
    try {
      onError?.(error);
    } catch {
      // Nobody is left to tell.
    }
  }
}
