export * from '@switchgear/core';
export { type CoarseClockOptions, coarseClock } from './coarse-clock.ts';
