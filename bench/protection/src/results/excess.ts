import type { Played } from './play.ts';

/** A mean and the half width of the interval that holds the true one in 95 of 100 cases. */
export interface Estimate {
  readonly mean: number;
  readonly within: number;
}

/** What a policy costs more than the oracle, in each scenario. */
export function excessOf(played: readonly Played[], policy: string): number[] {
  return played.map(({ outcomes }) => costOf(outcomes, policy) - costOf(outcomes, 'oracle'));
}

/** What one policy costs more than another on the same chances, in each scenario. */
export function differenceOf(played: readonly Played[], policy: string, other: string): number[] {
  return played.map(({ outcomes }) => costOf(outcomes, policy) - costOf(outcomes, other));
}

/** Share of the scenarios in which a policy costs more than no breaker, by more than a twentieth. */
export function shareWorseThanNone(played: readonly Played[], policy: string): number {
  const worse = played.filter(({ outcomes }) => costOf(outcomes, policy) > 1.05 * costOf(outcomes, 'none'));
  return worse.length / played.length;
}

export function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, within: 1.96 * Math.sqrt(squares / (values.length - 1) / values.length) };
}

function costOf(outcomes: Played['outcomes'], policy: string): number {
  const figures = outcomes[policy];
  if (!figures) throw new Error(`${policy} was not played`);
  return figures.cost;
}
