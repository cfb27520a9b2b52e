export type { Breakers, History } from './history/history.ts';
export { observe } from './history/observe.ts';
export type { FallbackCount, ObserveOptions } from './history/options.ts';
export { type Figure, say, type Unit, type UnknownFigure } from './impact/figure.ts';
export { type Impact, impact } from './impact/impact.ts';
export type { Figures } from './impact/parts.ts';
export type { PriceOptions } from './impact/prices.ts';
