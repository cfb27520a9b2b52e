import type { Breaker } from '@switchgear/core';
import { invalid, isObject, read } from '@switchgear/core/adapter';
import { type Bulkhead as BulkheadPolicy, bulkhead } from '../bulkhead/bulkhead.ts';
import type { BulkheadOptions } from '../bulkhead/options.ts';
import { type Fallback as FallbackChain, fallback } from '../fallback/fallback.ts';
import type { FallbackStep } from '../fallback/step.ts';
import { degraded } from '../fallback/steps.ts';
import { type Timeout, timeout } from '../limits/timeout.ts';
import type { Layer, LayerKind } from '../pipeline/order.ts';
import type { RetryOptions } from '../retry/options.ts';
import { type Retry as RetryPolicy, retry } from '../retry/retry.ts';
import type { DecoratedLayer, Method } from './composition.ts';
import { breakerNamed } from './default-registry.ts';
import { layerDecorator, type PolicyDecorator } from './method-decorator.ts';

/** A breaker by its name. */
export interface NamedBreaker {
  /** Its name in the registry that {@link setDefaultRegistry} has set. */
  readonly name: string;

  /**
   * The method that answers if this one failed or was refused. It is called with the same arguments, and the error after them.
   *
   * @default undefined the caller gets the error
   */
  readonly fallbackMethod?: string;
}

/** A breaker, its name, or a function that finds the breaker of one object; `undefined` lets the call through unprotected. */
export type BreakerChoice = Breaker | NamedBreaker | ((self: never) => Breaker | undefined);

/**
 * Puts a breaker around a method.
 *
 * @throws {TypeError} if it is given something else, or decorates anything but a method
 * @example
 * ```ts
 * class Payments { @CircuitBreaker({ name: 'payments' }) @Retry() async charge(order: Order) { return await post(order); } }
 * ```
 */
export function CircuitBreaker(breaker: BreakerChoice): PolicyDecorator {
  const decorator = 'CircuitBreaker';
  if (typeof read(breaker, 'acquire') === 'function') {
    return layerDecorator({ kind: 'breaker', decorator, layer: breaker as Breaker });
  }
  if (typeof breaker === 'function') {
    return layerDecorator({ kind: 'breaker', decorator, breakerOf: (self) => breaker(self as never) });
  }
  const { name, fallbackMethod } = Object(breaker) as NamedBreaker;
  if (typeof name !== 'string' || name === '') {
    invalid(
      '@CircuitBreaker',
      'given a name, a breaker or a function',
      breaker,
      "@CircuitBreaker({ name: 'payments' })",
    );
  }
  const layers: DecoratedLayer[] = [{ kind: 'breaker', decorator, breakerOf: () => breakerNamed(name) }];
  if (fallbackMethod !== undefined) layers.push(answeredBy(decorator, fallbackMethod));
  return layerDecorator(...layers);
}

/**
 * Retries a method, outside its breaker and its bulkhead: each attempt counts, and what they refuse is not made again.
 *
 * @param policy a retry, which may be shared, or the options of one for this method
 * @throws {TypeError | RangeError} if the options are invalid, or if it decorates anything but a method
 */
export function Retry(policy: RetryPolicy | RetryOptions = {}): PolicyDecorator {
  return around('Retry', 'retry', policy, retry);
}

/**
 * Limits the concurrent calls of a method, of all objects together.
 *
 * @param policy a bulkhead, which may be shared, or the options of one for this method
 * @throws {TypeError | RangeError} if the options are invalid, or if it decorates anything but a method
 */
export function Bulkhead(policy: BulkheadPolicy | BulkheadOptions): PolicyDecorator {
  return around('Bulkhead', 'bulkhead', policy, bulkhead);
}

/**
 * Limits how long a method may take; each attempt, if it is retried. If an argument of the method is an AbortSignal, the method
 * receives one that also aborts when its time is over.
 *
 * @param policy a time limit, which may be shared, or milliseconds
 * @throws {TypeError | RangeError} if the limit is invalid, or if it decorates anything but a method
 */
export function TimeLimiter(policy: Timeout | number): PolicyDecorator {
  return around('TimeLimiter', 'timeout', policy, timeout);
}

/**
 * Answers if a method failed or was refused.
 *
 * @param answer steps, asked in order; or the name of another method, or a function: it is called with the same `this` and
 *   arguments, and with the error after them
 * @throws {TypeError} if it is given something else, or decorates anything but a method
 */
export function Fallback(
  answer:
    | string
    | ((this: never, ...args: never[]) => unknown)
    | readonly FallbackStep<unknown>[]
    | FallbackChain<unknown>,
): PolicyDecorator {
  const decorator = 'Fallback';
  if (typeof answer === 'string' || typeof answer === 'function') return layerDecorator(answeredBy(decorator, answer));
  const chain = isOf('fallback', answer)
    ? (answer as FallbackChain<unknown>)
    : fallback(answer as FallbackStep<unknown>[]);
  return layerDecorator({ kind: 'fallback', decorator, fallbackOf: () => chain });
}

function around<Policy extends Layer, Given>(
  decorator: string,
  kind: LayerKind,
  given: Policy | Given,
  make: (options: Given) => Policy,
): PolicyDecorator {
  return layerDecorator({ kind, decorator, layer: isOf(kind, given) ? (given as Policy) : make(given as Given) });
}

function isOf(kind: LayerKind, given: unknown): boolean {
  return isObject(given) && read(given, 'kind') === kind && typeof read(given, 'run') === 'function';
}

/** The object is looked at when the call has failed, so that a subclass may replace the method that answers. */
function answeredBy(decorator: string, answer: string | Method | ((...args: never[]) => unknown)): DecoratedLayer {
  return {
    kind: 'fallback',
    decorator,
    fallbackOf: (self, args) =>
      fallback([
        degraded((error) => {
          const method = typeof answer === 'string' ? read(self, answer) : answer;
          if (typeof method !== 'function') return invalid(`@${decorator}`, 'given the name of a method', answer);
          return (method as Method).apply(self, [...args, error]);
        }),
      ]),
  };
}
