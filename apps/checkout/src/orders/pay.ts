import { isCircuitOpen } from '@switchgear/axios';
import type { Message, Outbox } from '@switchgear/outbox';
import type { AxiosInstance } from 'axios';
import { keyed } from './clients.ts';
import type { FindCustomer } from './lookups.ts';

/** Who takes the money. */
export type Provider = 'payments' | 'alternative';

/** Money a customer owes. */
export interface Payment {
  readonly order: string;
  readonly amountCents: number;

  /** The provider it belongs to: no other is sent anything about it. */
  readonly provider: Provider;

  /** Who owes it, and says whether it may go to the alternative provider. */
  readonly customer: string;
}

/**
 * Takes the money for an order. Rejects when that failed, or when nobody knows whether it did.
 *
 * @param key the same for every attempt, so that an attempt too many takes no money
 */
export type Charge = (payment: Payment, key: string) => Promise<void>;

/** Charges through a provider's http. Without idempotency keys an attempt too many takes the money twice. */
export function createCharge(http: AxiosInstance, idempotencyKeys: boolean): Charge {
  return async ({ order, amountCents }, key) => {
    await http.post('/charges', { order, amountCents }, idempotencyKeys ? keyed(key) : {});
  };
}

/** How often something else stood in for a provider that failed or was left alone: the queue, or the other provider. */
export type FallbackCounts = Record<Provider, number>;

/** Nothing has had to stand in yet. */
export function noFallbacks(): FallbackCounts {
  return { payments: 0, alternative: 0 };
}

/** What it takes to take a payment. */
export interface PaymentContext {
  readonly charges: Readonly<Record<Provider, Charge>>;
  readonly findCustomer: FindCustomer;
  readonly amend: Outbox<Payment>['amend'];
  readonly fallbackCounts: FallbackCounts;
}

/**
 * Takes a payment at the provider it belongs to, and at the other one if the customer allows it and **it is certain that
 * nothing was ever sent**: this is its first attempt, and a circuit refused it. A timeout or a broken connection may have
 * taken the money, so such a payment stays where it is, whatever happens later.
 *
 * Where it goes is written down before it is sent there, so that every later attempt, in whatever process, finds it.
 */
export async function pay(
  message: Message<Payment>,
  { charges, findCustomer, amend, fallbackCounts }: PaymentContext,
): Promise<void> {
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
    fallbackCounts[provider] += 1;
  }
}

/** Whoever refuses, the other one is next: a payment that both refused may go to either later. */
const OTHER: Readonly<Record<Provider, Provider>> = { payments: 'alternative', alternative: 'payments' };
