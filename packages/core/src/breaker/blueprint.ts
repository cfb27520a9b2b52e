import { detectorOf } from '../detector/build.ts';
import type { DetectorPlan } from '../detector/detector.ts';
import type { Plan } from '../machine/transition.ts';
import type { VitalsRecipe } from '../vitals/vitals.ts';
import type { ResolvedOptions } from './options.ts';

/** What a circuit goes by: its options, and what its plugs have made of them. Nothing in it changes, so circuits may share it. */
export interface Blueprint extends Plan {
  readonly options: ResolvedOptions;
  readonly detection: DetectorPlan;

  /** The vitals to keep, if anybody asks for them. */
  readonly vitals: VitalsRecipe | undefined;
}

/** The last blueprint made. Breakers are often made alike, by a registry above all, and then have but their own counters. */
let latest: Blueprint | undefined;

/** What the plugs make of the options. */
export function blueprintOf(options: ResolvedOptions): Blueprint {
  if (latest && isAlike(options, latest.options)) return latest;
  const { openFor, openWhen, permitTimeout } = options;
  const rule = 'judge' in openWhen ? openWhen : undefined;
  const recovery = options.recover.build({ permitTimeout, rule });
  const detection = detectorOf(openWhen, options);
  const vitals = options.vitals ?? detection.vitals ?? openFor.vitals ?? recovery.vitals;
  latest = { options, openFor, recovery, detection, vitals };
  return latest;
}

/** Whether two breakers have the same options but for the name. */
function isAlike(one: ResolvedOptions, other: ResolvedOptions): boolean {
  const options = Object.keys(one) as (keyof ResolvedOptions)[];
  return options.every((option) => option === 'name' || one[option] === other[option]);
}
