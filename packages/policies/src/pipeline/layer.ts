import type { Breaker } from '@switchgear/core';
import type { Bulkhead } from '../bulkhead/bulkhead.ts';
import type { DeadlinePolicy } from '../deadline/deadline-policy.ts';
import type { Fallback } from '../fallback/fallback.ts';
import type { Timeout } from '../timeout/timeout.ts';

/** What a pipeline is made of, besides a fallback in front. */
export type Layer = Breaker | Timeout | Bulkhead | DeadlinePolicy;

/** What a layer does, for the order of layers. */
export type LayerKind = 'fallback' | 'deadline' | 'bulkhead' | 'breaker' | 'timeout';

/** Any layer, the fallback among them. */
export type AnyLayer = Layer | Fallback<unknown>;

/** A breaker is known by `acquire`, a policy says what it is; `undefined` for anything else. */
export function kindOf(layer: unknown): LayerKind | undefined {
  const { acquire, kind, run } = Object(layer) as Partial<Record<'acquire' | 'kind' | 'run', unknown>>;
  if (typeof run !== 'function') return undefined;
  if (typeof acquire === 'function') return 'breaker';
  return KINDS.includes(kind) ? (kind as LayerKind) : undefined;
}

const KINDS: readonly unknown[] = ['fallback', 'deadline', 'bulkhead', 'timeout'];

/** Whether a layer is a breaker: every policy says what it is. */
export function isBreaker(layer: AnyLayer): layer is Breaker {
  return !('kind' in layer);
}

/** A layer as a person reads it: `bulkhead "reports" (10 + 20)`. */
export function describe(layer: AnyLayer): string {
  if (isBreaker(layer)) return `breaker "${layer.name}"`;
  switch (layer.kind) {
    case 'fallback':
      return `fallback (${layer.steps.map(({ servedBy }) => servedBy).join(', ')})`;
    case 'bulkhead':
      return `bulkhead "${layer.name}" (${layer.concurrent} + ${layer.queue})`;
    case 'timeout':
      return `timeout (${layer.limit} ms)`;
    case 'deadline':
      return 'deadline';
  }
}
