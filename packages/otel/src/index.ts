export { type Instrumentation, instrumentBreakers } from './instrument-breakers.ts';
export type { InstrumentOptions } from './options.ts';
export type { BreakerSource, ObservedBreaker, ObservedRegistry } from './source/source.ts';
