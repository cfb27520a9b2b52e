export {
  type BreakerChoice,
  Bulkhead,
  CircuitBreaker,
  Fallback,
  type NamedBreaker,
  Retry,
  TimeLimiter,
} from './decorators.ts';
export { setDefaultRegistry } from './default-registry.ts';
export type { MethodContext, PolicyDecorator, PromisingMethod } from './method-decorator.ts';
