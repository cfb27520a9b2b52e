export { type CoarseClockOptions, coarseClock } from './coarse-clock.ts';
