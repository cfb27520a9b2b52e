import { now } from '../process/now.ts';
import type { Event } from './acts.ts';
import type { Side } from './side.ts';

/** What a side goes through when something happens. Resolves to when it began there, in milliseconds since 1970. */
export const HAPPENINGS: Readonly<Record<Event, (side: Side) => Promise<number>>> = {
  steady: async () => now(),
  slow: ({ payments }) => payments.setMode('slow'),
  hang: ({ payments }) => payments.setMode('hang'),
  refuse: ({ payments }) => payments.setMode('refuse'),
  return: ({ payments }) => payments.setMode('healthy'),
  productsHang: ({ products }) => products.setMode('hang'),
  productsReturn: ({ products }) => products.setMode('healthy'),
  databaseDown: async ({ database }) => {
    const at = now();
    await database.kill?.();
    return at;
  },
  databaseBack: async ({ database }) => {
    await database.restart?.();
    return now();
  },
};
