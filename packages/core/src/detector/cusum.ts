import { made } from '../vocabulary/made.ts';
import { invalid, requireOptions } from '../vocabulary/requirement.ts';
import type { DetectorRecipe } from './detector.ts';
import { SequentialTest } from './sequential-test.ts';

/** Options of {@link cusum} and {@link adaptive}. */
export interface CusumOptions {
  /**
   * The share of failures at which making the calls costs as much as not making them; greater than 0 and less than 1. It is
   * 0.5 if a failed call wastes as much as a lost one is worth. Raise it if failures come quickly and do no harm: at 0.8
   * calls go on as long as every fifth one succeeds.
   *
   * @default 0.5
   */
  readonly breakEven?: number;
}

/** @throws {RangeError | TypeError} if an option is out of range or unknown */
export function requireCusumOptions(of: string, options: CusumOptions): Required<CusumOptions> {
  requireOptions(of, options, ['breakEven']);
  const { breakEven = 0.5 } = options;
  if (!(typeof breakEven === 'number' && breakEven > 0 && breakEven < 1)) {
    invalid(`${of} breakEven`, 'a share greater than 0 and less than 1', breakEven);
  }
  return { breakEven };
}

/**
 * Opens as soon as failures can no longer be chance and further calls no longer pay: a sequential test that needs no window
 * and no limits. It learns how many calls normally fail, and weighs each outcome for and against the hypothesis that more
 * than half of the calls that used to succeed now fail. So two failures in a row weigh much if normally one call in a
 * thousand fails, and nothing if one in ten does.
 *
 * The first statistic is Page's CUSUM of the log likelihood ratio (E. S. Page, "Continuous Inspection Schemes",
 * Biometrika 41, 1954), which no other test beats in delay at the same rate of false alarms (G. Moustakides, Annals of
 * Statistics 14, 1986). Its limit is the logarithm of the number of calls between two false alarms: a million, or those of
 * a day if that is more. The second statistic is a random walk around `breakEven`.
 *
 * @throws {RangeError | TypeError} if an option is out of range or unknown
 */
export function cusum(options: CusumOptions = {}): DetectorRecipe {
  const { breakEven } = requireCusumOptions('cusum', options);
  const recipe: DetectorRecipe = {
    build: (setting) => ({
      clockReads: 1,
      slowerThan: Infinity,
      sums: true,
      anchored: setting.window?.anchored,
      start: (at, before, vitals) => new SequentialTest(breakEven, at, setting, { before, vitals }),
    }),
  };
  return made(recipe, 'cusum', breakEven);
}
