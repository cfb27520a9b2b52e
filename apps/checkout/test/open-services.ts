import { startChild } from '../src/demo/run/child.ts';
import type { Run } from '../src/demo/run/run.ts';
import { type Operator, operatorOf, type ServicesReady } from '../src/demo/shops/operator.ts';
import type { Notice, Parcel } from '../src/services/neighbours.ts';
import type { Charge } from '../src/services/payments.ts';
import { temporaryFolder } from './test-run.ts';

/** The services that the order service calls, in a process of their own, and those who run them. */
export interface OpenServices {
  readonly ready: ServicesReady;
  readonly payments: Operator<Charge>;
  readonly alternative: Operator<Charge>;
  readonly products: Operator<never>;
  readonly customers: Operator<Notice>;
  readonly shipping: Operator<Parcel>;
}

/** Starts them. `workBeforeHang`: how many of the charges that will hang are made first. */
export async function openServices(run: Run, workBeforeHang: '0' | '1'): Promise<OpenServices> {
  const environment = { CHARGES_FOLDER: await temporaryFolder(run), WORK_BEFORE_HANG: workBeforeHang };
  const { ready } = await startChild<ServicesReady>({ name: 'services', entry: 'services/main.ts', environment }, run);
  return {
    ready,
    payments: operatorOf(ready.operatorUrl, 'payments'),
    alternative: operatorOf(ready.operatorUrl, 'alternative'),
    products: operatorOf(ready.operatorUrl, 'products'),
    customers: operatorOf(ready.operatorUrl, 'customers'),
    shipping: operatorOf(ready.operatorUrl, 'shipping'),
  };
}
