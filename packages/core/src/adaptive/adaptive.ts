import type { BreakerOptions } from '../breaker/options.ts';
import { type CusumOptions, requireCusumOptions } from '../detector/cusum.ts';
import { squareRoot } from '../open-for/square-root.ts';
import type { RecoverRecipe } from '../recover/recover.ts';
import { made } from '../vocabulary/made.ts';
import { SelfClockedRecovery } from './self-clocked.ts';
import { watching } from './watch.ts';

/** What {@link adaptive} fills in. */
export type AdaptivePlugs = Required<Pick<BreakerOptions, 'openWhen' | 'openFor' | 'recover'>>;

/** Breakers are often made alike, and then share what they go by. */
let latest: { readonly breakEven: number; readonly plugs: AdaptivePlugs } | undefined;

/**
 * Protection without numbers to set: a breaker that learns what is normal and opens when that changes.
 *
 * - It opens on failures that cannot be chance ({@link cusum}), and on silence: when nothing comes back although much was
 *   sent, before any time limit has passed.
 * - When calls grow slow and pile up it limits how many are under way, without an open period.
 * - It probes at times that weigh a probe's cost against noticing late ({@link squareRoot}).
 * - Traffic comes back as fast as the answers do.
 *
 * Each call costs a permit, also while closed.
 *
 * @throws {RangeError | TypeError} for an option out of range
 * @example
 * ```ts
 * const search = createBreaker({ name: 'search', ...adaptive() });
 * ```
 */
export function adaptive(options: CusumOptions = {}): AdaptivePlugs {
  const { breakEven } = requireCusumOptions('adaptive', options);
  if (latest?.breakEven !== breakEven) latest = { breakEven, plugs: plugsOf(breakEven) };
  return latest.plugs;
}

function plugsOf(breakEven: number): AdaptivePlugs {
  const recover: RecoverRecipe = { build: ({ permitTimeout }) => new SelfClockedRecovery(breakEven, permitTimeout) };
  return {
    openWhen: watching(breakEven),
    openFor: squareRoot(),
    recover: made(recover, 'adaptive recover', breakEven),
  };
}
