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
 * its number: nobody is kept from buying it.
 *
 * @param now milliseconds that never go back
 */
export function createProductData(line: AxiosInstance, now: () => number): DescribeProduct {
  const copies = new Map<string, { readonly name: string; readonly at: number }>();

  async function ask(id: string): Promise<ProductData> {
    const { data } = await line.get<{ readonly name: string }>(`/products/${encodeURIComponent(id)}`);
    copies.delete(id);
    copies.set(id, { name: data.name, at: now() });
    if (copies.size > COPIES) copies.delete(copies.keys().next().value!);
    return { name: data.name, servedBy: 'products', ageMs: 0 };
  }

  function copyOf(id: string, servedBy: ProductData['servedBy'], longestAge: number): ProductData | undefined {
    const copy = copies.get(id);
    const ageMs = copy ? now() - copy.at : 0;
    return copy && ageMs <= longestAge ? { name: copy.name, servedBy, ageMs } : undefined;
  }

  return async (id) => {
    try {
      return copyOf(id, 'products', FRESH) ?? (await ask(id));
    } catch (error) {
      if (isAxiosError(error) && error.response?.status === 404) throw new UnknownProductError(`No product ${id}`);
      return copyOf(id, 'copy', LONGEST_AGE) ?? { name: id, servedBy: 'plain', ageMs: 0 };
    }
  };
}
