import { invalid, requireNumber } from '../vocabulary/requirement.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Columns, Measure, RuleDefinition } from './rule.ts';

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
export function countingInstead(counting: Measure | undefined, rule: RuleDefinition): RuleDefinition {
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
