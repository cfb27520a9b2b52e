export { type Instrumentation, instrumentBreakers } from './instrument-breakers.ts';
export type { ObservedBalancer } from './meter/endpoints.ts';
export type { BreakerSource, ObservedBreaker, ObservedRegistry } from './meter/observe.ts';
export type { ObservedSharing } from './meter/sharing.ts';
export type { InstrumentOptions } from './options.ts';
