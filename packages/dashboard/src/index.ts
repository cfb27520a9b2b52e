export type { History } from './history/history.ts';
export { observe } from './history/observe.ts';
export type { FallbackCount, ObserveOptions } from './history/options.ts';
export type { Figures } from './impact/figure.ts';
export { type Figure, say, type Unit, type UnknownFigure } from './impact/figure.ts';
export { type Impact, impact } from './impact/impact.ts';
export type { PriceOptions } from './impact/prices.ts';
export { dashboard } from './web/dashboard.ts';
export type {
  Allowed,
  AllowedOrder,
  Audit,
  Authority,
  DashboardOptions,
  RefusedOrder,
  ShownBalancer,
  ShownSharing,
} from './web/options.ts';
export type { SharedCircuit, Together } from './wire/messages.ts';
export type { Order } from './wire/order.ts';
