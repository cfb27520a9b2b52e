import type { Millis } from '@switchgear/core';

/** The longest wait that timers of all runtimes know: 24.8 days. They take a longer one for none at all. */
export const LONGEST_WAIT: Millis = 2_147_483_647;

/** How a refused value is shown: strings in quotes, so that `'5'` cannot be taken for `5`. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return Object(value) === value ? typeof value : String(value);
}

/** Refuses a value with the option's name, the rule it broke and the value itself. */
export function refuse(option: string, rule: string, value: unknown): never {
  const Refusal = typeof value === 'number' ? RangeError : TypeError;
  throw new Refusal(`${option} must be ${rule}, got ${show(value)}`);
}

/** A finite number of at least `least`. */
export function requireNumber(option: string, value: unknown, least: number): void {
  if (!(Number.isFinite(value) && (value as number) >= least)) refuse(option, `a number of at least ${least}`, value);
}

/** A whole number of at least `least`. */
export function requireWhole(option: string, value: unknown, least: number = 1): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= least))
    refuse(option, `a whole number of at least ${least}`, value);
}

/** A length of time that is longer than nothing and that a timer can wait for, in milliseconds. */
export function requireMillis(option: string, value: unknown): void {
  if (!((value as number) > 0 && (value as number) <= LONGEST_WAIT && typeof value === 'number'))
    refuse(option, `a number of milliseconds greater than 0 and at most ${LONGEST_WAIT}`, value);
}

/** More than nothing; it may be endless. */
export function requirePositive(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0)) refuse(option, 'a number greater than 0', value);
}

/** A share: more than none of the calls and at most all of them. */
export function requireShare(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value > 0 && value <= 1))
    refuse(option, 'a share greater than 0 and at most 1', value);
}

/** One of a few words. */
export function requireOneOf(option: string, value: unknown, words: readonly unknown[]): void {
  if (!words.includes(value)) refuse(option, `one of ${words.map(show).join(', ')}`, value);
}

/** A function. */
export function requireFunction(option: string, value: unknown, rule: string = 'a function'): void {
  if (typeof value !== 'function') refuse(option, rule, value);
}

/** An object with a method of that name: a breaker is known by `run`, a store by `get`. */
export function requireMethod(option: string, value: unknown, method: string, rule: string): void {
  if (typeof (Object(value) as Record<string, unknown>)[method] !== 'function') refuse(option, rule, value);
}

/**
 * An object with nothing in it but known options: a misspelt name must not be a silent default.
 *
 * @returns the options that say something: an explicit undefined is an option left out
 */
export function requireOptions<Options extends object>(of: string, value: Options, names: readonly string[]): Options {
  if (Object(value) !== value) refuse(of, 'an object', value);
  const given: Partial<Options> = {};
  for (const name of Object.keys(value) as (keyof Options & string)[]) {
    if (!names.includes(name)) throw new TypeError(`${of} has no option '${name}'; it takes ${names.join(', ')}`);
    if (value[name] !== undefined) given[name] = value[name];
  }
  return given as Options;
}
