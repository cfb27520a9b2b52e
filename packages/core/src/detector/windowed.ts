import { enriched } from '../rules/enriched.ts';
import type { Measure, Rule, Tally } from '../rules/rule.ts';
import type { Verdict } from '../vocabulary/because.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { CALLS, FAILURES, type WindowMemory } from '../window/window.ts';
import type { Detector, DetectorPlan, DetectorSetting, Readings } from './detector.ts';

/** As many successes as anybody will count between two failures: the largest small integer on 32-bit engines. */
const ENDLESS = 2 ** 30 - 1;

/** A rule judged over a window. */
export function windowed(rule: Rule, { window, evaluateOn }: DetectorSetting): DetectorPlan {
  const { measures = [], slowerThan = Number.POSITIVE_INFINITY } = rule;
  const under = Math.min(Number.POSITIVE_INFINITY, ...measures.map((measure) => measure.under));
  const timesCalls = Math.min(under, slowerThan) < Number.POSITIVE_INFINITY || window.dated === true;
  const fits = [window.id, ...measures.map(({ id }) => id)].join('|');
  return {
    clockReads: timesCalls ? 2 : window.timed ? 1 : 0,
    slowerThan,
    anchored: window.anchored === true,
    start(at, before) {
      // The same window summing the same measures: a rule may change without forgetting what was seen.
      const kept = before instanceof Windowed && before.fits === fits ? before : undefined;
      const memory = kept?.memory ?? window.start(at, columnsOf(measures));
      return new Windowed(rule, under, evaluateOn === 'any', memory, fits, kept?.run);
    },
  };
}

function columnsOf(measures: readonly Measure[]): number {
  return measures.reduce((columns, { width = 1 }) => columns + width, FAILURES + 1);
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
  readonly #measures: readonly Measure[];
  readonly #minimumCalls: number;
  readonly #judgesSuccesses: boolean;
  #from: Instant;

  constructor(rule: Rule, under: Millis, judgesSuccesses: boolean, memory: WindowMemory, fits: string, run = 0) {
    this.run = run;
    this.under = under;
    this.memory = memory;
    this.fits = fits;
    this.#rule = rule;
    this.#measures = rule.measures ?? [];
    this.#minimumCalls = rule.minimumCalls ?? 1;
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
    let at = FAILURES + 1;
    for (const { id, width = 1 } of this.#measures) {
      if (id === measure.id) return this.memory.sums[at + column] as number;
      at += width;
    }
    return 0;
  }

  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined {
    const { memory } = this;
    this.#roll(at);
    if (at - duration < memory.from) return undefined;
    memory.count(at);
    this.run = failed ? this.run + 1 : 0;
    if (failed) memory.add(FAILURES, 1);
    const notable = this.#measure(failed, duration, kind) || failed;
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

  #measure(failed: boolean, duration: Millis, kind: string | undefined): boolean {
    let column = FAILURES + 1;
    let notable = false;
    for (const measure of this.#measures) {
      if (measure.add(this.memory, column, failed, duration, kind)) notable = true;
      column += measure.width ?? 1;
    }
    return notable;
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
    const enough = calls > 0 && calls >= this.#minimumCalls;
    const slow = this.#slow;
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
    const measure = this.#measures.find(({ id }) => id === `slow:${this.#rule.slowerThan}`);
    return measure && this.total(measure);
  }
}
