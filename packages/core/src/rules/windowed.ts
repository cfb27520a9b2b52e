import {
  type Detector,
  type DetectorPlan,
  type DetectorSetting,
  ENDLESS,
  type Readings,
} from '../detector/detector.ts';
import { invalid } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { CALLS, FAILURES, FIRST, RUN, type WindowMemory, type WindowRecipe } from '../window/window.ts';
import { fitted } from './need.ts';
import { columnOf, type RuleDefinition, type Tally } from './rule.ts';

/**
 * Plans a rule judged over a window. Every rule passes through here, at creation and in `reconfigure`, so this is where
 * rule and window are compared.
 *
 * @throws {RangeError} if the rule needs more calls than the window can hold, and so could never open
 */
export function windowed(
  given: RuleDefinition,
  { window, evaluateOn }: Pick<DetectorSetting, 'window' | 'evaluateOn'>,
): DetectorPlan {
  if (window === undefined) {
    invalid('window', 'given, because this rule is judged over one', window, 'timeWindow(10_000)');
  }
  const rule = fitting(given, window);
  const { measure, slowerThan = Infinity } = rule;
  const timesCalls = (measure?.under ?? slowerThan) < Infinity || window.dated;
  // If window and measures are the same, a new rule can use the memory of the one before.
  const fits = `${window.id} ${measure?.id}`;
  return {
    clockReads: timesCalls ? 2 : window.timed ? 1 : 0,
    slowerThan,
    sums: measure === rule.slowCalls,
    anchored: window.anchored,
    start(at, before) {
      const kept = before instanceof Windowed && before.fits === fits ? before.memory : undefined;
      return new Windowed(rule, evaluateOn === 'any', kept ?? window.start(at, FIRST + (measure?.width ?? 0)), fits);
    },
  };
}

function fitting(
  rule: RuleDefinition,
  { id, capacity = Infinity, dated, forgetsAfter: length = Infinity }: WindowRecipe,
): RuleDefinition {
  // Only a window that dates calls by their beginning leaves out calls that began before it forgot.
  const forgetsAfter = dated ? length : Infinity;
  if (capacity === Infinity && forgetsAfter === Infinity) return rule;
  const cure = (calls: number): string => `use a window that holds ${calls}, such as countWindow(${calls})`;
  return fitted(rule, { asks: 'openWhen', name: `window ${id}`, capacity, forgetsAfter, cure });
}

class Windowed implements Detector, Tally {
  readonly memory: WindowMemory;

  /** Identifies what its memory remembers and sums. */
  readonly fits: string;

  readonly #rule: RuleDefinition;
  readonly #judgesSuccesses: boolean;

  constructor(rule: RuleDefinition, judgesSuccesses: boolean, memory: WindowMemory, fits: string) {
    this.memory = memory;
    this.fits = fits;
    this.#rule = rule;
    this.#judgesSuccesses = judgesSuccesses;
  }

  get calls(): number {
    return this.#sum(CALLS);
  }

  get failures(): number {
    return this.#sum(FAILURES);
  }

  get run(): number {
    return this.#sum(RUN);
  }

  /** A function without `this`, because rules destructure their tally. */
  get total(): Tally['total'] {
    return (measure, column = 0) => this.#sum(FIRST + columnOf(this.#rule, measure) + column) ?? 0;
  }

  #sum(column: number): number {
    return this.memory.sums[column] as number;
  }

  /** How many calls are still missing before the rule may be judged. */
  get #wanting(): number {
    return (this.#rule.minimumCalls ?? 1) - this.calls;
  }

  tell(failed: boolean, at: Instant, duration: Millis, kind: string | undefined): Verdict | undefined {
    const { memory } = this;
    const rule = this.#rule;
    memory.roll(at);
    if (at - duration < memory.from) return undefined;
    memory.count(at);
    memory.sums[RUN] = failed ? this.run + 1 : 0;
    if (failed) memory.add(FAILURES, 1);
    const notable = rule.measure?.add(memory, FIRST, failed, duration, kind) || failed || this.#judgesSuccesses;
    return notable && this.#wanting <= 0 ? rule.judge(this) : undefined;
  }

  /**
   * Until the bucket ends, quick successes cannot matter if the rule is not judged after them, or if they can only ease it
   * once it has its minimum of calls. The first success after a failure always matters, because it ends the run.
   */
  get lull(): number {
    if (this.run > 0) return 0;
    if (!this.#judgesSuccesses) return ENDLESS;
    if (!this.#rule.easedBySuccess) return 0;
    return this.#wanting > 0 ? this.#wanting - 1 : ENDLESS;
  }

  get lullUntil(): Instant {
    return this.memory.until;
  }

  get lullUnder(): Millis {
    return this.#rule.measure?.under ?? Infinity;
  }

  skip(successes: number): void {
    this.memory.skip(successes);
  }

  clear(at: Instant): void {
    this.memory.clear(at);
  }

  readings(at: Instant): Readings {
    this.memory.roll(at);
    const { calls, failures } = this;
    const { slowCalls } = this.#rule;
    const slow = slowCalls ? this.total(slowCalls) : 0;
    const rates = { failureRate: failures / calls, ...(slowCalls && { slowCallRate: slow / calls }) };
    return { calls, failures, slow, ...(calls > 0 && this.#wanting <= 0 && rates) };
  }
}
