import type { Scenario } from '../scenarios/scenario.ts';
import { FATES, type Journal } from '../simulation/journal.ts';

const USEFUL = FATES.indexOf('useful');
const SERVED = 0.9;

/**
 * Milliseconds from the end of the last fault to the first request from which on requests are served again: nine of
 * ten of those of the next half second, and of at least the next ten, get a useful answer. `NaN` without a fault,
 * `Infinity` if it never comes.
 */
export function recoveryLag({ faults, rate }: Scenario, { cameAt, fate }: Journal): number {
  if (faults.length === 0) return Number.NaN;
  const end = Math.max(...faults.map(({ to }) => to));
  const size = Math.max(10, Math.round(rate / 2));
  const begin = cameAt.findIndex((at) => at >= end);
  if (begin < 0) return Number.NaN;
  let served = 0;
  for (let i = begin; i < cameAt.length; i++) {
    if (fate[i] === USEFUL) served++;
    if (i - begin >= size && fate[i - size] === USEFUL) served--;
    const from = i - size + 1;
    if (from >= begin && served >= SERVED * size && fate[from] === USEFUL) return (cameAt[from] as number) - end;
  }
  return Number.POSITIVE_INFINITY;
}
