import { cached, degraded, fallback, memoryStore, type ServedBy, value } from '@switchgear/policies';
import { type AxiosInstance, isAxiosError } from 'axios';

/** What the shop knows of a product, and from whom. */
export interface ProductData {
  readonly name: string;

  /** The product service, lately; its last good answer, for want of another; or nobody, and the name is a plain one. */
  readonly servedBy: 'products' | 'copy' | 'plain';

  /** How old the answer is, in milliseconds; 0 if there is none. */
  readonly ageMs: number;
}

/** Describes a product, whatever the product service does. */
export type DescribeProduct = (id: string) => Promise<ProductData>;

/** Thrown when the product service says that there is no such product. */
export class UnknownProductError extends Error {
  override readonly name: string = 'UnknownProductError';
}

/** For how long an answer is good without another question, in milliseconds. Products seldom change their names. */
const FRESH = 5_000;

/** For how long it is good when there is no other, in milliseconds. */
const LONGEST_AGE = 3_600_000;

/** How many copies are kept. */
const COPIES = 1_000;

/**
 * Asks the product service every few seconds, and keeps its last good answers for when it gives none. A product without a copy is called by
 * its number: so it can still be ordered.
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

/** Asks for the name. @throws {UnknownProductError} as the answer that there is none, for which nothing stands in */
async function ask(http: AxiosInstance, id: string): Promise<string> {
  try {
    return (await http.get<{ readonly name: string }>(`/products/${encodeURIComponent(id)}`)).data.name;
  } catch (error) {
    if (!isAxiosError(error) || error.response?.status !== 404) throw error;
    throw new UnknownProductError(`No product ${id}`);
  }
}

/** What the shop has to know of a customer to take a payment. */
export interface CustomerData {
  /** Whether a payment may go to another provider than the usual one. */
  readonly allowsAlternative: boolean;
}

/** Looks a customer up, whatever the customer service does. */
export type FindCustomer = (id: string) => Promise<CustomerData>;

/** Asks the customer service. Of a customer it knows nothing of, or says nothing of, nothing is taken for allowed. */
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
