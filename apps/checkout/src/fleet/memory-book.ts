import type { OrderStore, PlacedOrder } from '../orders/order-store.ts';
import type { Charge, Payment } from '../orders/pay.ts';
import type { Queues } from '../orders/queues.ts';

/** The order book of one process, and the payments that it still owes. */
export interface MemoryBook {
  readonly orders: OrderStore;
  readonly payments: Pick<Queues['payments'], 'attempt'>;

  /** Tries all payments that are owed, one after the other. Resolves to how many are left. */
  drain(): Promise<number>;
}

/** The shop's order book without a database: a fleet shows what breakers do together, and that needs none. */
export function createMemoryBook(charge: Charge): MemoryBook {
  const book = new Map<string, PlacedOrder>();
  const owed = new Map<string, Payment>();

  async function attempt(key: string, payment: Payment): Promise<void> {
    await charge(payment, key);
    owed.delete(key);
    const order = book.get(key);
    if (order) book.set(key, { ...order, paid: true });
  }

  return {
    orders: {
      async place(order) {
        const { reference, customer, amountCents } = order;
        if (book.has(reference)) return undefined;
        book.set(reference, { ...order, paid: false });
        const payload: Payment = { order: reference, amountCents, provider: 'payments', customer };
        return { key: reference, payload, attempt: 1, isFirst: true };
      },
      async queue({ reference, customer, amountCents }) {
        owed.set(reference, { order: reference, amountCents, provider: 'payments', customer });
        return true;
      },
      find: async (reference) => book.get(reference),
    },
    payments: {
      async attempt({ key, payload }) {
        try {
          await attempt(key, payload);
          return { delivered: true };
        } catch (error) {
          return { delivered: false, error, isPoison: false };
        }
      },
    },
    async drain() {
      for (const [key, payment] of [...owed]) {
        // What fails or is refused stays owed.
        await attempt(key, payment).catch(() => undefined);
      }
      return owed.size;
    },
  };
}
