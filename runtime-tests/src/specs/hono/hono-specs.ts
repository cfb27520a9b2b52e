import type { Spec } from '../spec.ts';
import { honoMiddleware } from './middleware.ts';
import { honoProxy } from './proxy.ts';

/** What `@switchgear/hono` promises. */
export const honoSpecs: readonly Spec[] = [...honoMiddleware, ...honoProxy];
