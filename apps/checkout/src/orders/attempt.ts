import { isCircuitOpen } from '@switchgear/axios';
import type { Outbox, Payment } from './outbox.ts';
import type { Charge } from './payments.ts';

/** How an attempt to charge ended. */
export type Attempt = { readonly paid: true } | { readonly paid: false; readonly error: unknown };

/**
 * Tries to charge a payment the caller has claimed, and writes down how it went. It does not throw.
 *
 * When the writing down fails, the lease runs out and somebody tries again: with the same key, so that money taken is not
 * taken twice.
 */
export async function attemptCharge(payment: Payment, charge: Charge, outbox: Outbox): Promise<Attempt> {
  try {
    await charge(payment);
  } catch (error) {
    const written = isCircuitOpen(error)
      ? outbox.giveBack(payment.order)
      : outbox.postpone(payment.order, String(error));
    await written.catch(report);
    return { paid: false, error };
  }
  await outbox.markPaid(payment.order).catch(report);
  return { paid: true };
}

function report(error: unknown): void {
  console.error(`orders: the outcome of an attempt was not written down: ${error}`);
}
