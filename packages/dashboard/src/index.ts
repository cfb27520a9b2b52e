export * from '@switchgear/core';
export * from './impact.ts';
export { dashboard } from './web/dashboard.ts';
export type { Allowed, Audit, DashboardOptions } from './web/options.ts';
export type { Order } from './wire/order.ts';
