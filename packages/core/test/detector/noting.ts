import {
  anyOf,
  countWindow,
  type Detector,
  type DetectorPlan,
  type DetectorRecipe,
  type DetectorSetting,
  type Rule,
  type Verdict,
} from '../../src/index.ts';

/** A detector that notes what it is told, and says what it is given to say. */
export class Noting implements Detector {
  lull = Number.POSITIVE_INFINITY;
  lullUntil = Number.POSITIVE_INFINITY;
  lullUnder = Number.POSITIVE_INFINITY;
  readonly received: string[] = [];
  says: Verdict | undefined;

  tell(failed: boolean, at: number, duration: number, kind: string | undefined): Verdict | undefined {
    this.received.push(`tell ${failed} ${at} ${duration} ${kind}`);
    return this.says;
  }

  admitting(at: number): Verdict | undefined {
    this.received.push(`admitting ${at}`);
    return this.says;
  }

  released(started: number): void {
    this.received.push(`released ${started}`);
  }

  skip(successes: number): void {
    this.received.push(`skip ${successes}`);
  }

  clear(at: number): void {
    this.received.push(`clear ${at}`);
  }

  readings() {
    return { calls: 7, failures: 0, slow: 0 };
  }
}

/** A detector that is told of calls as this plan says. */
export function recipeOf(detector: Detector, plan: Partial<DetectorPlan> = {}): DetectorRecipe {
  const says = { clockReads: 0, slowerThan: Number.POSITIVE_INFINITY } as const;
  return { build: () => ({ ...says, start: () => detector, ...plan }) };
}

const setting: DetectorSetting = { window: countWindow(100), evaluateOn: 'failure', permitTimeout: 1_000 };

/** Judges failures over a hundred calls, unless told otherwise. */
export const planOf = (recipe: DetectorRecipe, changes: Partial<DetectorSetting> = {}): DetectorPlan =>
  recipe.build({ ...setting, ...changes });

/** A rule judged over a window, seen beside a detector that holds nothing back. */
export const judging = (rule: Rule, changes: Partial<DetectorSetting> = {}): Detector =>
  planOf(anyOf(rule, recipeOf(new Noting())), changes).start(0);
