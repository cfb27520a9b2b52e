import { isCircuitOpen } from '@switchgear/axios';
import type { Message, Outbox } from '@switchgear/outbox';
import type { AxiosInstance } from 'axios';
import { keyed } from './clients.ts';
import type { FindCustomer } from './lookups.ts';

/** A payment provider. */
export type Provider = 'payments' | 'alternative';

/** A payment that a customer owes. */
export interface Payment {
  readonly order: string;
  readonly amountCents: number;

  /** The provider it belongs to; the other one receives nothing about it. */
  readonly provider: Provider;

  /** The customer who owes it, and who decides whether it may go to the alternative provider. */
  readonly customer: string;
}

/**
 * Charges for an order. Rejects if that failed or its outcome is unknown.
 *
 * @param key the same for every attempt, so that a repeated attempt does not charge again
 */
export type Charge = (payment: Payment, key: string) => Promise<void>;

/** Charges through a provider's HTTP client. Without idempotency keys a repeated attempt charges twice. */
export function createCharge(http: AxiosInstance, idempotencyKeys: boolean): Charge {
  return async ({ order, amountCents }, key) => {
    await http.post('/charges', { order, amountCents }, idempotencyKeys ? keyed(key) : {});
  };
}

/** How often a fallback (the queue or the other provider) served for a provider that failed or was not called. */
export type FallbackCounts = Record<Provider, number>;

/** Counts that start at zero. */
export function noFallbacks(): FallbackCounts {
  return { payments: 0, alternative: 0 };
}

/** The dependencies of {@link pay}. */
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

/** The other provider. A payment that both refused may go to either later. */
const OTHER: Readonly<Record<Provider, Provider>> = { payments: 'alternative', alternative: 'payments' };
