import type { Cell } from '../tables/table.ts';
import { type Figures, type Goal, goals } from './goals.ts';

/** Nanoseconds of a bare call on the machine for which goals in time were set. */
const SET_WHERE_BARE_TOOK = 25;

/** A goal with its measurement. */
export interface Judged {
  readonly goal: Goal;
  readonly measured: number;
  readonly met: boolean;

  /** A time as it would be on the machine that the goal was set for; other measures stay as they are. */
  readonly scaled: number;
}

/** Judges every goal for which there is a figure. */
export function judgeGoals(figures: Figures): Judged[] {
  const speed = SET_WHERE_BARE_TOOK / (figures['closed/bare'] ?? Number.NaN);
  return goals.flatMap((goal) => {
    const measured = goal.of(figures);
    if (measured === undefined || Number.isNaN(measured)) return [];
    const scaled = goal.unit === 'ns' || goal.unit === 'ms' ? measured * speed : measured;
    return [{ goal, measured, met: measured <= goal.atMost, scaled }];
  });
}

/** The goals as a table. */
export function goalRows(judged: readonly Judged[]): Cell[][] {
  return judged.map(({ goal, measured, met, scaled }) => [
    goal.what,
    shown(goal.atMost, goal.unit),
    shown(measured, goal.unit),
    met ? 'met' : '**missed**',
    difference(measured, goal.atMost),
    scaled === measured ? undefined : `${shown(scaled, goal.unit)}, ${scaled <= goal.atMost ? 'met' : 'missed'}`,
  ]);
}

export const GOAL_COLUMNS: readonly string[] = ['goal', 'at most', 'measured', '', 'by', 'at the speed it was set for'];

function shown(value: number, unit: Goal['unit']): string {
  const digits = unit === 'x' || unit === 'ms' ? 2 : value < 10 ? 1 : 0;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })}${unit ? ` ${unit}` : ''}`;
}

function difference(measured: number, limit: number): string | undefined {
  if (limit === 0) return undefined;
  const share = Math.round((measured / limit - 1) * 100);
  return `${share > 0 ? '+' : ''}${share} %`;
}
