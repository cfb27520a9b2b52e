import { refuse, requireNumber } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Columns, Measure, Rule } from './rule.ts';

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

/** The same rule, with what a measure counted in place of the failures; the rule itself without a measure. */
export function countingInstead(counting: Measure | undefined, rule: Rule): Rule {
  if (!counting) return rule;
  return {
    ...rule,
    measure: counting,
    judge(tally) {
      const { calls, run } = tally;
      return rule.judge({ calls, run, failures: tally.total(counting), total: (...which) => tally.total(...which) });
    },
  };
}

/** Several measures as one, each in columns of its own. Those of the same id are summed once. */
export function measures(parts: readonly Measure[]): Measure {
  const columns = new Map<Measure, number>();
  const ids = new Set<string>();
  let width = 0;
  for (const part of parts) {
    if (ids.has(part.id)) continue;
    columns.set(part, width);
    ids.add(part.id);
    width += part.width;
  }
  return {
    id: [...ids].join(),
    width,
    under: Math.min(Infinity, ...parts.map(({ under }) => under)),
    columnOf(id) {
      for (const [part, column] of columns) {
        const within = part.id === id ? 0 : part.columnOf?.(id);
        if (within !== undefined) return column + within;
      }
      return undefined;
    },
    add(to: Columns, first: number, failed: boolean, duration: Millis, kind: string | undefined): boolean {
      let notable = false;
      for (const [part, column] of columns) {
        if (part.add(to, first + column, failed, duration, kind)) notable = true;
      }
      return notable;
    },
  };
}

/** In which column of the rule's own a measure begins; no number if the rule has it not. */
export function columnOf({ measure }: Rule, { id }: Measure): number {
  return measure?.columnOf?.(id) ?? (measure?.id === id ? 0 : Number.NaN);
}

/**
 * By how much, of itself or of 1, a sum of decimals may miss a limit and still count as having reached it. Ten times 0.1 is a little
 * less than 1, and so is three times a third: floating-point sums are off by about 1e-16 of themselves for each term, and a
 * window that takes terms off again is left with what the greater sum was off by.
 */
const TOLERANCE = 1e-9;

/** Whether a sum of decimals has reached a limit, apart from rounding. The only way such a sum is compared in this library. */
export function reaches(sum: number, limit: number): boolean {
  return sum >= limit - Math.max(1, Math.abs(limit)) * TOLERANCE;
}

/** The next whole number from a product of decimals up, apart from rounding: 0.07 × 100 is 7, not 8. */
export function roundedUp(product: number): number {
  return Math.ceil(product - Math.abs(product) * TOLERANCE);
}

/** A sum of decimals as people would write it: 1 rather than 0.9999999999999999. */
export function tidy(sum: number): number {
  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(12));
}
