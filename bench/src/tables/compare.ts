import type { Loop } from '../measure/loops.ts';
import type { Pace } from '../measure/pace.ts';
import { costOf, measureRounds, overOf, type Rounds, timesOf } from '../measure/rounds.ts';
import type { Action, Guarded, Subject } from '../subjects/subject.ts';
import { RULE, type Rule } from '../subjects/subject.ts';
import type { Cell, Findings } from './table.ts';

/** The call without a breaker; what everything else is compared with. */
export const BARE = 'bare call';

/** The peer whose overhead the goals are measured by. */
export const REFERENCE = 'cockatiel SamplingBreaker';

/** An action that is over at once. Its errors are made once: making them is not what is measured. */
export const succeeds: Action = async () => 1;
export const FAILED = new Error('down');
export const fails: Action = async () => {
  throw FAILED;
};

/** How subjects are run beside each other. */
export interface Comparison {
  readonly subjects: readonly Subject[];
  readonly loop: (call: Guarded['call'], action: Action) => Loop;
  readonly action: Action;
  readonly rule?: Rule;
  readonly calls?: number;

  /** Brings a breaker where it is to be measured. */
  readonly prepare?: (guarded: Guarded) => Promise<void>;

  /** Makes sure that it is still there. */
  readonly finish?: (guarded: Guarded, name: string) => Promise<void>;
}

/** Measures subjects beside each other and ends what they began. */
export async function compare(comparison: Comparison, pace: Pace): Promise<Rounds> {
  const { subjects, loop, action, rule = RULE, calls, prepare, finish } = comparison;
  const runners = [];
  for (const { name, make } of subjects) {
    const guarded = make(rule);
    await prepare?.(guarded);
    runners.push({ name, guarded, loop: loop(guarded.call, action), ...(calls !== undefined && { calls }) });
  }
  const rounds = await measureRounds(runners, pace);
  for (const { guarded, name } of runners) {
    await finish?.(guarded, name);
    guarded.close?.();
  }
  return rounds;
}

/** An observed call does all that a bare one does, and more: it cannot cost less. */
export function isSound({ 'observed call: over': over = 0 }: Findings['figures']): boolean {
  return over > 0;
}

/** Columns of a table that compares with the bare call. */
export const COMPARED: readonly string[] = ['', 'judges', 'ns a call', 'over bare', 'x bare', "x cockatiel's overhead"];

/** A row for each subject, and as figures what each costs over the bare call and as a share of the reference's cost. */
export function compared(
  subjects: readonly Subject[],
  rounds: Rounds,
  reference: number = overOf(rounds, REFERENCE, BARE).median,
): Findings {
  const figures: Record<string, number> = { bare: costOf(rounds, BARE).median };
  const rows = subjects.map(({ name, judges }): Cell[] => {
    const over = overOf(rounds, name, BARE);
    const share = over.median / reference;
    figures[`${name}: over`] = over.median;
    figures[`${name}: share`] = share;
    figures[`${name}: cost`] = costOf(rounds, name).median;
    figures[`${name}: times`] = timesOf(rounds, name, BARE).median;
    const isBare = name === BARE;
    return [
      name,
      judges,
      costOf(rounds, name),
      isBare ? undefined : over,
      isBare ? undefined : timesOf(rounds, name, BARE).median,
      isBare ? undefined : share,
    ];
  });
  return { columns: COMPARED, rows, figures };
}
