import { roundedUp } from '../vocabulary/decimal.ts';
import type { Millis } from '../vocabulary/time.ts';
import type { Need, RuleDefinition } from './rule.ts';

/** The part of a window that says when it forgets everything. */
interface Forgetful {
  readonly id: string;
  readonly forgetsAfter?: Millis;
}

/** Holds the calls that a rule judges: a window or a sample. */
export interface Holder {
  /** The option that the rule was given to: `'openWhen'`. */
  readonly asks: string;

  /** Its name in messages: `'window countWindow(10)'`. */
  readonly name: string;

  /** The most calls that it holds. */
  readonly capacity: number;

  /** Milliseconds after which it forgets everything. A call that began before it forgot is left out. */
  readonly forgetsAfter?: Millis;

  /** How to hold this many calls; follows "or" in the message. */
  readonly cure: (calls: number) => string;
}

/**
 * The rule as it is judged over a holder: a default minimum is lowered to what the holder holds.
 *
 * @throws {RangeError} if the holder can never hold the calls that the rule needs, so that it could never open
 */
export function fitted(rule: RuleDefinition, holder: Holder): RuleDefinition {
  const { parts, composed } = rule;
  if (parts && composed) {
    const fitting = parts.map((part) => fitted(part, holder));
    return fitting.every((part, index) => part === parts[index]) ? rule : composed(fitting);
  }
  requireCounts(rule, holder);
  requireSlowCalls(rule, holder);
  const { minimumCalls = 1, minimumIsDefault } = rule;
  if (minimumCalls <= holder.capacity) return rule;
  if (minimumIsDefault) return { ...rule, minimumCalls: holder.capacity };
  return refuseNeed({ option: nameOf(rule, 'minimumCalls'), value: minimumCalls, perCall: 1 }, holder);
}

/**
 * Checks that a rule does not need more calls than a sample has. Its minimum of calls does not apply to a sample.
 *
 * @throws {RangeError} if it does, naming both options and their numbers
 */
export function requireSample(rule: RuleDefinition, holder: Holder): void {
  for (const part of rule.parts ?? []) requireSample(part, holder);
  requireCounts(rule, holder, true);
}

function requireCounts({ needs = [] }: RuleDefinition, holder: Holder, isSample: boolean = false): void {
  for (const need of needs) {
    if (callsOf(need) > holder.capacity && (isSample || !need.lasts)) refuseNeed(need, holder);
  }
}

/**
 * Checks that a rule need not hold for longer than its window remembers: each time the window forgets everything, a rule
 * that needs more than one call stops holding for a while.
 *
 * @throws {RangeError} if it would have to, naming both options and their numbers
 */
export function requireHeldFor(rule: RuleDefinition, ms: Millis, window: Forgetful): void {
  const { id, forgetsAfter = Infinity } = window;
  if (ms < forgetsAfter || !needsSeveral(rule)) return;
  throw new RangeError(
    `Switchgear: sustained is ${ms} ms, but window ${id} forgets everything after ${forgetsAfter} ms: set sustained to less than ${forgetsAfter}, or use timeWindow(${forgetsAfter})`,
  );
}

function needsSeveral({ parts, minimumCalls = 1, needs = [] }: RuleDefinition): boolean {
  if (parts) return parts.every(needsSeveral);
  return minimumCalls > 1 || needs.some((need) => callsOf(need) > 1);
}

/**
 * Checks that the window can contain slow calls. One that takes as long as the window began before it forgot, and is
 * left out.
 */
function requireSlowCalls({ slowerThan = 0, name = 'slowerThan' }: RuleDefinition, holder: Holder): void {
  const { asks, name: window, forgetsAfter = Infinity } = holder;
  if (slowerThan < forgetsAfter) return;
  throw new RangeError(
    `Switchgear: ${asks} ${name} counts calls of ${slowerThan} ms or longer, but ${window} leaves out calls of ${forgetsAfter} ms or longer: make the window longer than ${slowerThan} ms, or use timeWindow(${forgetsAfter})`,
  );
}

function callsOf({ value, perCall }: Need): number {
  return roundedUp(value / perCall);
}

/** An option with the name of its rule, if the rule has one. */
function nameOf({ name }: RuleDefinition, option: string): string {
  return name === undefined ? option : `${name} ${option}`;
}

function refuseNeed(need: Need, { asks, name, capacity, cure }: Holder): never {
  const { option, value, perCall } = need;
  const most = Math.floor(capacity * perCall);
  throw new RangeError(
    `Switchgear: ${asks} ${option} is ${value}, but ${name} holds ${capacity} calls: set ${option} to ${most} or less, or ${cure(callsOf(need))}`,
  );
}
