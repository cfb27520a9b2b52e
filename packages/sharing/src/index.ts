export {
  type Because,
  type Breaker,
  type BreakerOptions,
  CircuitOpenError,
  createBreaker,
  createRegistry,
  explain,
  findCircuitOpen,
  isCircuitOpen,
  type Mode,
  type Registry,
  type RegistryOptions,
  type State,
} from '@switchgear/core';
export { localBus } from './bus/local-bus.ts';
export type { Prober } from './circuit/prober.ts';
export { type Kept, keep } from './keep/keep.ts';
export type { Bus, Connection } from './ports/bus.ts';
export type { KeepStore } from './ports/keep-store.ts';
export type { Register, Swapped, Written } from './ports/register.ts';
export type { Scheduler } from './ports/scheduler.ts';
export { appointed } from './register/appointed.ts';
export { memoryRegister } from './register/memory-register.ts';
export type { Ground } from './report/report.ts';
export type { SharedReport, SharingEvent, SharingReport } from './share/events.ts';
export type { ShareOptions } from './share/options.ts';
export { share } from './share/share.ts';
export type { Sharing } from './share/sharing.ts';
