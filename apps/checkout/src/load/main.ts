/**
 * The customers of one shop, as a process. It waits for `{ beginning }` from its parent, then reports each order as it is
 * answered, and at the end that there are no more.
 *
 * Environment: SHOP_URL, PER_SECOND, LASTING (ms), SEED.
 */
import { numeric, required } from '../process/environment.ts';
import { endWithParent, tellParent } from '../process/parent.ts';
import type { OrderRecord } from './answer.ts';
import { placeOrder } from './customer.ts';
import { runOpenLoop } from './open-loop.ts';
import { createSchedule } from './schedule.ts';

endWithParent();
const shop = required('SHOP_URL');
const arrivals = createSchedule({
  seed: numeric('SEED', 1),
  perSecond: numeric('PER_SECOND', 30),
  lasting: numeric('LASTING', 10_000),
});

process.once('message', async ({ beginning }: { readonly beginning: number }) => {
  const report = (record: OrderRecord) => tellParent({ type: 'order', record });
  await runOpenLoop(arrivals, beginning, (arrival) => placeOrder(shop, arrival), report);
  tellParent({ type: 'end' });
});
tellParent({ type: 'ready', offered: arrivals.length });
