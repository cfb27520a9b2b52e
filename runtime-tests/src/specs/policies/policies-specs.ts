import type { Spec } from '../kit/spec.ts';
import { asyncContext } from './async-context.ts';
import { isolation } from './isolation.ts';
import { timeLimits } from './time-limits.ts';

/** What `@switchgear/policies` promises. */
export const policiesSpecs: readonly Spec[] = [...timeLimits, ...isolation, ...asyncContext];
