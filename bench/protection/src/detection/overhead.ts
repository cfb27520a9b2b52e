import { adaptive, type Breaker, createBreaker } from '@switchgear/core';

const CALLS = 200_000;
const ROUNDS = 15;

/**
 * Nanoseconds that leave for a call and its ending take in adaptive mode, over those of a breaker with its defaults,
 * both closed: the median of some rounds. Depends on the machine, like nothing else here.
 *
 * @param effort share of the calls, for a quick look
 */
export function overheadOfAdaptive(effort: number): number {
  const calls = Math.ceil(effort * CALLS);
  const [ours, classic] = [createBreaker({ name: 'ours', ...adaptive() }), createBreaker({ name: 'classic' })];
  const differences: number[] = [];
  for (let round = 0; round < ROUNDS; round++) differences.push(timeOf(ours, calls) - timeOf(classic, calls));
  return differences.toSorted((one, other) => one - other)[Math.floor(ROUNDS / 2)] as number;
}

function timeOf(breaker: Breaker, calls: number): number {
  const began = performance.now();
  for (let call = 0; call < calls; call++) breaker.acquire().settle('success');
  return ((performance.now() - began) * 1e6) / calls;
}
