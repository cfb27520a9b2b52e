import { enriched } from '../rules/enriched.ts';
import { MeasureSet } from '../rules/measure-set.ts';
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
  const { slowerThan = Number.POSITIVE_INFINITY } = rule;
  const measures = new MeasureSet(rule, FIRST);
  const timesCalls = Math.min(measures.under, slowerThan) < Number.POSITIVE_INFINITY || window.dated === true;
  const fits = `${window.id}|${measures.id}`;
  return {
    clockReads: timesCalls ? 2 : window.timed ? 1 : 0,
    slowerThan,
    anchored: window.anchored === true,
    start(at, before) {
      // The same window summing the same measures: a rule may change without forgetting what was seen.
      const kept = before instanceof Windowed && before.fits === fits ? before : undefined;
      const memory = kept?.memory ?? window.start(at, FIRST + measures.columns);
      return new Windowed(rule, measures, evaluateOn === 'any', memory, fits, kept?.run);
    },
  };
}

class Windowed implements Detector, Tally {
  lull = 0;
  until: Instant = 0;
  readonly under: Millis;
  run: number;
  readonly memory: WindowMemory;

  /** What its memory remembers and sums, in a word. */
  readonly fits: string;

  readonly #rule: Rule;
  readonly #measures: MeasureSet;
  readonly #minimumCalls: number;
  readonly #judgesSuccesses: boolean;
  readonly #slowColumn: number | undefined;
  #from: Instant;

  constructor(
    rule: Rule,
    measures: MeasureSet,
    judgesSuccesses: boolean,
    memory: WindowMemory,
    fits: string,
    run: number = 0,
  ) {
    this.under = measures.under;
    this.run = run;
    this.memory = memory;
    this.fits = fits;
    this.#rule = rule;
    this.#measures = measures;
    this.#minimumCalls = rule.minimumCalls ?? 1;
    this.#judgesSuccesses = judgesSuccesses;
    this.#slowColumn = measures.columnOf(`slow:${rule.slowerThan}`);
    this.#from = memory.from;
  }

  get calls(): number {
    return this.memory.sums[CALLS] as number;
  }

  get failures(): number {
    return this.memory.sums[FAILURES] as number;
  }

  total({ id }: Measure, column: number = 0): number {
    const first = this.#measures.columnOf(id);
    return first === undefined ? 0 : (this.memory.sums[first + column] as number);
  }

  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined {
    const { memory } = this;
    this.#roll(at);
    if (at - duration < memory.from) return undefined;
    memory.count(at);
    this.run = failed ? this.run + 1 : 0;
    if (failed) memory.add(FAILURES, 1);
    const notable = this.#measures.add(memory, failed, duration, kind) || failed;
    const asked = (notable || this.#judgesSuccesses) && this.calls >= this.#minimumCalls;
    const verdict = asked ? this.#rule.judge(this) : undefined;
    this.#grantLull();
    return verdict && enriched(verdict, this.calls, this.failures, this.#slow);
  }

  #roll(at: Instant): void {
    this.memory.roll(at);
    // A window that began anew knows no failures before it, not even in a row.
    if (this.memory.from !== this.#from) this.run = 0;
    this.#from = this.memory.from;
  }

  /** Until the bucket ends, quick successes need not be looked at where nobody judges them or they can only lower what is judged. */
  #grantLull(): void {
    this.until = this.memory.until;
    // The first success after a failure ends the run, so it must be told.
    if (this.run > 0) this.lull = 0;
    else if (!this.#judgesSuccesses) this.lull = ENDLESS;
    else if (!this.#rule.easedBySuccess) this.lull = 0;
    // The success that completes the minimum can be the one that opens.
    else this.lull = this.calls < this.#minimumCalls ? this.#minimumCalls - this.calls - 1 : ENDLESS;
  }

  skip(successes: number): void {
    this.memory.skip(successes);
  }

  clear(at: Instant): void {
    this.memory.clear(at);
    this.run = 0;
    this.lull = 0;
  }

  readings(at: Instant): Readings {
    this.#roll(at);
    const { calls, failures } = this;
    const slow = this.#slow;
    const enough = calls > 0 && calls >= this.#minimumCalls;
    return {
      calls,
      failures,
      slow: slow ?? 0,
      failureRate: enough ? failures / calls : null,
      slowCallRate: enough && slow !== undefined ? slow / calls : null,
    };
  }

  /** Slow calls, if the rule has them counted. */
  get #slow(): number | undefined {
    return this.#slowColumn === undefined ? undefined : this.memory.sums[this.#slowColumn];
  }
}
