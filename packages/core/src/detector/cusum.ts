import { made } from '../vocabulary/made.ts';
import { refuse, requireOptions } from '../vocabulary/requirement.ts';
import type { DetectorRecipe } from './detector.ts';
import { SequentialTest } from './sequential-test.ts';

/** Options of {@link cusum} and {@link adaptive}. */
export interface CusumOptions {
  /**
   * The share of failures at which making the calls costs as much as not making them; greater than 0, less than 1. A failed
   * call that wastes as much as a lost one is worth puts it at a half. Raise it where failures come at once and harm
   * nobody: at 0.8 a service is called on while every fifth call succeeds.
   *
   * @default 0.5
   */
  readonly breakEven?: number;
}

/** @throws {RangeError | TypeError} for an option out of range */
export function requireCusumOptions(of: string, options: CusumOptions): Required<CusumOptions> {
  requireOptions(of, options, ['breakEven']);
  const { breakEven = 0.5 } = options;
  if (!(typeof breakEven === 'number' && breakEven > 0 && breakEven < 1)) {
    refuse(`${of} breakEven`, 'a share greater than 0 and less than 1', breakEven);
  }
  return { breakEven };
}

/**
 * Opens as soon as the failures can no longer be chance, and calling on no longer pays: a sequential test without a window,
 * without numbers to set. It learns how many calls normally fail, and weighs each outcome for and against "more than half
 * of what is left now fails". Two failures in a row may mean much at one failure in a thousand and nothing at one in ten.
 *
 * The first statistic is Page's CUSUM of the log likelihood ratio (E. S. Page, "Continuous Inspection Schemes",
 * Biometrika 41, 1954), which no other test beats in delay at the same rate of false alarms (G. Moustakides, Annals of
 * Statistics 14, 1986). Its limit is the logarithm of the calls that may pass between two false alarms: a million, or a
 * day's. The second is a random walk about `breakEven`.
 *
 * @throws {RangeError | TypeError} for an option out of range
 */
export function cusum(options: CusumOptions = {}): DetectorRecipe {
  const { breakEven } = requireCusumOptions('cusum', options);
  const recipe: DetectorRecipe = {
    build: () => ({
      clockReads: 1,
      slowerThan: Infinity,
      start: (_at, before, vitals) =>
        new SequentialTest(breakEven, before instanceof SequentialTest ? before : undefined, vitals),
    }),
  };
  return made(recipe, 'cusum', breakEven);
}
