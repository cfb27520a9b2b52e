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

/** The order service's http to each service it calls. */
export interface Clients {
  readonly payments: AxiosInstance;
  readonly alternative: AxiosInstance;
  readonly products: AxiosInstance;
  readonly customers: AxiosInstance;
  readonly shipping: AxiosInstance;
}

/**
 * Opens the clients.
 *
 * @param addressOf where a service listens
 * @param lookupTimeout how long a look may take, in milliseconds
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

/** The header under which a service knows a request again. */
export function keyed(key: string): { readonly headers: { readonly 'Idempotency-Key': string } } {
  return { headers: { 'Idempotency-Key': key } };
}
