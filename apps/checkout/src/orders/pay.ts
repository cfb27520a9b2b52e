import { isCircuitOpen } from '@switchgear/axios';
import type { Message, Outbox } from '@switchgear/outbox';
import type { FindCustomer } from './customer-data.ts';
import type { Charge, Payment, Provider } from './payment.ts';
import type { StandIns } from './stand-ins.ts';

/** What it takes to take a payment. */
export interface Till {
  readonly charges: Readonly<Record<Provider, Charge>>;
  readonly findCustomer: FindCustomer;
  readonly amend: Outbox<Payment>['amend'];
  readonly standIns: StandIns;
}

/**
 * Takes a payment at the provider it belongs to, and at the other one if the customer allows it and **it is certain that
 * nothing was ever sent**: this is its first attempt, and a circuit refused it. A timeout or a broken connection may have
 * taken the money, so such a payment stays where it is, whatever happens later.
 *
 * Where it goes is written down before it is sent there, so that every later attempt, in whatever process, finds it.
 */
export async function pay(message: Message<Payment>, { charges, findCustomer, amend, standIns }: Till): Promise<void> {
  const { key, payload, isFirst } = message;
  const { provider, customer } = payload;
  try {
    await charges[provider](payload, key);
  } catch (refusal) {
    if (!isCircuitOpen(refusal) || !isFirst) throw refusal;
    if (!(await findCustomer(customer)).allowsAlternative) throw refusal;
    const other = OTHER[provider];
    if (!(await amend(message, { ...payload, provider: other }))) throw refusal;
    await charges[other](payload, key);
    standIns[provider] += 1;
  }
}

/** Whoever refuses, the other one is next: a payment that both refused may go to either later. */
const OTHER: Readonly<Record<Provider, Provider>> = { payments: 'alternative', alternative: 'payments' };
