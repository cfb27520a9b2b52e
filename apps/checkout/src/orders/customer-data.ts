import type { AxiosInstance } from 'axios';

/** What the shop has to know of a customer to take a payment. */
export interface CustomerData {
  /** Whether a payment may go to another provider than the usual one. */
  readonly allowsAlternative: boolean;
}

/** Looks a customer up, whatever the customer service does. */
export type FindCustomer = (id: string) => Promise<CustomerData>;

/** Asks the customer service. Of a customer it knows nothing of, or says nothing of, nothing is taken for allowed. */
export function createCustomerData(line: AxiosInstance): FindCustomer {
  return async (id) => {
    try {
      const { data } = await line.get<CustomerData>(`/customers/${encodeURIComponent(id)}`);
      return { allowsAlternative: data.allowsAlternative === true };
    } catch {
      return { allowsAlternative: false };
    }
  };
}
