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
export { circuitBreakers } from './circuit-breakers.ts';
export { circuitErrors } from './circuit-errors.ts';
export type {
  CircuitBreakersOptions,
  ClassifyFastify,
  FastifyBreakerChoice,
  FastifyEnding,
  RouteBreaker,
} from './options.ts';
export type { OnFastifyOpen } from './refusal.ts';
