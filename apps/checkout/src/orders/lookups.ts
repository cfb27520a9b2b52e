import { cached, degraded, fallback, memoryStore, type ServedBy, value } from '@switchgear/policies';
import { type AxiosInstance, isAxiosError } from 'axios';

/** The name of a product, and where it came from. */
export interface ProductData {
  readonly name: string;

  /** `products`: a fresh answer of the product service; `copy`: its last good answer; `plain`: none, so the name is the product's number. */
  readonly servedBy: 'products' | 'copy' | 'plain';

  /** Age of the answer in milliseconds; 0 if there is none. */
  readonly ageMs: number;
}

/** Describes a product; it also resolves while the product service is down. */
export type DescribeProduct = (id: string) => Promise<ProductData>;

/** Thrown if the product service says that the product does not exist. */
export class UnknownProductError extends Error {
  override readonly name: string = 'UnknownProductError';
}

/** Milliseconds for which an answer is fresh. Product names seldom change. */
const FRESH = 5_000;

/** Milliseconds for which it may be used as a copy. */
const LONGEST_AGE = 3_600_000;

/** The maximum number of copies. */
const COPIES = 1_000;

/**
 * Asks the product service, and keeps its answers: fresh ones are reused, older ones serve as copies while it is down. Without a
 * copy the product's number is used as its name, so it can still be ordered.
 *
 * @param now milliseconds that never go back
 */
export function createProductData(http: AxiosInstance, now: () => number): DescribeProduct {
  const copies = memoryStore(COPIES);
  const plainly = degraded((_error, { key = '' }) => key);
  const describe = fallback([cached({ maxAge: LONGEST_AGE, store: copies, clock: { wall: now } }), plainly], {
    when: (error) => !(error instanceof UnknownProductError),
  });

  return async (id) => {
    const copy = await copies.get(id);
    const age = copy ? now() - copy.at : Number.POSITIVE_INFINITY;
    if (copy && age <= FRESH) return { name: String(copy.value), servedBy: 'products', ageMs: age };
    const { value, servedBy, age: ageMs } = await describe.run(() => ask(http, id), { key: id });
    return { name: value, servedBy: SERVED_BY[servedBy] ?? 'plain', ageMs };
  };
}

const SERVED_BY: Readonly<Partial<Record<ServedBy, ProductData['servedBy']>>> = { call: 'products', cached: 'copy' };

/** Requests the name. @throws {UnknownProductError} if the product does not exist; there is no fallback for that */
async function ask(http: AxiosInstance, id: string): Promise<string> {
  try {
    return (await http.get<{ readonly name: string }>(`/products/${encodeURIComponent(id)}`)).data.name;
  } catch (error) {
    if (!isAxiosError(error) || error.response?.status !== 404) throw error;
    throw new UnknownProductError(`No product ${id}`);
  }
}

/** What the shop needs to know about a customer to take a payment. */
export interface CustomerData {
  /** Whether a payment may go to the alternative provider. */
  readonly allowsAlternative: boolean;
}

/** Looks up a customer; it also resolves while the customer service is down. */
export type FindCustomer = (id: string) => Promise<CustomerData>;

/** Asks the customer service. Without an answer, the alternative provider counts as not allowed. */
export function createCustomerData(http: AxiosInstance): FindCustomer {
  const lookup = fallback([value({ allowsAlternative: false })]);
  return async (id) => {
    const { value: customer } = await lookup.run(async () => {
      const { data } = await http.get<CustomerData>(`/customers/${encodeURIComponent(id)}`);
      return { allowsAlternative: data.allowsAlternative === true };
    });
    return customer;
  };
}
