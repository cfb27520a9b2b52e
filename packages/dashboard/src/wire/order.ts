import type { Millis, Mode } from '@switchgear/core';

/** What an operator wants of a breaker. */
export type Order =
  | { readonly breaker: string; readonly order: 'mode'; readonly mode: Mode }
  | { readonly breaker: string; readonly order: 'trip'; readonly forMs?: Millis }
  | { readonly breaker: string; readonly order: 'half-open' | 'reset' };

const MODES: readonly unknown[] = ['active', 'isolated', 'disabled', 'shadow'];

/** What came over the wire, if it is an order. */
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

/** An order in words. */
export function sayOrder(order: Order): string {
  switch (order.order) {
    case 'mode':
      return `set to ${order.mode}`;
    case 'trip':
      return order.forMs === undefined ? 'open' : `open for ${order.forMs / 1_000} s`;
    case 'half-open':
      return 'go half-open';
    case 'reset':
      return 'reset';
  }
}
