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
  (layer, outside) =>
    isA('breaker')(layer) &&
    outside.some((each) => 'steps' in each && each.steps.some(({ asks }) => asks === layer)) &&
    'is also that of an alternative in the fallback, which needs one of its own',
];

/**
 * Refuses an order in which a layer cannot do what it is there for.
 *
 * @throws {TypeError} that names the layer, what is wrong, the order as given and the one we recommend
 */
export function requireOrder(layers: readonly AnyLayer[]): void {
  if (layers.length === 0) throw new TypeError('pipeline has no layers');
  for (const [i, layer] of layers.entries()) {
    for (const misplaced of misplacements) {
      const wrong = misplaced(layer, layers.slice(0, i), layers.slice(i + 1));
      if (!wrong) continue;
      const given = layers.map(nameOf).join(' > ');
      throw new TypeError(
        `pipeline: ${nameOf(layer)} ${wrong}. Given: ${given}. Recommended: ${recommendedOrder.join(' > ')}`,
      );
    }
  }
}

function isA(kind: LayerKind): (layer: AnyLayer) => boolean {
  return (layer) => kindOf(layer) === kind;
}

function queues(layer: AnyLayer): boolean {
  return 'queue' in layer && layer.queue > 0;
}

function nameOf(layer: AnyLayer): string {
  return kindOf(layer) === undefined ? String(layer) : describe(layer);
}
