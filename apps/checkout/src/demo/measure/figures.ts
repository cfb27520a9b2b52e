import type { Answer, OrderRecord } from '../../load/customer.ts';
import { DEAD, MODES } from '../../services/behaviour.ts';
import type { Moments } from '../scenario/play.ts';
import { percentile } from './answers.ts';
import type { Evidence } from './evidence.ts';

/** The figures of one side. Durations are `null` where the event did not happen. */
export interface Figures {
  /** Orders that customers tried to place. */
  readonly offered: number;

  /** Accepted and paid while the customer waited. */
  readonly confirmed: number;

  /** Accepted with the payment queued. */
  readonly queued: number;

  /** Queued, and paid by the end. */
  readonly drained: number;

  /** Orders paid through the alternative provider, at once or later. */
  readonly paidByAlternative: number;

  /** Accepted without the product service, with its last good copy or the product's number instead of a name. */
  readonly degraded: number;

  /** Not accepted, with the time to come back. */
  readonly refused: number;

  /** Got an error, or no answer. */
  readonly failed: number;

  /** Reported as accepted, but at the end the order is missing, or its charge is missing although reported as made. */
  readonly lost: number;

  /** Orders charged more than once, by either provider or both. */
  readonly chargedTwice: number;

  /** Calls that reached the payment service while it hung or refused. */
  readonly callsToDeadService: number;

  /** All calls that the payment service got. */
  readonly callsToPayments: number;

  /** Total waiting time of the customers of accepted orders, in milliseconds. */
  readonly waitedMs: number;

  /** From payments becoming slow until the first customer whose payment was queued. */
  readonly noticedMs: number | null;

  /** From the recovery of payments until the last payment queued because of the outage was made. */
  readonly recoveredMs: number | null;

  /** Median and 99th percentile of the time until a customer had an answer of any kind. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;

  /** Mean and 99th percentile for customers who came while payments hung or refused. */
  readonly outageMeanMs: number | null;
  readonly outageP99Ms: number | null;

  /** The amounts of all orders that are marked paid, and of all charges that both providers made. */
  readonly paidCents: number;
  readonly chargedCents: number;
}

/** Both sides' figures. */
export interface BothSides {
  readonly with: Figures;
  readonly without: Figures;
}

/** Counts one side's figures. */
export function figuresOf(evidence: Evidence): Figures {
  const { offered, records, orders, paidCents, charges, alternativeCharges, calls, moments } = evidence;
  const allCharges = [...charges, ...alternativeCharges];
  const chargesByOrder = Map.groupBy(allCharges, ({ order }) => order);
  const count = (answer: Answer) => records.filter((record) => record.answer === answer).length;
  const queued = records.filter(({ answer }) => answer === 'queued');
  const paid = ({ reference }: OrderRecord) => orders.get(reference) != null && chargesByOrder.has(reference);
  const latencies = records.map(latencyOf);
  const { deadAt = Number.POSITIVE_INFINITY, backAt = Number.POSITIVE_INFINITY } = moments;
  const outage = records.filter(({ scheduledAt }) => scheduledAt >= deadAt && scheduledAt < backAt).map(latencyOf);
  return {
    offered,
    confirmed: count('confirmed'),
    queued: queued.length,
    drained: queued.filter(paid).length,
    paidByAlternative: new Set(alternativeCharges.map(({ order }) => order)).size,
    degraded: records.filter(({ isDegraded }) => isDegraded).length,
    refused: count('refused'),
    failed: count('failed'),
    lost: records.filter((record) => isLost(record, orders, chargesByOrder)).length,
    chargedTwice: [...chargesByOrder.values()].filter(({ length }) => length > 1).length,
    callsToDeadService: sumOf(DEAD.map((mode) => calls[mode])),
    callsToPayments: sumOf(MODES.map((mode) => calls[mode])),
    waitedMs: Math.round(sumOf(records.filter(isAccepted).map(latencyOf))),
    noticedMs: noticed(queued, moments),
    recoveredMs: recovered(queued, orders, moments),
    p50Ms: rounded(percentile(latencies, 0.5)),
    p99Ms: rounded(percentile(latencies, 0.99)),
    outageMeanMs: outage.length === 0 ? null : Math.round(sumOf(outage) / outage.length),
    outageP99Ms: rounded(percentile(outage, 0.99)),
    paidCents,
    chargedCents: sumOf(allCharges.map(({ amountCents }) => amountCents)),
  };
}

function isLost(record: OrderRecord, orders: Evidence['orders'], charges: ReadonlyMap<string, unknown>): boolean {
  if (record.answer !== 'confirmed' && record.answer !== 'queued') return false;
  const paidAt = orders.get(record.reference);
  if (paidAt === undefined) return true;
  const saidToBePaid = record.answer === 'confirmed' || paidAt !== null;
  return saidToBePaid && !charges.has(record.reference);
}

function noticed(queued: readonly OrderRecord[], { slowAt }: Moments): number | null {
  if (slowAt === undefined) return null;
  const answers = queued.map(({ answeredAt }) => answeredAt).filter((at) => at >= slowAt);
  return answers.length === 0 ? null : rounded(Math.min(...answers) - slowAt);
}

function recovered(queued: readonly OrderRecord[], orders: Evidence['orders'], moments: Moments): number | null {
  const { backAt, databaseDownAt = Number.POSITIVE_INFINITY } = moments;
  if (backAt === undefined) return null;
  let last = backAt;
  for (const { reference, answeredAt } of queued) {
    if (answeredAt >= databaseDownAt) continue;
    const paidAt = orders.get(reference);
    if (paidAt == null) return null;
    last = Math.max(last, paidAt);
  }
  return rounded(last - backAt);
}

function isAccepted({ answer }: OrderRecord): boolean {
  return answer === 'confirmed' || answer === 'queued';
}

function latencyOf({ scheduledAt, answeredAt }: OrderRecord): number {
  return answeredAt - scheduledAt;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function rounded<T extends number | null>(value: T): T {
  return (value === null ? null : Math.round(value)) as T;
}
