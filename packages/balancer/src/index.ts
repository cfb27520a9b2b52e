export {
  type Breaker,
  type BreakerEvent,
  CircuitOpenError,
  createBreaker,
  explain,
  findCircuitOpen,
  isCircuitOpen,
  type KeyedOptions,
  type Permit,
  type Route,
  type RouteRequest,
  type Router,
} from '@switchgear/core';
export { createBalancer } from './balancer/create-balancer.ts';
export type { BalancerOptions } from './balancer/options.ts';
export { type OutlierOptions, type Outliers, outliers } from './balancer/outliers.ts';
export type { Balancer, RunOptions } from './contract/balancer.ts';
export type { Endpoint, EndpointRow } from './contract/endpoint.ts';
export { byKey } from './pick/by-key.ts';
export { leastCost } from './pick/least-cost.ts';
export type { Candidate, Pick, Picker } from './pick/pick.ts';
export { roundRobin } from './pick/round-robin.ts';
