import type { OptionChanges, ResolvedOptions } from '../contract/options.ts';
import { invalid, requireFunction, requireMillis, requireOneOf, requireOptions } from '../vocabulary/requirement.ts';

/** Lays options over others, such as the defaults. The one place where options are checked. */
export function resolveOptions(options: OptionChanges, base: object): ResolvedOptions {
  const resolved = {
    ...base,
    ...requireOptions('createBreaker', options, Object.keys(base), hintsForOthers),
  } as Writable<ResolvedOptions>;
  for (const option of ['classify', 'onError', 'vitals'] as const) {
    if (option in options && options[option] === undefined) resolved[option] = undefined;
  }
  const { name, openWhen, window, recover, clock, vitals, openFor } = resolved;
  if (typeof name !== 'string' || name === '') invalid('name', 'a string that is not empty', name, "name: 'payments'");
  const { build, judge, openWhen: spread } = Object(openWhen);
  // A value that fills several options is easily given for one of them instead of being spread.
  const instead = spread ? "createBreaker({ name: 'payments', ...adaptive() })" : judge && 'rule({ judge })';
  requireFunction('openWhen', build, 'a rule such as failureRate(0.5)', openWhen, instead);
  // Without a default, rules that are judged over a window ask for it themselves.
  if (window !== undefined) requireFunction('window', window?.start, 'a window such as timeWindow(10_000)', window);
  requireFunction('recover', recover?.build, 'a recovery such as probes({ permitted: 1 })', recover);
  requireFunction('openFor', openFor, 'a function', openFor, `fixed(${Number(openFor) > 0 ? openFor : '30_000'})`);
  if (clock !== undefined) requireFunction('clock', clock?.now, 'a clock with a method now', clock, 'performance');
  requireOneOf('evaluateOn', resolved.evaluateOn, ['failure', 'any']);
  requireMillis('permitTimeout', resolved.permitTimeout);
  if (vitals !== undefined) requireFunction('vitals', vitals?.start, 'vitals with a method start', vitals);
  for (const [option, example] of EXAMPLES) {
    if (resolved[option] !== undefined) {
      requireFunction(option, resolved[option], 'a function', resolved[option], example);
    }
  }
  return resolved;
}

const EXAMPLES = [
  ['random', 'Math.random'],
  ['classify', "(ending) => ('error' in ending ? 'failure' : undefined)"],
  ['onError', 'console.error'],
] as const;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Advice for option names of opossum, cockatiel and others. Made only when an option is refused. */
export function hintsForOthers(): Readonly<Record<string, string>> {
  const rate = 'Use openWhen: failureRate(0.5, { minimumCalls: 20 }).';
  const wait = 'Use openFor: fixed(30_000).';
  const window = 'Use window: timeWindow(10_000, { buckets: 10 }).';
  const recover = 'Use recover: probes({ permitted: 1, successes: 2 }).';
  return {
    breaker: 'Use openWhen: consecutiveFailures(5).',
    capacity: 'Use bulkhead({ concurrent: 10 }) of @switchgear/policies.',
    errorFilter: "Use classify: return 'ignored' for errors that are not the dependency's.",
    errorThresholdPercentage: rate,
    failureThreshold: 'Use openWhen: consecutiveFailures(5).',
    fallback: 'Use fallback(…) of @switchgear/policies.',
    halfOpenAfter: wait,
    initialState: 'Use restore(breaker, snapshot).',
    resetTimeout: wait,
    rollingCountBuckets: window,
    rollingCountTimeout: window,
    successThreshold: recover,
    threshold: rate,
    timeout: 'Use timeout(3_000) of @switchgear/policies.',
    volumeThreshold: rate,
  };
}
