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
export type { BreakerChoice, ProtectAxiosOptions } from './options.ts';
export { originOf, type RequestAddress } from './origin.ts';
export { type AxiosEnding, type ClassifyAxios, classifyAxios } from './outcome.ts';
export { type AxiosProtection, protectAxios } from './protect-axios.ts';
export { notCircuitOpen } from './refusal.ts';
