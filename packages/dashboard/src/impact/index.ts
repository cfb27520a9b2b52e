export type { History } from '../history/history.ts';
export { observe } from '../history/observe.ts';
export type { FallbackCount, ObserveOptions } from '../history/options.ts';
export type { Figures } from './figure.ts';
export { type Figure, say, type Unit, type UnknownFigure } from './figure.ts';
export { type Impact, impact } from './impact.ts';
export type { PriceOptions } from './prices.ts';
