import type { AxiosInstance } from 'axios';
import { keyed } from './lines.ts';

/** Who takes the money. */
export type Provider = 'payments' | 'alternative';

/** Money a customer owes. */
export interface Payment {
  readonly order: string;
  readonly amountCents: number;

  /** The provider it belongs to: no other is sent anything about it. */
  readonly provider: Provider;

  /** Who owes it, and says whether it may go to the alternative provider. */
  readonly customer: string;
}

/**
 * Takes the money for an order. Rejects when that failed, or when nobody knows whether it did.
 *
 * @param key the same for every attempt, so that an attempt too many takes no money
 */
export type Charge = (payment: Payment, key: string) => Promise<void>;

/** Charges through a provider's line. Without idempotency keys an attempt too many takes the money twice. */
export function createCharge(line: AxiosInstance, idempotencyKeys: boolean): Charge {
  return async ({ order, amountCents }, key) => {
    await line.post('/charges', { order, amountCents }, idempotencyKeys ? keyed(key) : {});
  };
}
