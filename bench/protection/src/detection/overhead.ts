import { type Breaker, createBreaker, failureRate } from '@switchgear/core';

const CALLS = 200_000;
const ROUNDS = 15;

/**
 * Nanoseconds that leave for a call and its ending take with the defaults, over those of a classic breaker,
 * both closed: the median of some rounds. Depends on the machine, like nothing else here.
 *
 * @param effort share of the calls, for a quick look
 */
export function overheadOfDefault(effort: number): number {
  const calls = Math.ceil(effort * CALLS);
  const ours = createBreaker({ name: 'ours' });
  const classic = createBreaker({ name: 'classic', openWhen: failureRate(0.5, { minimumCalls: 20 }) });
  const differences: number[] = [];
  for (let round = 0; round < ROUNDS; round++) differences.push(timeOf(ours, calls) - timeOf(classic, calls));
  return differences.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)] as number;
}

function timeOf(breaker: Breaker, calls: number): number {
  const began = performance.now();
  for (let call = 0; call < calls; call++) breaker.acquire().settle('success');
  return ((performance.now() - began) * 1e6) / calls;
}
