import type { ResolvedOptions } from '../contract/options.ts';
import type { DetectorPlan } from '../detector/detector.ts';
import { detectorOf } from '../detector/windowed.ts';
import type { Plan } from '../machine/event.ts';
import { equal, growingWait } from '../open-for/growing.ts';
import { byCount } from '../recover/decision.ts';
import type { Recover, RecoverRecipe } from '../recover/recover.ts';
import { stay } from '../recover/stay.ts';
import { failureShare } from '../rules/rates.ts';
import type { Rule } from '../rules/rule.ts';
import type { VitalsRecipe } from '../vitals/vitals.ts';
import { isAlike } from '../vocabulary/made.ts';
import { bucketWindow } from '../window/buckets.ts';

/** What a circuit goes by: its options, and what its plugs have made of them. Nothing in it changes, so circuits may share it. */
export interface Blueprint extends Plan {
  readonly options: ResolvedOptions;
  readonly detection: DetectorPlan;

  /** The vitals to keep, if anybody asks for them. */
  readonly vitals: VitalsRecipe | undefined;

  /** Whether the recovery was built of the breaker's own rule, too. */
  readonly readsRule: boolean;
}

/** The last blueprint made. Breakers are often made alike, by a registry above all, and then have but their own counters. */
let latest: Blueprint | undefined;

/**
 * What the plugs make of the options.
 *
 * @param before the blueprint that is changed: what its plugs have made stays as it is where they are alike
 */
export function blueprintOf(given: ResolvedOptions, before: Blueprint | undefined = latest): Blueprint {
  const names = Object.keys(given) as (keyof ResolvedOptions)[];
  const isTheSame = (name: keyof ResolvedOptions) => name === 'name' || isAlike(given[name], before?.options[name]);
  // Nothing is made where nothing has changed: registries make breakers by the thousand.
  if (before && names.every(isTheSame)) return before;
  const options = before ? takenOver(given, before.options) : given;
  const same = (...of: readonly (keyof ResolvedOptions)[]) =>
    of.every((name) => options[name] === before?.options[name]);
  const { openFor, openWhen } = options;
  const detects = same('openWhen', 'window', 'evaluateOn', 'permitTimeout');
  const detection = before && detects ? before.detection : detectorOf(openWhen, options);
  const recovers = same('recover', 'permitTimeout') && (same('openWhen') || before?.readsRule === false);
  const { recovery, readsRule } = before && recovers ? before : recoveryOf(options);
  const vitals = options.vitals ?? detection.vitals ?? openFor.vitals ?? recovery.vitals;
  latest = { options, openFor, recovery, detection, vitals, readsRule };
  return latest;
}

/** Options with the plugs from before where they are alike, so that they can be told by identity. */
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
      return 'judge' in openWhen ? openWhen : undefined;
    },
  };
  const recovery = recover.build(setting);
  return { recovery, readsRule };
}

/** `probes({ permitted: 1, successes: 2, failures: 1 })` */
const ONE_PROBE: RecoverRecipe = {
  build: ({ permitTimeout }) => stay(1, byCount(1, 2, 1), permitTimeout),
};

let madeDefaults: object | undefined;

/**
 * The one place where defaults are written: what a breaker is made of where its user does not say; all the options there
 * are. Made once, so that breakers share them.
 */
export function defaults(): object {
  madeDefaults ??= {
    name: undefined,
    openWhen: failureShare(0.5),
    window: bucketWindow(10_000, 10),
    evaluateOn: 'failure',
    openFor: growingWait(5_000, 60_000, 2, equal, 60_000),
    recover: ONE_PROBE,
    permitTimeout: 30_000,
    random: Math.random,
    clock: undefined,
    classify: undefined,
    onError: undefined,
    vitals: undefined,
  } satisfies { readonly [Option in keyof ResolvedOptions]: ResolvedOptions[Option] | undefined };
  return madeDefaults;
}
