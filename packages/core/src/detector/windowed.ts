import { columnOf } from '../rules/measures.ts';
import type { Measure, Rule, Tally } from '../rules/rule.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { CALLS, FAILURES, type WindowMemory } from '../window/window.ts';
import type { Detector, DetectorPlan, DetectorSetting, Readings } from './detector.ts';

/** As many successes as anybody will count between two failures: the largest small integer on 32-bit engines. */
const ENDLESS = 2 ** 30 - 1;

/** The columns after those that every window has. */
const FIRST = FAILURES + 1;

/** A rule judged over a window. */
export function windowed(
  rule: Rule,
  { window, evaluateOn }: Pick<DetectorSetting, 'window' | 'evaluateOn'>,
): DetectorPlan {
  const { measure, slowerThan = Infinity } = rule;
  const timesCalls = (measure?.under ?? slowerThan) < Infinity || window.dated;
  // The same window summing the same measures: a rule may change without forgetting what was seen.
  const fits = `${window.id} ${measure?.id}`;
  return {
    clockReads: timesCalls ? 2 : window.timed ? 1 : 0,
    slowerThan,
    anchored: window.anchored === true,
    start(at, before) {
      const kept = before instanceof Windowed && before.fits === fits ? before : undefined;
      const memory = kept?.memory ?? window.start(at, FIRST + (measure?.width ?? 0));
      return new Windowed(rule, evaluateOn === 'any', memory, fits, kept?.run);
    },
  };
}

class Windowed implements Detector, Tally {
  readonly memory: WindowMemory;

  /** What its memory remembers and sums, in a word. */
  readonly fits: string;

  run: number;
  readonly #rule: Rule;
  readonly #judgesSuccesses: boolean;
  #from: Instant;

  constructor(rule: Rule, judgesSuccesses: boolean, memory: WindowMemory, fits: string, run: number = 0) {
    this.memory = memory;
    this.fits = fits;
    this.run = run;
    this.#rule = rule;
    this.#judgesSuccesses = judgesSuccesses;
    this.#from = memory.from;
  }

  get calls(): number {
    return this.memory.sums[CALLS] as number;
  }

  get failures(): number {
    return this.memory.sums[FAILURES] as number;
  }

  total(measure: Measure, column: number = 0): number {
    return this.memory.sums[FIRST + columnOf(this.#rule, measure) + column] ?? 0;
  }

  /** How many calls are still wanting before the rule may be judged. */
  get #wanting(): number {
    return (this.#rule.minimumCalls ?? 1) - this.calls;
  }

  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined {
    const { memory } = this;
    const rule = this.#rule;
    this.#roll(at);
    if (at - duration < memory.from) return undefined;
    memory.count(at);
    this.run = failed ? this.run + 1 : 0;
    if (failed) memory.add(FAILURES, 1);
    const notable = rule.measure?.add(memory, FIRST, failed, duration, kind) || failed || this.#judgesSuccesses;
    return notable && this.#wanting <= 0 ? rule.judge(this) : undefined;
  }

  #roll(at: Instant): void {
    const { memory } = this;
    memory.roll(at);
    // A window that began anew knows no failures before it, not even in a row.
    if (memory.from !== this.#from) this.run = 0;
    this.#from = memory.from;
  }

  /**
   * Until the bucket ends, quick successes need not be told where nobody judges them, or where they can only ease the rule
   * once it has its minimum of calls. The first success after a failure must be: it ends the run.
   */
  get lull(): number {
    if (this.run > 0) return 0;
    if (!this.#judgesSuccesses) return ENDLESS;
    if (!this.#rule.easedBySuccess) return 0;
    return this.#wanting > 0 ? this.#wanting - 1 : ENDLESS;
  }

  get until(): Instant {
    return this.memory.until;
  }

  get under(): Millis {
    return this.#rule.measure?.under ?? Infinity;
  }

  skip(successes: number): void {
    this.memory.skip(successes);
  }

  clear(at: Instant): void {
    this.memory.clear(at);
    this.run = 0;
  }

  readings(at: Instant): Readings {
    this.#roll(at);
    const { calls, failures } = this;
    const { slowCalls } = this.#rule;
    const slow = slowCalls ? this.total(slowCalls) : 0;
    const enough = calls > 0 && this.#wanting <= 0;
    return {
      calls,
      failures,
      slow,
      failureRate: enough ? failures / calls : null,
      slowCallRate: enough && slowCalls ? slow / calls : null,
    };
  }
}
