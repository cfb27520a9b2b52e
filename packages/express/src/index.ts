export {
  adaptive,
  type Because,
  type Breaker,
  type BreakerEvent,
  type BreakerOptions,
  CircuitOpenError,
  createBreaker,
  createRegistry,
  type Ending,
  explain,
  findCircuitOpen,
  isCircuitOpen,
  type Metrics,
  type Mode,
  type Outcome,
  type Registry,
  type RegistryOptions,
  type Ruling,
  type State,
} from '@switchgear/core';
export { circuitBreaker } from './circuit-breaker.ts';
export { circuitErrors } from './circuit-errors.ts';
export type {
  CircuitBreakerOptions,
  ClassifyExpress,
  ExpressBreakerChoice,
  ExpressEnding,
  ThresholdOptions,
} from './options.ts';
export type { OnExpressOpen } from './refusal.ts';
export { routeOf } from './route-of.ts';
