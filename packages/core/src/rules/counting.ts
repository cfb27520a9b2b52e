import { invalid, requireNumber } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Columns, Measure, Rule } from './rule.ts';

/**
 * Counts only failures of these kinds: `failureRate(0.2, { counting: kinds('timeout') })`. The kind comes from the
 * classifier's ruling.
 *
 * @throws {TypeError} if there are no kinds or one of them is not a string
 */
export function kinds(...names: readonly string[]): Measure {
  for (const name of names) if (typeof name !== 'string') invalid('kinds', 'given strings', name);
  if (names.length === 0) invalid('kinds', 'given at least one kind', undefined);
  return weighing(`kinds:${JSON.stringify(names)}`, 1, (kind) => Number(names.includes(kind as string)));
}

/**
 * Counts failures by weight: `failureCount(5, { counting: weights({ timeout: 2, '429': 0.25 }) })`. A failure of any
 * other kind weighs 1.
 *
 * @param byKind for each kind its weight, a number of at least 0
 * @throws {RangeError | TypeError} if a weight is out of range
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

/** The same rule with the sum of a measure in place of the failures; the rule itself if there is no measure. */
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

/** Combines several measures into one, each with its own columns. Measures with the same id are summed once. */
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

/** The first column of a measure among those of the rule; NaN if the rule does not have it. */
export function columnOf({ measure }: Rule, { id }: Measure): number {
  return measure?.columnOf?.(id) ?? (measure?.id === id ? 0 : Number.NaN);
}

/**
 * The error within which a sum of decimals still counts as having reached a limit, relative to the limit or to 1 if that is
 * more. Ten times 0.1 adds up to a little less than 1: floating-point sums have an error of about 1e-16 of themselves for
 * each term, and a window that subtracts terms again keeps the error of the larger sum.
 */
const TOLERANCE = 1e-9;

/** Whether a sum of decimals has reached a limit, apart from rounding errors. All such sums are compared by this. */
export function reaches(sum: number, limit: number): boolean {
  return sum >= limit - Math.max(1, Math.abs(limit)) * TOLERANCE;
}

/** Rounds a product of decimals up, apart from rounding errors: 0.07 × 100 is 7, not 8. */
export function roundedUp(product: number): number {
  return Math.ceil(product - Math.abs(product) * TOLERANCE);
}

/** A sum of decimals without rounding errors: 1 rather than 0.9999999999999999. */
export function tidy(sum: number): number {
  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(12));
}
