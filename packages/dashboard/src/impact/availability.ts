import { type Figure, figures } from './figure.ts';
import type { Figures, Parts } from './parts.ts';

/** Why a figure that is made of calls which ended is unknown. */
export const NOT_COUNTED = 'the option outcomes is off, so calls that end are not counted';

/** Shares of all callers who got an answer, at least and at most. */
export interface Availability {
  readonly with: number;
  readonly withoutAtLeast: number;
  readonly withoutAtMost: number;
}

/** Both availabilities; `undefined` where settled calls are not heard of, or there was none. */
export function availability({ tally, isSettledKnown }: Parts): Availability | undefined {
  const { succeeded, failed, spared, sparedAtBest, served = 0 } = tally;
  const asked = succeeded + failed + spared;
  if (!isSettledKnown || asked === 0) return undefined;
  return {
    with: (succeeded + served) / asked,
    withoutAtLeast: succeeded / asked,
    withoutAtMost: (succeeded + sparedAtBest) / asked,
  };
}

/** The share of callers who got an answer, and the share who would have without breakers and fallbacks. */
export function availabilityFigures(parts: Parts): Pick<Figures, 'availabilityWith' | 'availabilityWithout'> {
  const shares = availability(parts);
  if (!shares) {
    const why = parts.isSettledKnown ? 'no call was made yet' : NOT_COUNTED;
    parts.unknown.push({ title: 'Availability', why });
    return {};
  }
  const { succeeded, failed, spared, sparedAtBest, served } = parts.tally;
  const asked = `(${figures(succeeded, 0)} + ${figures(failed, 0)} failed + ${figures(spared, 0)} refused)`;
  const availabilityWith: Figure = {
    title: 'Availability with breakers',
    meaning:
      served === undefined
        ? 'Share of all calls that were answered by the dependency; no fallback is counted.'
        : 'Share of all calls that were answered, by the dependency or by a fallback.',
    formula: `(${figures(succeeded, 0)}${served === undefined ? '' : ` + ${figures(served, 0)} by fallbacks`}) ÷ ${asked}`,
    unit: 'share',
    low: shares.with,
    high: shares.with,
  };
  const availabilityWithout: Figure = {
    title: 'Availability without',
    meaning: 'Share that would have been answered had every refused call been made, and no fallback been there.',
    formula: `(${figures(succeeded, 0)} + 0 to ${figures(sparedAtBest, 0)} of the refused) ÷ ${asked}`,
    unit: 'share',
    low: shares.withoutAtLeast,
    high: shares.withoutAtMost,
  };
  return { availabilityWith, availabilityWithout };
}
