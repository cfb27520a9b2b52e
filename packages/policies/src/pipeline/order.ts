import type { Breaker } from '@switchgear/core';
import { isObject } from '@switchgear/core/adapter';
import type { Timeout } from '../timeout/timeout.ts';
import { type AnyLayer, describe, kindOf, type LayerKind } from './layer.ts';

/**
 * The order we recommend, from the caller inwards. The fallback sees every error; the deadline bounds all that waits; who has
 * to wait for a slot asks the circuit only when there is one; and the breaker sees what the time limit made of the call.
 */
export const recommendedOrder: readonly LayerKind[] = ['fallback', 'deadline', 'bulkhead', 'breaker', 'timeout'];

/**
 * A way to stand that a layer cannot do its work in: says what is wrong, given what stands outside and inside of it; nothing
 * if it may stand there.
 */
type Misplacement = (
  layer: AnyLayer,
  outside: readonly AnyLayer[],
  inside: readonly AnyLayer[],
) => string | false | undefined;

const misplacements: readonly Misplacement[] = [
  (layer) => kindOf(layer) === undefined && 'is neither a breaker nor a policy',
  (layer, outside) => outside.includes(layer) && 'stands there twice',
  (layer, outside) =>
    isA('fallback')(layer) &&
    outside.length > 0 &&
    'must be outermost: what stands around it takes its answers for those of the dependency',
  (layer, outside) =>
    isA('deadline')(layer) &&
    outside.some((each) => !isA('fallback')(each)) &&
    'must stand around everything but the fallback: what stands around it may wait longer than the caller',
  (layer, outside) =>
    queues(layer) &&
    outside.some(isA('breaker')) &&
    'must stand around the breaker: waiting for a slot would count as the slowness of the dependency',
  (layer, outside) =>
    queues(layer) &&
    outside.some(isA('timeout')) &&
    'must stand around the time limit: waiting for a slot would count as no answer of the dependency',
  (layer, outside, inside) =>
    isA('breaker')(layer) &&
    outside.some(isA('timeout')) &&
    !inside.some(isA('timeout')) &&
    'needs a time limit inside: from one around it alone, it would learn of a hang only when the work ends',
  (layer, _outside, inside) => isA('breaker')(layer) && outlived(layer as Breaker, inside),
  (layer, outside) =>
    isA('breaker')(layer) &&
    outside.some((each) => 'steps' in each && each.steps.some(({ asks }) => asks === layer)) &&
    'is also that of an alternative in the fallback, which needs one of its own',
];

const EXAMPLE = "pipeline(createBreaker({ name: 'orders' }), timeout(1_000))";

/**
 * Refuses an order in which a layer cannot do what it is there for.
 *
 * @throws {TypeError} that names the layer, what is wrong, the order as given and the one we recommend
 */
export function requireOrder(layers: readonly AnyLayer[]): void {
  if (layers.length === 0) throw new TypeError(`Switchgear: pipeline has no layers; for example ${EXAMPLE}`);
  for (const [i, layer] of layers.entries()) {
    for (const misplaced of misplacements) {
      const wrong = misplaced(layer, layers.slice(0, i), layers.slice(i + 1));
      if (!wrong) continue;
      const given = layers.map(nameOf).join(' > ');
      throw new TypeError(
        `Switchgear: pipeline: ${nameOf(layer)} ${wrong}. Given: ${given}. ` +
          `Recommended: ${recommendedOrder.join(' > ')}; for example ${EXAMPLE}`,
      );
    }
  }
}

/** The tightest time limit inside is what a probe may take; a longer one of the breaker's own is never reached. */
function outlived({ permitTimeout }: Breaker, inside: readonly AnyLayer[]): string | false {
  const limits = inside.filter(isA('timeout')).map((each) => (each as Timeout).limit);
  const limit = Math.min(...limits);
  return (
    limits.length > 0 &&
    limit > permitTimeout &&
    `gives a probe up for lost after ${permitTimeout} ms (permitTimeout), and the time limit inside lets it take ${limit} ms: ` +
      `make the breaker with permitTimeout: ${limit} or more, or the time limit shorter`
  );
}

function isA(kind: LayerKind): (layer: AnyLayer) => boolean {
  return (layer) => kindOf(layer) === kind;
}

function queues(layer: AnyLayer): boolean {
  return 'queue' in layer && layer.queue > 0;
}

function nameOf(layer: AnyLayer): string {
  if (kindOf(layer) !== undefined) return describe(layer);
  if (Array.isArray(layer)) return 'a list';
  if (!isObject(layer)) return String(layer);
  return typeof layer === 'function' ? 'a function' : 'an object';
}
