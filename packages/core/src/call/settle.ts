import { announce } from '../circuit/announce.ts';
import { type CallUnderWay, type Circuit, NO_PROBE } from '../circuit/circuit.ts';
import { readClock } from '../circuit/clock.ts';
import { applyVerdict, dispatch, giveBack } from '../circuit/dispatch.ts';
import { endLull, outcomesCount } from '../circuit/fast-path.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';

/** The start of a call that is not timed, because no rule needs its duration. Its duration is then less than any other. */
export const UNTIMED: Instant = Infinity;

/** A generation that no circuit ever has, so that what carries it counts as late. */
const NO_ERA = -1;

/** Counts evidence without a permit. While half-open it is not a probe, and is late like a call from an earlier era. */
export function record(circuit: Circuit, ruling: Outcome | Ruling, duration?: Millis): void {
  const { generation, phase } = circuit.current;
  const era = phase === 'closed' ? generation : NO_ERA;
  settle(circuit, { generation: era, id: NO_PROBE, started: UNTIMED, observer: undefined }, ruling, duration);
}

/**
 * Hands a call's outcome to detector, recovery and listeners.
 *
 * @param measured the duration in milliseconds, if the caller has measured it
 */
export function settle(circuit: Circuit, call: CallUnderWay, ruling: Outcome | Ruling, measured?: Millis): void {
  const at = endOf(circuit);
  settleAt(circuit, call, ruling, at, measured ?? at - call.started);
}

/** The same for a call that ends now. Separate, because a duration that may be absent is kept on the heap. */
export function settleNow(circuit: Circuit, call: CallUnderWay, ruling: Outcome | Ruling): void {
  const at = endOf(circuit);
  settleAt(circuit, call, ruling, at, at - call.started);
}

function endOf(circuit: Circuit): Instant {
  return circuit.clockReads > 0 ? readClock(circuit.now) : 0;
}

function settleAt(circuit: Circuit, call: CallUnderWay, ruling: Outcome | Ruling, at: Instant, duration: Millis): void {
  call.observer?.ended(ruling, at, duration, call.generation, circuit.current.generation);
  const isQuiet = circuit.lullLeft > 0 && at < circuit.lullUntil && duration < circuit.lullUnder;
  // The lull: the common call ends here, whatever kind of detector there is. Probes are excluded, because in a mode in
  // which they do not decide they still have to give their place back.
  if (isQuiet && ruling === 'success' && call.id === NO_PROBE && call.generation === circuit.current.generation)
    circuit.lullLeft--;
  else if (circuit.mode !== 'disabled') countOutcome(circuit, call, ruling, at, duration);
  else giveBack(circuit, call);
}

function countOutcome(
  circuit: Circuit,
  call: CallUnderWay,
  ruling: Outcome | Ruling,
  at: Instant,
  duration: Millis,
): void {
  const { generation, id } = call;
  const { outcome, kind, retryAfter = 0 }: Ruling = typeof ruling === 'string' ? { outcome: ruling } : ruling;
  const slow = duration >= circuit.blueprint.detection.slowerThan;
  if (circuit.wantsOutcomes) {
    const measured = duration >= 0 ? duration : undefined;
    announce(circuit, { type: 'outcome', at, outcome, kind, duration: measured, slow: slow || undefined });
  }
  if (generation !== circuit.current.generation && circuit.mode !== 'shadow') {
    circuit.own.late++;
    return;
  }
  if (retryAfter > 0) heed(circuit, outcome, retryAfter);
  if (outcome === 'ignored') circuit.own.ignored++;
  // Calls that are not timed have a duration of -Infinity, which would spoil a mean.
  const length = Math.max(0, duration);
  if (outcomesCount(circuit)) tellDetector(circuit, call, outcome, at, length, kind);
  else dispatch(circuit, { type: 'settle', at, generation, id, outcome, slow, duration: length, kind });
  // Asked first, because handing the arguments over costs each failed call 200 bytes.
  if (circuit.rare.companies.length > 0) circuit.meet('tell', outcome, at, length, kind);
}

const HOUR: Millis = 3_600_000;

/** Remembers a server's Retry-After, capped so that one mistaken header cannot keep the circuit open for a year. */
function heed(circuit: Circuit, outcome: Outcome, retryAfter: Millis): void {
  const { retryAfterMax = HOUR, retryAfterOfIgnored } = circuit.blueprint.openFor;
  if (outcome === 'success' || (outcome === 'ignored' && !retryAfterOfIgnored)) return;
  const { own } = circuit;
  own.awayUntil = Math.max(own.awayUntil, circuit.now() + Math.min(retryAfter, retryAfterMax));
}

function tellDetector(
  circuit: Circuit,
  call: CallUnderWay,
  outcome: Outcome,
  at: Instant,
  length: Millis,
  kind: string | undefined,
): void {
  giveBack(circuit, call);
  endLull(circuit);
  // A rule that throws is reported, because the caller must get the call's own answer.
  try {
    circuit.detector ??= circuit.blueprint.detection.start(at, undefined, circuit.observer);
    const { detector } = circuit;
    detector.released?.(call.started);
    if (outcome === 'ignored') return;
    const verdict = detector.tell(outcome === 'failure', at, length, kind);
    if (!circuit.wantsOutcomes) {
      circuit.lullGranted = detector.lull;
      circuit.lullLeft = detector.lull;
      circuit.lullUntil = detector.lullUntil;
      circuit.lullUnder = detector.lullUnder;
    }
    if (verdict) applyVerdict(circuit, verdict);
  } catch (error) {
    circuit.report(error, 'openWhen');
  }
}
