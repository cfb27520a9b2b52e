import { equal, growingWait } from '../open-for/growing-wait.ts';
import { byCount } from '../recover/decision.ts';
import type { RecoverRecipe } from '../recover/recover.ts';
import { stay } from '../recover/stay.ts';
import { failureShare } from '../rules/failure-rate.ts';
import { bucketWindow } from '../window/buckets.ts';
import type { ResolvedOptions } from './options.ts';

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
