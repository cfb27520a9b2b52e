import type { ResolvedOptions } from '../contract/options.ts';

/** All options, with the defaults of those that are not plugs. */
export function baseOptions(): object {
  return {
    name: undefined,
    openWhen: undefined,
    window: undefined,
    evaluateOn: 'failure',
    openFor: undefined,
    recover: undefined,
    permitTimeout: 30_000,
    random: Math.random,
    clock: undefined,
    classify: undefined,
    onError: undefined,
    vitals: undefined,
  } satisfies { readonly [Option in keyof ResolvedOptions]: ResolvedOptions[Option] | undefined };
}
