import { CircuitOpenError } from '@switchgear/axios';
import type { Message } from '@switchgear/outbox';
import { describe, expect, it } from 'vitest';
import { type Charge, noFallbacks, type Payment, type Provider, pay } from '../src/orders/pay.ts';

type Ending = 'paid' | 'refused' | 'timeout';

const ENDINGS: Readonly<Record<Ending, Charge>> = {
  paid: async () => undefined,
  refused: async () => {
    throw new CircuitOpenError('payments', 1_000, { rule: 'failureRate', at: 0 });
  },
  timeout: async () => {
    throw new Error('timeout of 2500ms exceeded');
  },
};

interface Scene {
  readonly payments?: Ending;
  readonly alternative?: Ending;
  readonly allowsAlternative?: boolean;
  readonly isFirst?: boolean;
  readonly provider?: Provider;

  /** Whether the attempt still holds its payment when it wants to write something down. */
  readonly holds?: boolean;
}

/** Plays one attempt, and says what was written down and sent, in order, and how it ended. */
async function play({
  payments = 'paid',
  alternative = 'paid',
  allowsAlternative = true,
  isFirst = true,
  provider = 'payments',
  holds = true,
}: Scene): Promise<{ readonly log: readonly string[]; readonly ending: string }> {
  const log: string[] = [];
  const noted =
    (name: Provider, ending: Ending): Charge =>
    (payment, key) => {
      // A refusal sends nothing.
      if (ending !== 'refused') log.push(`sent to ${name}`);
      return ENDINGS[ending](payment, key);
    };
  const payload: Payment = { order: 'A-1', amountCents: 100, provider, customer: 'customer-1' };
  const message: Message<Payment> = { key: 'A-1', attempt: 1, isFirst, payload };
  const amend = async (amended: Message<Payment>, { provider: next }: Payment) => {
    log.push(`moved to ${next}`);
    return holds ? amended : undefined;
  };
  const charges = { payments: noted('payments', payments), alternative: noted('alternative', alternative) };
  const fallbackCounts = noFallbacks();
  const findCustomer = async () => ({ allowsAlternative });
  const ending = await pay(message, { charges, findCustomer, amend, fallbackCounts }).then(
    () => 'paid',
    (error: Error) => error.name,
  );
  for (const [name, times] of Object.entries(fallbackCounts)) {
    if (times > 0) log.push(`stood in for ${name}`);
  }
  return { log, ending };
}

describe('a payment', () => {
  it.each<[rule: string, scene: Scene, log: readonly string[], ending: string]>([
    ['is taken by the provider it belongs to', {}, ['sent to payments'], 'paid'],
    [
      'moves once its first attempt was refused, and that is written down before it is sent',
      { payments: 'refused' },
      ['moved to alternative', 'sent to alternative', 'stood in for payments'],
      'paid',
    ],
    ['whose outcome is unknown is not sent anywhere else', { payments: 'timeout' }, ['sent to payments'], 'Error'],
    [
      'whose outcome may have been unknown before does not move when it is refused',
      { payments: 'refused', isFirst: false },
      [],
      'CircuitOpenError',
    ],
    [
      'that moved stays with the alternative provider once something was sent there',
      { provider: 'alternative', isFirst: false, alternative: 'timeout' },
      ['sent to alternative'],
      'Error',
    ],
    [
      'that moved stays there while that one refuses, too',
      { provider: 'alternative', isFirst: false, alternative: 'refused' },
      [],
      'CircuitOpenError',
    ],
    [
      'does not move if its customer does not allow it',
      { payments: 'refused', allowsAlternative: false },
      [],
      'CircuitOpenError',
    ],
    [
      'is not sent where it cannot be written down to have gone',
      { payments: 'refused', holds: false },
      ['moved to alternative'],
      'CircuitOpenError',
    ],
    [
      'refused by both goes back to the queue as refused',
      { payments: 'refused', alternative: 'refused' },
      ['moved to alternative'],
      'CircuitOpenError',
    ],
    [
      'that both refused may go to either later',
      { provider: 'alternative', alternative: 'refused' },
      ['moved to payments', 'sent to payments', 'stood in for alternative'],
      'paid',
    ],
  ])('%s', async (_rule, scene, log, ending) => {
    expect(await play(scene)).toEqual({ log, ending });
  });
});
