import type { PlanUnderTest } from '../properties/plans.ts';

/** Every kind of situation that a circuit of this plan can be in. */
export function wordsOf({ allowance, maxStay }: PlanUnderTest): string[] {
  const words = ['closed', 'closed again', 'open', 'open and due'];
  if (maxStay) words.push('half-open, its stay run out');
  if ('shares' in allowance) {
    const shares = allowance.shares.map((_share, index) => `half-open at share ${index + 1}`);
    return [...words, ...shares, ...shares.map((share) => `${share}, gone back`)];
  }
  const { permitted, decides } = allowance;
  for (let flying = 0; flying <= permitted; flying++) words.push(`half-open, ${flying} in flight`);
  for (let flying = 0; flying <= Math.min(permitted, stillWanted(decides, permitted)); flying++) {
    words.push(`half-open, ${flying} in flight, some answered`);
  }
  return [...words, 'half-open, a probe overdue', 'half-open, a probe overdue, some answered'];
}

type Decides = Extract<PlanUnderTest['allowance'], { permitted: number }>['decides'];

/** How many probes more can be wanted, once one is answered and nothing decided. */
function stillWanted(decides: Decides, permitted: number): number {
  if ('sample' in decides) return decides.sample - 1;
  // A lost probe may succeed while all places are taken again.
  if (decides.successes > 1) return permitted;
  // A failure that does not yet decide leaves as many successes wanting as before.
  return Math.max(permitted, decides.successes) - (decides.failures > 1 ? 0 : 1);
}

/** Every move that a circuit of this plan can make, with the rule that makes it. */
export function movesOf({ allowance, maxStay }: PlanUnderTest): string[] {
  const moves = ['closed > open: r', 'closed > half-open: limit', 'open > half-open: openFor'];
  for (const from of ['closed', 'open', 'half-open']) {
    for (const to of ['closed', 'open', 'half-open']) if (from !== to) moves.push(`${from} > ${to}: hand`);
  }
  if (maxStay) moves.push(`half-open > ${maxStay.to}: maxStay`);
  if ('shares' in allowance) {
    return [...moves, 'half-open > open: ramp', 'half-open > open: failureRate', 'half-open > closed: ramp'];
  }
  // If its rule does not judge slowness, a sample of slow answers fails only because all of them are slow.
  if ('sample' in allowance.decides) moves.push('half-open > open: failureRate');
  return [...moves, 'half-open > open: probes', 'half-open > closed: probes'];
}
