import { makeBreaker } from '../breaker/create-breaker.ts';
import { baseOptions } from '../circuit/base-options.ts';
import type { Breaker } from '../contract/breaker.ts';
import type { BreakerOptions } from '../contract/options.ts';
import { makeRegistry } from '../registry/create-registry.ts';
import type { Registry, RegistryOptions } from '../registry/registry.ts';

/** Options of a breaker without default plugs. */
export interface PlainOptions extends BreakerOptions {
  /** When a closed circuit opens. A rule that is judged over a window needs `window` too. */
  readonly openWhen: NonNullable<BreakerOptions['openWhen']>;

  /** How long the circuit stays open before it lets a probe through. */
  readonly openFor: NonNullable<BreakerOptions['openFor']>;

  /** How traffic returns once the open period is over. */
  readonly recover: NonNullable<BreakerOptions['recover']>;
}

/**
 * Makes the same breaker as `createBreaker` of `@switchgear/core`, but brings no default plugs along: for browsers and
 * others who count bytes. A rule that is judged over a window needs `window` too.
 *
 * @throws {TypeError | RangeError} if a plug is missing or an option is out of range or unknown; the message names option,
 *   rule and value
 * @example
 * ```ts
 * import { consecutiveFailures, countWindow, fixed, probes } from '@switchgear/core';
 *
 * const tiles = createBreaker({
 *   name: 'tiles',
 *   openWhen: consecutiveFailures(5),
 *   window: countWindow(10),
 *   openFor: fixed(10_000),
 *   recover: probes({ permitted: 1 }),
 * });
 * ```
 */
export function createPlainBreaker(options: PlainOptions): Breaker {
  return makeBreaker(options, baseOptions());
}

/** Options of a registry of breakers without default plugs. */
export type PlainRegistryOptions = Omit<RegistryOptions, 'options'> & {
  /** Returns the options for the breaker of a key. */
  readonly options: (key: string) => PlainOptions;
};

/**
 * Makes the same registry as `createRegistry` of `@switchgear/core`, of breakers without default plugs.
 *
 * @throws {TypeError | RangeError} if an option is out of range or unknown; `get` throws what `createBreaker` does
 */
export function createPlainRegistry(options: PlainRegistryOptions): Registry {
  return makeRegistry(options, createPlainBreaker as (options: BreakerOptions) => Breaker);
}
