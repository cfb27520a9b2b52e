export type { AdapterUnderTest } from './adapter-under-test.ts';
export { countPermits, type PermitCount } from './count-permits.ts';
export { describeAdapter } from './describe-adapter.ts';
export { type FaultProxy, faultProxy } from './faults/fault-proxy.ts';
export { type Behaviour, type FaultServer, faultServer } from './faults/fault-server.ts';
export type { WireFault } from './faults/wire-fault.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres/index.ts';
export { freePort } from './programs/free-port.ts';
export { OPEN_FOR, type WatchedBreaker, watchBreaker } from './watch-breaker.ts';
