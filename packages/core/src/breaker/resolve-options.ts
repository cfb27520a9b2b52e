import { refuse, requireFunction, requireMillis, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';
import { defaults } from './defaults.ts';
import type { OptionChanges, ResolvedOptions } from './options.ts';

/** The one place where options are checked. Lays options over others, or over the defaults. */
export function resolveOptions(options: OptionChanges, base: object = defaults()): ResolvedOptions {
  const resolved = {
    ...base,
    ...requireOptions('createBreaker', options, Object.keys(base)),
  } as Writable<ResolvedOptions>;
  for (const option of ['classify', 'onError', 'vitals'] as const) {
    if (option in options && options[option] === undefined) resolved[option] = undefined;
  }
  const { name, openWhen, window, recover, clock, vitals } = resolved;
  if (typeof name !== 'string' || name === '') refuse('name', 'a string that is not empty', name);
  const { build, judge = build } = Object(openWhen);
  requireFunction('openWhen', judge, 'a rule such as failureRate(0.5)', openWhen);
  requireFunction('window', window?.start, 'a window such as timeWindow(10_000)', window);
  requireFunction('recover', recover?.build, 'a recovery such as probes({ permitted: 1 })', recover);
  if (clock !== undefined) requireFunction('clock', clock?.now, 'a clock with a function now', clock);
  requireOneOf('evaluateOn', resolved.evaluateOn, ['failure', 'any']);
  requireMillis('permitTimeout', resolved.permitTimeout);
  if (vitals !== undefined) requireFunction('vitals', vitals?.start, 'vitals with a function start', vitals);
  for (const option of ['openFor', 'random', 'classify', 'onError'] as const) {
    if (resolved[option] !== undefined) requireFunction(option, resolved[option]);
  }
  return resolved;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
