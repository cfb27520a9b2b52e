export type { AdapterUnderTest } from './adapter-under-test.ts';
export { countPermits, type PermitCount } from './count-permits.ts';
export { describeAdapter } from './describe-adapter.ts';
export { type FaultProxy, faultProxy } from './faults/fault-proxy.ts';
export { type Behaviour, type FaultServer, faultServer } from './faults/fault-server.ts';
export { freePort } from './faults/free-port.ts';
export type { WireFault } from './faults/wire-fault.ts';
export type { TestRunner } from './test-runner.ts';
export { OPEN_FOR, type WatchedBreaker, watchBreaker } from './watch-breaker.ts';
