import type { ResolvedOptions } from '../contract/options.ts';
import type { DetectorPlan } from '../detector/detector.ts';
import type { Plan } from '../machine/event.ts';
import type { Recover } from '../recover/recover.ts';
import type { Rule } from '../rules/rule.ts';
import type { VitalsRecipe } from '../vitals/vitals.ts';
import { isAlike } from '../vocabulary/made.ts';

/** The options of a circuit and what its plugs have made of them. Immutable, so circuits may share it. */
export interface Blueprint extends Plan {
  readonly options: ResolvedOptions;
  readonly detection: DetectorPlan;

  /** The vitals to keep, if a plug or the user asks for them. */
  readonly vitals: VitalsRecipe | undefined;

  /** Whether the recovery uses the breaker's own rule, and so must be built again with it. */
  readonly readsRule: boolean;
}

/** The last blueprint made. Breakers made alike, mostly by a registry, share it and differ only in their counters. */
let latest: Blueprint | undefined;

/**
 * Builds the parts that the plugs make from the options.
 *
 * @param before the previous blueprint: parts whose options are alike are taken over from it
 */
export function blueprintOf(given: ResolvedOptions, before: Blueprint | undefined = latest): Blueprint {
  const names = Object.keys(given) as (keyof ResolvedOptions)[];
  const isTheSame = (name: keyof ResolvedOptions) => name === 'name' || isAlike(given[name], before?.options[name]);
  // If nothing has changed nothing is built, because registries make thousands of breakers.
  if (before && names.every(isTheSame)) return before;
  const options = before ? takenOver(given, before.options) : given;
  const same = (...of: readonly (keyof ResolvedOptions)[]) =>
    of.every((name) => options[name] === before?.options[name]);
  const { openFor, openWhen } = options;
  const detects = same('openWhen', 'window', 'evaluateOn', 'permitTimeout');
  const detection = before && detects ? before.detection : openWhen.build(options);
  const recovers = same('recover', 'permitTimeout') && (same('openWhen') || before?.readsRule === false);
  const { recovery, readsRule } = before && recovers ? before : recoveryOf(options);
  const vitals = options.vitals ?? detection.vitals ?? openFor.vitals ?? recovery.vitals;
  latest = { options, openFor, recovery, detection, vitals, readsRule };
  return latest;
}

/** The options with the previous plugs in place of those that are alike, so that they can be compared by identity. */
function takenOver(options: ResolvedOptions, before: ResolvedOptions): ResolvedOptions {
  const entries = Object.entries(options) as [keyof ResolvedOptions, unknown][];
  const kept = entries.map(([name, value]) => [name, isAlike(value, before[name]) ? before[name] : value]);
  return Object.fromEntries(kept) as ResolvedOptions;
}

function recoveryOf({ openWhen, permitTimeout, recover }: ResolvedOptions): { recovery: Recover; readsRule: boolean } {
  let readsRule = false;
  const setting = {
    permitTimeout,
    get rule(): Rule | undefined {
      readsRule = true;
      return 'judge' in openWhen ? (openWhen as Rule) : undefined;
    },
  };
  const recovery = recover.build(setting);
  return { recovery, readsRule };
}
