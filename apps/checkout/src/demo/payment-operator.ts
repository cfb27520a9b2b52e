import type { Charge } from '../payments/ledger.ts';
import type { Mode } from '../payments/mode.ts';

/** Tells a payment service what to do, and asks it what it saw. */
export interface PaymentOperator {
  /** Resolves to when the service changed, in milliseconds since 1970. */
  setMode(mode: Mode): Promise<number>;
  calls(): Promise<Readonly<Record<Mode, number>>>;
  ledger(): Promise<readonly Charge[]>;
}

/** Speaks to the operators' side of a payment service. */
export function operatorOf(url: string): PaymentOperator {
  const ask = async <T>(path: string, method = 'GET'): Promise<T> => {
    const response = await fetch(`${url}${path}`, { method });
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`);
    return (await response.json()) as T;
  };
  return {
    setMode: async (mode) => (await ask<{ readonly at: number }>(`/mode/${mode}`, 'PUT')).at,
    calls: () => ask('/calls'),
    ledger: () => ask('/ledger'),
  };
}
