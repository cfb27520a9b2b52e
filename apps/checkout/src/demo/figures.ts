import type { Answer, OrderRecord } from '../load/answer.ts';
import { DEAD, MODES } from '../services/mode.ts';
import type { Evidence, Moments } from './evidence.ts';
import { percentile } from './percentile.ts';

/** What one side achieved. Milliseconds are `null` where the thing did not happen. */
export interface Figures {
  /** Orders that customers tried to place. */
  readonly offered: number;

  /** Accepted and paid while the customer waited. */
  readonly confirmed: number;

  /** Accepted, and told that the payment follows. */
  readonly queued: number;

  /** Queued, and paid by the end. */
  readonly drained: number;

  /** Orders paid through the alternative provider, at once or later. */
  readonly paidByAlternative: number;

  /** Accepted without the product service: with its last good copy, or a bare number for a name. */
  readonly degraded: number;

  /** Not accepted, and told when to come back. */
  readonly refused: number;

  /** Got an error or nothing. */
  readonly failed: number;

  /** Told that the order is accepted, and at the end there is no order, or no money where money was said to be taken. */
  readonly lost: number;

  /** Orders for which money was taken more than once, by whichever providers. */
  readonly chargedTwice: number;

  /** Calls that reached the payment service while it answered nobody. */
  readonly callsToDeadService: number;

  /** Calls that the payment service got in all. */
  readonly callsToPayments: number;

  /** Milliseconds that the customers of accepted orders waited, all together. */
  readonly waitedMs: number;

  /** From payments becoming slow until a customer was first told that the payment follows. */
  readonly noticedMs: number | null;

  /** From the return of payments until the last payment queued on their account was made. */
  readonly recoveredMs: number | null;

  /** The time until a customer had an answer, of whatever kind: half of them, and all but one in a hundred, waited no longer. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;

  /** The same for those who came while payments answered nobody. */
  readonly outageP99Ms: number | null;
}

/** Both sides' figures. */
export interface BothSides {
  readonly with: Figures;
  readonly without: Figures;
}

/** Counts one side's figures. */
export function figuresOf(evidence: Evidence): Figures {
  const { offered, records, orders, charges, alternativeCharges, calls, moments } = evidence;
  const chargesByOrder = Map.groupBy([...charges, ...alternativeCharges], ({ order }) => order);
  const count = (answer: Answer) => records.filter((record) => record.answer === answer).length;
  const queued = records.filter(({ answer }) => answer === 'queued');
  const paid = ({ reference }: OrderRecord) => orders.get(reference) != null && chargesByOrder.has(reference);
  const latencies = records.map(latencyOf);
  const { deadAt = Number.POSITIVE_INFINITY, backAt = Number.POSITIVE_INFINITY } = moments;
  const outage = records.filter(({ scheduledAt }) => scheduledAt >= deadAt && scheduledAt < backAt);
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
    callsToDeadService: DEAD.reduce((sum, mode) => sum + calls[mode], 0),
    callsToPayments: MODES.reduce((sum, mode) => sum + calls[mode], 0),
    waitedMs: Math.round(records.filter(isAccepted).reduce((sum, record) => sum + latencyOf(record), 0)),
    noticedMs: noticed(queued, moments),
    recoveredMs: recovered(queued, orders, moments),
    p50Ms: rounded(percentile(latencies, 0.5)),
    p99Ms: rounded(percentile(latencies, 0.99)),
    outageP99Ms: rounded(percentile(outage.map(latencyOf), 0.99)),
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

function rounded<T extends number | null>(value: T): T {
  return (value === null ? null : Math.round(value)) as T;
}
