import type { Count } from './count.ts';

/** Approved counts, and the Node they hold for: another compiles otherwise. */
export interface Budgets {
  readonly node: string;
  readonly counts: readonly Count[];
}

const UNITS = ['bytes', 'instructions'] as const;

/** Bytes over a budget that pass. The smallest object has 12, so one more in every third call fails. */
const SPARE_BYTES = 4;

/** Share of its instructions over a budget that passes. */
const SPARE_INSTRUCTIONS = 0.03;

/** What is wrong with these counts, each as one line, and what could be approved because it became less. */
export function judge(budgets: Budgets, counts: readonly Count[]): { failures: string[]; gains: string[] } {
  const failures: string[] = [];
  const gains: string[] = [];
  for (const count of counts) {
    const budget = budgets.counts.find(({ what }) => what === count.what);
    for (const unit of UNITS) {
      const counted = count[unit];
      if (counted === undefined) continue;
      const allowed = budget?.[unit];
      if (allowed === undefined) {
        failures.push(`${count.what}: ${counted} ${unit}, and no budget`);
        continue;
      }
      const spare = unit === 'bytes' ? SPARE_BYTES : Math.ceil(allowed * SPARE_INSTRUCTIONS);
      const line = `${count.what}: ${counted} ${unit}, budget ${allowed}, ${movement(allowed, counted)}`;
      if (counted > allowed + spare) failures.push(line);
      else if (counted < allowed - spare) gains.push(line);
    }
  }
  return { failures, gains };
}

/** How each budget moves to these counts, a line each. */
export function movements(budgets: Budgets, counts: readonly Count[]): string[] {
  return counts.flatMap((count) =>
    UNITS.filter((unit) => count[unit] !== undefined).map((unit) => {
      const before = budgets.counts.find(({ what }) => what === count.what)?.[unit];
      const after = count[unit] as number;
      return `${count.what}: ${unit} ${before ?? 'none'} -> ${after}, ${before === undefined ? 'new' : movement(before, after)}`;
    }),
  );
}

function movement(before: number, after: number): string {
  if (before === after) return 'stays';
  return `${after > before ? '+' : ''}${after - before} (${((100 * (after - before)) / before).toFixed(1)} %)`;
}
