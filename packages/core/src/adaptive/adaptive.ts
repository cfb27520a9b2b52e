import type { BreakerOptions } from '../contract/options.ts';
import { type CusumOptions, requireCusumOptions } from '../detector/cusum.ts';
import { squareRoot } from '../open-for/square-root.ts';
import { selfClocked } from './self-clocked.ts';
import { watching } from './watching.ts';

/** The options that {@link adaptive} fills in. */
export type AdaptivePlugs = Required<Pick<BreakerOptions, 'openWhen' | 'openFor' | 'recover'>>;

/** The plugs made last. Breakers are often made alike, and then share them. */
let latest: { readonly breakEven: number; readonly plugs: AdaptivePlugs } | undefined;

/**
 * Makes the plugs of adaptive mode, which needs no limits: it learns what is normal and opens when that changes. They are the
 * defaults of `createBreaker`; name them to set `breakEven`.
 *
 * - It opens on failures that cannot be chance ({@link watching}), and on silence: if many calls were sent and no answer has
 *   come back, before any time limit has passed.
 * - If calls become slow and pile up, it limits how many are under way, without an open period.
 * - It times probes by weighing the cost of a probe against that of noticing a recovery late ({@link squareRoot}).
 * - Traffic returns at the pace of the answers ({@link selfClocked}).
 *
 * Each call takes a permit, even while closed.
 *
 * @throws {RangeError | TypeError} if an option is out of range or unknown
 * @example
 * ```ts
 * const search = createBreaker({ name: 'search', ...adaptive({ breakEven: 0.8 }) });
 * ```
 */
export function adaptive(options: CusumOptions = {}): AdaptivePlugs {
  const { breakEven } = requireCusumOptions('adaptive', options);
  if (latest?.breakEven !== breakEven) latest = { breakEven, plugs: plugsOf({ breakEven }) };
  return latest.plugs;
}

function plugsOf(options: CusumOptions): AdaptivePlugs {
  return { openWhen: watching(options), openFor: squareRoot(), recover: selfClocked(options) };
}
