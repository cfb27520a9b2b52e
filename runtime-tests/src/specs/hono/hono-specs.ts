import type { Spec } from '../kit/spec.ts';
import { honoContext } from './async-context.ts';
import { honoBodies } from './bodies.ts';
import { honoMiddleware } from './middleware.ts';
import { honoProxy } from './proxy.ts';

/** What `@switchgear/hono` promises. */
export const honoSpecs: readonly Spec[] = [...honoMiddleware, ...honoBodies, ...honoProxy, ...honoContext];
