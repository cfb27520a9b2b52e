import { refuse, requireNumber } from '../vocabulary/requirement.ts';
import type { Measure } from './rule.ts';

/**
 * Counts only failures of these kinds: `failureRate(0.2, { counting: kinds('timeout') })`. The kind is what a classifier
 * says in its ruling.
 *
 * @throws {TypeError} for no kinds, or one that is no string
 */
export function kinds(...names: readonly string[]): Measure {
  for (const name of names) if (typeof name !== 'string') refuse('kinds', 'names of kinds', name);
  if (names.length === 0) refuse('kinds', 'at least one kind', undefined);
  return weighing(`kinds:${JSON.stringify(names)}`, 1, (kind) => Number(names.includes(kind as string)));
}

/**
 * Counts failures by weight: `failureCount(5, { counting: weights({ timeout: 2, '429': 0.25 }) })`. A failure of any
 * other kind weighs 1.
 *
 * @param byKind a number of at least 0 for each kind
 * @throws {RangeError | TypeError} for a weight out of range
 */
export function weights(byKind: Readonly<Record<string, number>>): Measure {
  const table = new Map(Object.entries(byKind));
  for (const [kind, weight] of table) requireNumber(`weights ${kind}`, weight, 0);
  // Failures of all other kinds weigh 1.
  const heaviest = Math.max(1, ...table.values());
  return weighing(`weights:${JSON.stringify([...table])}`, heaviest, (kind) => table.get(kind as string) ?? 1);
}

function weighing(id: string, perCall: number, weigh: (kind: string | undefined) => number): Measure {
  return {
    id,
    width: 1,
    under: Infinity,
    perCall,
    add(to, column, failed, _duration, kind): boolean {
      const weight = failed ? weigh(kind) : 0;
      if (weight > 0) to.add(column, weight);
      return weight > 0;
    },
  };
}
