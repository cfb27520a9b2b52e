/**
 * The customers of one shop, as a process. It waits for `{ beginning }` from its parent, then reports each order as it is
 * answered, and at the end that there are no more.
 *
 * Environment: SHOP_URL, PER_SECOND, DURATION (ms; 0: for ever), SEED.
 */
import { endWithParent, numeric, required, tellParent } from '../process/environment.ts';
import { type OrderRecord, placeOrder } from './customer.ts';
import { runOpenLoop } from './open-loop.ts';
import { arrivals, createSchedule } from './schedule.ts';

endWithParent();
const shop = required('SHOP_URL');
const who = { seed: numeric('SEED', 1), perSecond: numeric('PER_SECOND', 30) };
const duration = numeric('DURATION', 10_000);
const schedule = duration === 0 ? undefined : createSchedule({ ...who, duration });

process.once('message', async ({ beginning }: { readonly beginning: number }) => {
  const report = (record: OrderRecord) => tellParent({ type: 'order', record });
  await runOpenLoop(schedule ?? arrivals(who), beginning, (arrival) => placeOrder(shop, arrival), report);
  tellParent({ type: 'end' });
});
tellParent({ type: 'ready', offered: schedule?.length ?? 0 });
