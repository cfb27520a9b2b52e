import type { Breaker } from '@switchgear/core';
import { invalid, isObject, read } from '@switchgear/core/adapter';

/**
 * Requires an iterable of breakers. The message for a common mistake shows the correct form.
 *
 * @throws {TypeError} naming the option, the rule and the value
 */
export function requireBreakers(option: string, value: unknown): asserts value is Iterable<Breaker> {
  if (isBreaker(value)) invalidBreakers(option, 'a list of breakers: [breaker]', value);
  const isMany = isObject(value) && typeof read(value, Symbol.iterator) === 'function';
  if (!isMany) invalidBreakers(option, 'an iterable of breakers, such as a list or a registry', value);
  if (value instanceof Map) invalidBreakers(option, 'breakers, not names with breakers: map.values()', value);
}

/** One of them. @throws {TypeError} naming the option, the rule and the value */
export function requireBreaker(option: string, value: unknown): asserts value is Breaker {
  if (!isBreaker(value)) invalidBreakers(option, 'a breaker, as createBreaker returns it', value);
}

/** Whether a value has the members of a breaker that a dashboard reads. */
export function isBreaker(value: unknown): value is Breaker {
  const isNamed = isObject(value) && typeof read(value, 'name') === 'string';
  return isNamed && typeof read(value, 'metrics') === 'function' && typeof read(value, 'subscribe') === 'function';
}

function invalidBreakers(option: string, rule: string, value: unknown): never {
  throw new TypeError(`Switchgear: ${option} must be ${rule}, got ${show(value)}`);
}

/** Shows an object by its keys, which helps more than "an object". */
function show(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'function') return 'a function';
  if (!isObject(value)) return String(value);
  if (isBreaker(value)) return `the breaker "${value.name}"`;
  const names = Array.isArray(value) ? [] : Object.keys(value);
  if (names.length > 0) return `an object with ${names.slice(0, 5).join(', ')}`;
  return Array.isArray(value) ? 'a list' : value instanceof Map ? 'a Map' : '{}';
}

/** A string. */
export function requireString(option: string, value: unknown): void {
  if (typeof value !== 'string') invalid(option, 'a string', value);
}

/** A list of strings. */
export function requireStrings(option: string, value: unknown): void {
  if (!Array.isArray(value)) invalid(option, 'a list of strings', value);
  for (const [index, each] of value.entries()) requireString(`${option}[${index}]`, each);
}

/** True or false. */
export function requireBoolean(option: string, value: unknown): void {
  if (typeof value !== 'boolean') invalid(option, 'true or false', value);
}
