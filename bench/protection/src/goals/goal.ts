import type { Results } from '../results/results.ts';

/** A goal for a figure. */
export interface Goal {
  /** Its number in the list it comes from. */
  readonly number: number;
  readonly what: string;

  /** Reached if the figure is at most, or at least, this. */
  readonly atMost?: number;
  readonly atLeast?: number;

  /** Behind the number; empty for a ratio or a count. */
  readonly unit: 's' | 'ms' | 'x' | '%' | 'ns' | '';

  /** `NaN` if the results say nothing about it. */
  readonly of: (results: Results) => number;
}

/** A goal with its figure. */
export interface Judged {
  readonly goal: Goal;
  readonly figure: number;
  readonly met: boolean;
}

/** Judges every goal for which there is a figure. */
export function judgeGoals(goals: readonly Goal[], results: Results): Judged[] {
  return goals
    .map((goal) => ({ goal, figure: goal.of(results) }))
    .filter(({ figure }) => !Number.isNaN(figure))
    .map(({ goal, figure }) => {
      const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal;
      return { goal, figure, met: figure <= atMost && figure >= atLeast };
    });
}
