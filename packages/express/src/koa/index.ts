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
export {
  type CircuitBreakerOptions,
  type ClassifyKoa,
  circuitBreaker,
  type KoaBreakerChoice,
  type KoaEnding,
} from './circuit-breaker.ts';
export { circuitErrors, type OnKoaOpen } from './circuit-errors.ts';
