import { percentile } from '../demo/measure/answers.ts';
import type { Log, Part, Told } from './log.ts';

/** What one part came to. */
export interface FleetFigures {
  readonly placed: number;
  readonly paid: number;
  readonly queued: number;

  /** Refused, failed, or never answered. */
  readonly notAccepted: number;
  readonly callsToDeadService: number;

  /** Until the circuit of every process had opened, in milliseconds; `null` if one did not. */
  readonly allKnewMs: number | null;

  /** From the return of payments until every process had made a payment again; `null` if one did not. */
  readonly allPaidMs: number | null;

  /** The median wait of customers while payments were well; `null` if none came. */
  readonly wellWaitMs: number | null;

  /** How many circuits opened on what others had told as well. */
  readonly openedTogether: number;
}

/** Counts one part. */
export function figuresOf({ told, orders, size }: Log, part: Part): FleetFigures {
  const { beganAt, deadAt, backAt, endedAt, callsToDeadService } = part;
  const own = orders.filter(({ scheduledAt }) => beganAt <= scheduledAt && scheduledAt < endedAt);
  const answered = (...answers: readonly string[]) => own.filter(({ answer }) => answers.includes(answer)).length;
  const waits = own.filter(({ answeredAt }) => answeredAt < deadAt);
  /** How long after a moment every process had told this. */
  const allOf = (since: number, until: number, is: (message: Told) => boolean): number | null => {
    const first = Array.from({ length: size }, (_, i) =>
      told.find((message) => message.process === i + 1 && isWithin(message, since, until) && is(message)),
    );
    if (!first.every((message) => message !== undefined && 'at' in message)) return null;
    return Math.max(...first.map((message) => (message as { readonly at: number }).at - since));
  };
  const openings = told.filter(
    (message) => message.type === 'move' && message.to === 'open' && isWithin(message, deadAt, backAt),
  );
  return {
    placed: own.length,
    paid: answered('confirmed'),
    queued: answered('queued'),
    notAccepted: answered('refused', 'failed'),
    callsToDeadService,
    allKnewMs: allOf(deadAt, backAt, (message) => message.type === 'move' && message.to === 'open'),
    allPaidMs: allOf(backAt, endedAt, (message) => message.type === 'outcome' && message.outcome === 'success'),
    wellWaitMs: percentile(
      waits.map(({ scheduledAt, answeredAt }) => answeredAt - scheduledAt),
      0.5,
    ),
    openedTogether: new Set(openings.filter(isTogether).map((message) => message.process)).size,
  };
}

function isWithin(message: Told, since: number, until: number): boolean {
  return 'at' in message && since <= message.at && message.at < until;
}

function isTogether(message: Told): boolean {
  return message.type === 'move' && /^(?:pooled |votes$)/.test(message.because.rule);
}
