import { adaptive } from '../adaptive/adaptive.ts';
import type { OptionChanges } from '../contract/options.ts';
import { equal, growingWait } from '../open-for/growing.ts';
import { byCount } from '../recover/decision.ts';
import type { RecoverRecipe } from '../recover/recover.ts';
import { stay } from '../recover/stay.ts';
import { failureShare } from '../rules/rates.ts';
import { bucketWindow } from '../window/buckets.ts';
import { baseOptions } from './base-options.ts';

/** `probes({ permitted: 1, successes: 2, failures: 1 })` */
const ONE_PROBE: RecoverRecipe = {
  build: ({ permitTimeout }) => stay(1, byCount(1, 2, 1), permitTimeout),
};

/** The options with their default plugs. Made once each, so that breakers share them. */
interface Defaults {
  /** For breakers without a rule of their own: adaptive mode. */
  readonly adaptive: object;

  /** For breakers that name a rule or a window: numbers for the rest, which the user then chooses too. */
  readonly classic: object;
}

let made: Defaults | undefined;

/** The defaults of all options, according to those that are given: the one place where default plugs are written. */
export function defaultsFor(options: OptionChanges): object {
  made ??= makeDefaults();
  const { openWhen, window, evaluateOn } = Object(options) as OptionChanges;
  return openWhen === undefined && window === undefined && evaluateOn === undefined ? made.adaptive : made.classic;
}

function makeDefaults(): Defaults {
  const classic = {
    ...baseOptions(),
    openWhen: failureShare(0.5),
    window: bucketWindow(10_000, 10),
    openFor: growingWait(5_000, 60_000, 2, equal, 60_000),
    recover: ONE_PROBE,
  };
  return { classic, adaptive: { ...classic, ...adaptive() } };
}
