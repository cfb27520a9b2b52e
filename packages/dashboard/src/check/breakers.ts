import type { Breaker } from '@switchgear/core';
import { isObject, read } from '@switchgear/core/adapter';

/**
 * Breakers in anything that can be iterated; what was given by mistake gets the form that works.
 *
 * @throws {TypeError} naming the option, the rule and the value
 */
export function requireBreakers(option: string, value: unknown): asserts value is Iterable<Breaker> {
  if (isBreaker(value)) refuse(option, 'a list of breakers: [breaker]', value);
  const isMany = isObject(value) && typeof read(value, Symbol.iterator) === 'function';
  if (!isMany) refuse(option, 'breakers: a list, a registry, anything that can be iterated', value);
  if (value instanceof Map) refuse(option, 'breakers, not names with breakers: map.values()', value);
}

/** One of them. @throws {TypeError} naming the option, the rule and the value */
export function requireBreaker(option: string, value: unknown): asserts value is Breaker {
  if (!isBreaker(value)) refuse(option, 'a breaker, as createBreaker returns it', value);
}

/** Whether something has what a dashboard reads of a breaker. */
export function isBreaker(value: unknown): value is Breaker {
  const isNamed = isObject(value) && typeof read(value, 'name') === 'string';
  return isNamed && typeof read(value, 'metrics') === 'function' && typeof read(value, 'subscribe') === 'function';
}

function refuse(option: string, rule: string, value: unknown): never {
  throw new TypeError(`Switchgear: ${option} must be ${rule}, got ${show(value)}`);
}

/** Objects by what is in them: `{}` says more than "an object" where a breaker was meant. */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (!isObject(value)) return String(value);
  if (isBreaker(value)) return `the breaker "${value.name}"`;
  const names = Array.isArray(value) ? [] : Object.keys(value);
  if (names.length > 0) return `an object with ${names.slice(0, 5).join(', ')}`;
  return Array.isArray(value) ? 'a list' : value instanceof Map ? 'a Map' : '{}';
}
