import { type Figure, type Figures, figures, type Parts } from './figure.ts';

/** Why a figure that depends on settled calls is unknown. */
export const NOT_COUNTED = 'the option outcomes is off, so settled calls are not counted';

/** Shares of calls that were answered; without breakers, as a range. */
export interface Availability {
  readonly with: number;
  readonly withoutAtLeast: number;
  readonly withoutAtMost: number;
}

/** Both availabilities; `undefined` if settled calls are not counted, or there were no calls. */
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

/** The share of calls that were answered, and the share that would have been without breakers and fallbacks. */
export function availabilityFigures(parts: Parts): Pick<Figures, 'availabilityWith' | 'availabilityWithout'> {
  const shares = availability(parts);
  if (!shares) {
    const why = parts.isSettledKnown ? 'no calls yet' : NOT_COUNTED;
    parts.unknown.push({ title: 'Availability', why });
    return {};
  }
  const { succeeded, failed, spared, sparedAtBest, served } = parts.tally;
  const asked = `(${figures(succeeded, 0)} + ${figures(failed, 0)} failed + ${figures(spared, 0)} refused)`;
  const availabilityWith: Figure = {
    title: 'Availability with breakers',
    meaning:
      served === undefined
        ? 'Share of all calls answered by the dependency; fallbacks are not counted.'
        : 'Share of all calls answered by the dependency or by a fallback.',
    formula: `(${figures(succeeded, 0)}${served === undefined ? '' : ` + ${figures(served, 0)} by fallbacks`}) ÷ ${asked}`,
    unit: 'share',
    low: shares.with,
    high: shares.with,
  };
  const availabilityWithout: Figure = {
    title: 'Availability without breakers',
    meaning: 'Share of calls that would have been answered if every refused call had been made, without fallbacks.',
    formula: `(${figures(succeeded, 0)} + 0 to ${figures(sparedAtBest, 0)} of the refused) ÷ ${asked}`,
    unit: 'share',
    low: shares.withoutAtLeast,
    high: shares.withoutAtMost,
  };
  return { availabilityWith, availabilityWithout };
}
