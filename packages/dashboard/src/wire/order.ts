import type { Millis, Mode } from '@switchgear/core';

/** An operator's order to a breaker. */
export type Order =
  | { readonly breaker: string; readonly order: 'mode'; readonly mode: Mode }
  | { readonly breaker: string; readonly order: 'trip'; readonly forMs?: Millis }
  | { readonly breaker: string; readonly order: 'half-open' | 'reset' };

const MODES: readonly unknown[] = ['active', 'isolated', 'disabled', 'shadow'];

/** Parses an order; `undefined` if it is not valid. */
export function parseOrder(from: unknown): Order | undefined {
  const { breaker, order, mode, forMs } = Object(from) as Readonly<Record<string, unknown>>;
  if (typeof breaker !== 'string') return undefined;
  switch (order) {
    case 'half-open':
    case 'reset':
      return { breaker, order };
    case 'mode':
      return MODES.includes(mode) ? { breaker, order, mode: mode as Mode } : undefined;
    case 'trip':
      if (forMs === undefined) return { breaker, order };
      return Number.isFinite(forMs) && (forMs as number) >= 0 ? { breaker, order, forMs: forMs as number } : undefined;
    default:
      return undefined;
  }
}

/** Describes an order in a few words. */
export function describeOrder(order: Order): string {
  switch (order.order) {
    case 'mode':
      return `set mode to ${order.mode}`;
    case 'trip':
      return order.forMs === undefined ? 'trip' : `trip for ${order.forMs / 1_000} s`;
    case 'half-open':
      return 'move to half-open';
    case 'reset':
      return 'reset';
  }
}
