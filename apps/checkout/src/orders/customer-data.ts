import { fallback, value } from '@switchgear/policies';
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
  const lookup = fallback([value({ allowsAlternative: false })]);
  return async (id) => {
    const { value: customer } = await lookup.run(async () => {
      const { data } = await line.get<CustomerData>(`/customers/${encodeURIComponent(id)}`);
      return { allowsAlternative: data.allowsAlternative === true };
    });
    return customer;
  };
}
