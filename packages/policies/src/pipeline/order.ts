import type { Breaker } from '@switchgear/core';
import { isObject } from '@switchgear/core/adapter';
import type { Bulkhead } from '../bulkhead/bulkhead.ts';
import type { Fallback } from '../fallback/fallback.ts';
import type { DeadlinePolicy } from '../limits/deadline-policy.ts';
import type { Timeout } from '../limits/timeout.ts';
import type { Retry } from '../retry/retry.ts';

/** What a pipeline is made of, besides a fallback in front. */
export type Layer = Breaker | Timeout | Bulkhead | DeadlinePolicy | Retry;

/** The kinds of layers. */
export type LayerKind = 'fallback' | 'deadline' | 'retry' | 'bulkhead' | 'breaker' | 'timeout';

/** Any layer, including the fallback. */
export type AnyLayer = Layer | Fallback<unknown>;

/**
 * The recommended order, from the caller inwards. The fallback sees every error; the deadline bounds all waiting; each
 * attempt of a retry counts, and no slot is held between attempts; a call that waits for a slot asks the breaker only once it has
 * one; and the breaker counts what the time limit makes of the call.
 */
export const recommendedOrder: readonly LayerKind[] = [
  'fallback',
  'deadline',
  'retry',
  'bulkhead',
  'breaker',
  'timeout',
];

/** Says why a layer cannot work in its place, given the layers outside and inside it; nothing if it can. */
type Misplacement = (
  layer: AnyLayer,
  outside: readonly AnyLayer[],
  inside: readonly AnyLayer[],
) => string | false | undefined;

const misplacements: readonly Misplacement[] = [
  (layer) => kindOf(layer) === undefined && 'is neither a breaker nor a policy',
  (layer, outside) => outside.includes(layer) && 'is in it twice',
  (layer, outside) =>
    isA('fallback')(layer) &&
    outside.length > 0 &&
    "must be outermost; otherwise fallback answers count as the dependency's successes",
  (layer, outside) =>
    isA('deadline')(layer) &&
    outside.some((each) => !isA('fallback')(each)) &&
    'must be outside everything but the fallback; otherwise a layer around it may wait longer than the caller',
  (layer, outside) =>
    isA('retry')(layer) &&
    outside.some(isA('retry')) &&
    'is inside another retry, which retries for both; otherwise their attempts would multiply',
  (layer, outside) =>
    isA('retry')(layer) &&
    outside.some(isA('breaker')) &&
    'must be outside the breaker; otherwise all attempts count as one call, and an open circuit does not end them',
  (layer, outside) =>
    isA('retry')(layer) &&
    outside.some(isA('bulkhead')) &&
    'must be outside the bulkhead; otherwise a slot is held while it waits for the next attempt',
  (layer, outside) =>
    queues(layer) &&
    outside.some(isA('breaker')) &&
    "must be outside the breaker; otherwise waiting for a slot counts as the dependency's slowness",
  (layer, outside) =>
    queues(layer) &&
    outside.some(isA('timeout')) &&
    "must be outside the time limit; otherwise waiting for a slot counts as the dependency's timeout",
  (layer, outside, inside) =>
    isA('breaker')(layer) &&
    outside.some(isA('timeout')) &&
    !inside.some(isA('timeout')) &&
    'needs a time limit inside; with one only around it, it learns of a hanging call only when the work ends',
  (layer, _outside, inside) => isA('breaker')(layer) && outlived(layer as Breaker, inside),
  (layer, outside) =>
    isA('breaker')(layer) &&
    outside.some((each) => 'steps' in each && each.steps.some(({ asks }) => asks === layer)) &&
    'is also the breaker of an alternative in the fallback; the alternative needs one of its own',
];

const EXAMPLE = "pipeline(createBreaker({ name: 'orders' }), timeout(1_000))";

/**
 * Refuses an order in which a layer cannot do its work.
 *
 * @throws {TypeError} naming the layer, the reason, the given order and the recommended one
 */
export function requireOrder(layers: readonly AnyLayer[]): void {
  if (layers.length === 0) throw new TypeError(`Switchgear: pipeline has no layers; for example ${EXAMPLE}`);
  for (const [i, layer] of layers.entries()) {
    for (const misplaced of misplacements) {
      const wrong = misplaced(layer, layers.slice(0, i), layers.slice(i + 1));
      if (!wrong) continue;
      const given = layers.map(describe).join(' > ');
      throw new TypeError(
        `Switchgear: pipeline: ${describe(layer)} ${wrong}. Given: ${given}. ` +
          `Recommended: ${recommendedOrder.join(' > ')}; for example ${EXAMPLE}`,
      );
    }
  }
}

/** A breaker reclaims a probe's permit after `permitTimeout`, so a longer time limit inside it never applies to a probe. */
function outlived({ permitTimeout }: Breaker, inside: readonly AnyLayer[]): string | false {
  const limits = inside.filter(isA('timeout')).map((each) => (each as Timeout).limit);
  const limit = Math.min(...limits);
  return (
    limits.length > 0 &&
    limit > permitTimeout &&
    `reclaims the permit of a probe after ${permitTimeout} ms (permitTimeout), but the time limit inside is ${limit} ms: ` +
      `set permitTimeout to ${limit} or more, or shorten the time limit`
  );
}

function isA(kind: LayerKind): (layer: AnyLayer) => boolean {
  return (layer) => kindOf(layer) === kind;
}

function queues(layer: AnyLayer): boolean {
  return 'queue' in layer && layer.queue > 0;
}

/** The kind of a layer: a breaker is recognized by `acquire`, a policy by its `kind`; `undefined` for anything else. */
function kindOf(layer: unknown): LayerKind | undefined {
  const { acquire, kind, run } = Object(layer) as Partial<Record<'acquire' | 'kind' | 'run', unknown>>;
  if (typeof run !== 'function') return undefined;
  if (typeof acquire === 'function') return 'breaker';
  return kind !== 'breaker' && recommendedOrder.some((each) => each === kind) ? (kind as LayerKind) : undefined;
}

/** Whether a layer is a breaker: all policies have a `kind`. */
export function isBreaker(layer: AnyLayer): layer is Breaker {
  return !('kind' in layer);
}

/** A layer for people to read, such as `bulkhead "reports" (10 + 20)`; for anything else, what it is. */
export function describe(layer: AnyLayer): string {
  if (kindOf(layer) === undefined) {
    if (Array.isArray(layer)) return 'a list';
    if (!isObject(layer)) return String(layer);
    return typeof layer === 'function' ? 'a function' : 'an object';
  }
  if (isBreaker(layer)) return `breaker "${layer.name}"`;
  switch (layer.kind) {
    case 'fallback':
      return `fallback (${layer.steps.map(({ servedBy }) => servedBy).join(', ')})`;
    case 'retry':
      return `retry "${layer.name}" (${layer.attempts} attempts)`;
    case 'bulkhead':
      return `bulkhead "${layer.name}" (${layer.concurrent} + ${layer.queue})`;
    case 'timeout':
      return `timeout (${layer.limit} ms)`;
    case 'deadline':
      return 'deadline';
  }
}
