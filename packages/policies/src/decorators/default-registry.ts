import { type Breaker, createRegistry, type Registry } from '@switchgear/core';
import { requireMethod } from '../call/requirement.ts';

let registry: Pick<Registry, 'get'> | undefined;

/**
 * Sets the registry in which `@CircuitBreaker({ name })` looks its breaker up. Names are looked up at each call, so it may be set
 * after the classes were loaded, and replaced.
 *
 * @param given a registry, or anything with `get(name)`; by default, names get breakers with the default options
 * @throws {TypeError} if it has no `get`
 */
export function setDefaultRegistry(given: Pick<Registry, 'get'>): void {
  requireMethod('setDefaultRegistry', given, 'get', 'a registry', 'createRegistry({ options: (name) => ({ name }) })');
  registry = given;
}

/** The breaker of this name. */
export function breakerNamed(name: string): Breaker {
  registry ??= createRegistry({ options: (key) => ({ name: key }) });
  return registry.get(name);
}
