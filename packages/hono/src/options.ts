import type { Breaker, Router } from '@switchgear/core';
import { chosenBreaker, invalid, requireOptions } from '@switchgear/core/adapter';
import type { Context } from 'hono';

/** One breaker for all requests, or a function that picks one for each; `undefined` lets a request through unprotected. */
export type HonoBreakerChoice = Breaker | ((c: Context) => Breaker | undefined);

/**
 * The breaker of a request.
 *
 * @throws what the function throws; {@link TypeError} for anything but a breaker or `undefined`
 */
export function breakerOf(choice: HonoBreakerChoice, c: Context): Breaker | undefined {
  return typeof choice === 'function' ? chosenBreaker('what breaker picks', choice(c)) : choice;
}

type Check = readonly [rule: string, holds: (value: unknown) => boolean];

const isFunction = (value: unknown): boolean => typeof value === 'function';

/** The rule of each option of this package, by the option's name. */
const CHECKS: Readonly<Record<string, Check>> = {
  breaker: [
    'a breaker or a function that picks one for a request',
    (value) => isFunction(value) || isFunction((Object(value) as Partial<Breaker>).acquire),
  ],
  classify: ['a function', isFunction],
  onError: ['a function', isFunction],
  onOpen: [
    "'respond', 'throw' or a function",
    (value) => value === 'respond' || value === 'throw' || isFunction(value),
  ],
  countHandledErrors: ['true or false', (value) => typeof value === 'boolean'],
  details: ['true or false', (value) => typeof value === 'boolean'],
  needs: ['a function', isFunction],
  breakers: [
    'a list of breakers, or a registry',
    (value) => isFunction((Object(value) as Partial<Iterable<unknown>>)[Symbol.iterator]),
  ],
  bufferBody: ['a whole number of bytes, 0 or more', (value) => Number.isSafeInteger(value) && Number(value) >= 0],
  forwarded: ["'drop', 'pass' or a function", (value) => value === 'drop' || value === 'pass' || isFunction(value)],
  to: ['an absolute http address or a function that returns one', (value) => isFunction(value) || isAddress(value)],
  forward: ['a function', isFunction],
  trust: [
    "'all' or a list of origins",
    (value) => value === 'all' || (Array.isArray(value) && value.every((origin) => isAddress(origin))),
  ],
  route: [
    'a router, such as createBalancer() returns',
    (value) => isFunction((Object(value) as Partial<Router>).route),
  ],
  attempts: [
    'a whole number of at least 1 or a function',
    (value) => isFunction(value) || (Number.isSafeInteger(value) && Number(value) >= 1),
  ],
};

/**
 * Checks options: their names, and what each must be.
 *
 * @param of the function they are options of
 * @param names its options
 * @param required those that cannot be left out; by default the first
 */
export function checked<Options extends object>(
  of: string,
  options: Options,
  names: readonly (keyof Options & string)[],
  required: readonly (keyof Options & string)[] = names.slice(0, 1),
): Options {
  const given = requireOptions(of, options, names);
  for (const name of names) {
    const [rule, holds] = CHECKS[name] as Check;
    const value: unknown = given[name];
    if ((value !== undefined || required.includes(name)) && !holds(value)) invalid(name, rule, value);
  }
  return given;
}

function isAddress(value: unknown): boolean {
  try {
    return /^https?:$/.test(new URL(value as string).protocol);
  } catch {
    return false;
  }
}
