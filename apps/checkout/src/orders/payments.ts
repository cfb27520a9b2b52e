import axios, { type AxiosInstance } from 'axios';

/**
 * How long the shop waits for a charge, in milliseconds. A charge usually takes 60; on its worst days the service has been
 * seen to take 1300. Twice that is where waiting longer stops being likely to help.
 */
export const CHARGE_TIMEOUT = 2_500;

/** Money a customer owes. */
export interface Payment {
  readonly order: string;
  readonly amountCents: number;
}

/**
 * Takes the money for an order. Rejects when that failed, or when nobody knows whether it did.
 *
 * @param key the same for every attempt, so that an attempt too many takes no money
 */
export type Charge = (payment: Payment, key: string) => Promise<void>;

/** The shop's line to the payment service. */
export function createPaymentsClient(baseURL: string): AxiosInstance {
  return axios.create({ baseURL, timeout: CHARGE_TIMEOUT });
}

/** Charges through a client. Without idempotency keys an attempt too many takes the money twice. */
export function createCharge(client: AxiosInstance, idempotencyKeys: boolean): Charge {
  return async ({ order, amountCents }, key) => {
    const headers = idempotencyKeys ? { 'Idempotency-Key': key } : {};
    await client.post('/charges', { order, amountCents }, { headers });
  };
}
