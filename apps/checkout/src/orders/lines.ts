import axios, { type AxiosInstance } from 'axios';

/**
 * How long the shop waits for a charge, in milliseconds. A charge usually takes 60; on its worst days the service has been
 * seen to take 1300. Twice that is where waiting longer stops being likely to help.
 */
export const CHARGE_TIMEOUT = 2_500;

/** How long it waits for what it can do without while a customer waits, in milliseconds: thirty times the usual. */
export const LOOKUP_TIMEOUT = 300;

/** How long it waits where nobody else does, in milliseconds. */
const PARCEL_TIMEOUT = 2_500;

/** The order service's line to each service it calls. */
export interface Lines {
  readonly payments: AxiosInstance;
  readonly alternative: AxiosInstance;
  readonly products: AxiosInstance;
  readonly customers: AxiosInstance;
  readonly shipping: AxiosInstance;
}

/**
 * Opens the lines.
 *
 * @param addressOf where a service listens
 * @param lookupTimeout how long a look may take, in milliseconds
 */
export function createLines(
  addressOf: (service: keyof Lines) => string,
  lookupTimeout: number = LOOKUP_TIMEOUT,
): Lines {
  const line = (service: keyof Lines, timeout: number): AxiosInstance =>
    axios.create({ baseURL: addressOf(service), timeout, maxRedirects: 0 });
  return {
    payments: line('payments', CHARGE_TIMEOUT),
    alternative: line('alternative', CHARGE_TIMEOUT),
    products: line('products', lookupTimeout),
    customers: line('customers', lookupTimeout),
    shipping: line('shipping', PARCEL_TIMEOUT),
  };
}

/** The header under which a service knows a request again. */
export function keyed(key: string): { readonly headers: { readonly 'Idempotency-Key': string } } {
  return { headers: { 'Idempotency-Key': key } };
}
