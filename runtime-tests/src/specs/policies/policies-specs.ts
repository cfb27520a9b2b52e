import type { Spec } from '../kit/spec.ts';
import { asyncContext } from './async-context.ts';
import { bulkheads } from './bulkheads.ts';
import { fallbacks } from './fallbacks.ts';
import { layers } from './layers.ts';
import { timeLimits } from './time-limits.ts';

/** What `@switchgear/policies` promises. */
export const policiesSpecs: readonly Spec[] = [...timeLimits, ...bulkheads, ...fallbacks, ...layers, ...asyncContext];
