import axios, { type AxiosInstance } from 'axios';

/**
 * Timeout of a charge, in milliseconds. A charge usually takes up to 60, and 1300 when the service is slow. Beyond twice that, waiting
 * longer is unlikely to help.
 */
export const CHARGE_TIMEOUT = 2_500;

/** Timeout of lookups that the shop can do without, while a customer waits, in milliseconds: thirty times the usual. */
export const LOOKUP_TIMEOUT = 300;

/** Timeout of background deliveries, in milliseconds. */
const PARCEL_TIMEOUT = 2_500;

/** The order service's HTTP client for each service it calls. */
export interface Clients {
  readonly payments: AxiosInstance;
  readonly alternative: AxiosInstance;
  readonly products: AxiosInstance;
  readonly customers: AxiosInstance;
  readonly shipping: AxiosInstance;
}

/**
 * Creates the clients.
 *
 * @param addressOf where a service listens
 * @param lookupTimeout timeout of product and customer lookups, in milliseconds
 */
export function createClients(
  addressOf: (service: keyof Clients) => string,
  lookupTimeout: number = LOOKUP_TIMEOUT,
): Clients {
  const http = (service: keyof Clients, timeout: number): AxiosInstance =>
    axios.create({ baseURL: addressOf(service), timeout, maxRedirects: 0 });
  return {
    payments: http('payments', CHARGE_TIMEOUT),
    alternative: http('alternative', CHARGE_TIMEOUT),
    products: http('products', lookupTimeout),
    customers: http('customers', lookupTimeout),
    shipping: http('shipping', PARCEL_TIMEOUT),
  };
}

/** The header that makes a repeated request recognisable. */
export function keyed(key: string): { readonly headers: { readonly 'Idempotency-Key': string } } {
  return { headers: { 'Idempotency-Key': key } };
}
