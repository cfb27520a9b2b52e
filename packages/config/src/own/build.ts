import {
  adaptive,
  type Classify,
  countWindow,
  database,
  exponential,
  externalApi,
  fixed,
  isCircuitOpen,
  type KeyedOptions,
  linear,
  microservice,
  type OpenFor,
  type ProbesOptions,
  payments,
  probes,
  type RecoverRecipe,
  type Rule,
  ramp,
  realtime,
  selfClocked,
  squareRoot,
  timeWindow,
  tumblingWindow,
  type WindowRecipe,
} from '@switchgear/core';
import { buildRule } from './build-rule.ts';
import type { BreakerData, ErrorsData, OpenForData, RecoverData, WindowData } from './data.ts';

/** The presets by name, each read only when it is asked for. */
const presets: Readonly<Record<string, () => KeyedOptions>> = {
  microservice: () => microservice,
  database: () => database,
  externalApi: () => externalApi,
  payments: () => payments,
  realtime: () => realtime,
};

/**
 * Makes the options of a breaker from what a file says, without what it leaves out.
 *
 * @throws {RangeError | TypeError} what core throws, if numbers do not go together
 */
export function buildOptions(data: BreakerData): KeyedOptions {
  const { preset, openWhen, window, evaluateOn, openFor, recover, permitTimeout, errors } = data;
  const { openWhen: rule, window: over, openFor: wait, recover: comeback } = (preset && presets[preset]?.()) || {};
  return {
    ...(preset && { openWhen: rule, window: over, openFor: wait, recover: comeback }),
    ...(data.adaptive && adaptive(data.adaptive === true ? {} : data.adaptive)),
    ...(openWhen && { openWhen: buildRule(openWhen) }),
    ...(window && { window: buildWindow(window) }),
    ...(evaluateOn && { evaluateOn }),
    ...(openFor && { openFor: buildOpenFor(openFor) }),
    ...(recover && { recover: buildRecover(recover) }),
    ...(permitTimeout !== undefined && { permitTimeout }),
    ...(errors && { classify: classifyBy(errors) }),
  } as KeyedOptions;
}

/**
 * The same with every default filled in, so that a setting that a file no longer names goes back to its default. The
 * defaults are those of `createBreaker`.
 */
export function buildWhole(data: BreakerData): KeyedOptions {
  const given = buildOptions(data);
  const classic = (given.openWhen ?? given.window ?? given.evaluateOn) !== undefined;
  const defaults = classic
    ? {
        openWhen: buildRule({ failureRate: 0.5 }),
        openFor: exponential(5_000, { max: 60_000 }),
        recover: probes({ permitted: 1, successes: 2, failures: 1 }),
      }
    : adaptive();
  const whole = { ...defaults, window: timeWindow(10_000), evaluateOn: 'failure', permitTimeout: 30_000, ...given };
  return whole as KeyedOptions;
}

function buildWindow({ time, count, tumbling, ...options }: WindowData): WindowRecipe {
  if (count !== undefined) return countWindow(count);
  return tumbling === undefined ? timeWindow(time as number, options) : tumblingWindow(tumbling);
}

function buildOpenFor(data: OpenForData): OpenFor {
  const { fixed: same, exponential: first, linear: step, squareRoot: root, randomized, ...options } = data;
  if (root !== undefined) return squareRoot({ ...options, ...(root === true ? {} : root) } as object);
  if (step !== undefined) return linear(step, options as object);
  const wait = first === undefined ? fixed(same as number, options as object) : exponential(first, options as object);
  return randomized === undefined ? wait : spreadBy(randomized, wait);
}

/** The same wait, longer or shorter by up to a share of it at random. */
function spreadBy(share: number, wait: OpenFor): OpenFor {
  const spread = (opening: Parameters<OpenFor>[0]) => wait(opening) * (1 + share * (2 * opening.luck - 1));
  const { forgetAfter, retryAfterMax, retryAfterOfIgnored } = wait;
  return Object.assign(spread, {
    ...(forgetAfter !== undefined && { forgetAfter }),
    ...(retryAfterMax !== undefined && { retryAfterMax }),
    ...(retryAfterOfIgnored !== undefined && { retryAfterOfIgnored }),
  });
}

function buildRecover({
  probes: permitted,
  ramp: shares,
  judge,
  selfClocked: _own,
  ...options
}: RecoverData): RecoverRecipe {
  if (shares) return ramp(shares, options as object);
  if (permitted === undefined) return selfClocked();
  const rule = judge && { judge: buildRule(judge) as Rule };
  return probes({ permitted, ...options, ...rule } as ProbesOptions);
}

/** Classifies by an error's name or code, also along its causes. */
function classifyBy({ ignored = [], failures }: ErrorsData): Classify {
  return (ending) => {
    // The refusal of a breaker further down is ignored by itself.
    if (!('error' in ending) || isCircuitOpen(ending.error)) return undefined;
    const names = namesOf(ending.error);
    if (names.some((name) => ignored.includes(name))) return 'ignored';
    if (failures && !names.some((name) => failures.includes(name))) return 'success';
    return undefined;
  };
}

function namesOf(error: unknown): readonly string[] {
  const names: string[] = [];
  for (let link = Object(error) as Record<string, unknown>, depth = 0; depth < 8; depth++) {
    names.push(...[link['name'], link['code']].filter((each) => typeof each === 'string'));
    if (Object(link['cause']) !== link['cause']) break;
    link = link['cause'] as Record<string, unknown>;
  }
  return names;
}
