import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { announce } from './announce.ts';
import { handOver, judges, outcomesWanted } from './attend.ts';
import type { CallUnderWay } from './call.ts';
import type { Circuit } from './circuit.ts';
import { dispatch, giveBack, judged } from './dispatch.ts';

const HOUR: Millis = 3_600_000;

/** Brings a call's outcome to those whom it concerns. */
export function settle(circuit: Circuit, call: CallUnderWay, verdict: Outcome | Ruling, measured?: Millis): void {
  const at = circuit.clockReads > 0 ? circuit.now() : 0;
  const duration = measured ?? at - call.started;
  call.vitals?.ended(verdict, at, duration, call.generation, circuit.current);
  const isQuiet = circuit.left > 0 && at < circuit.until && duration < circuit.under;
  // The lull: the common call ends here, whatever kind of detector listens.
  // A probe is none of them: in a mode that does not judge it, it still has its place to give back.
  if (isQuiet && verdict === 'success' && call.id === 0 && call.generation === circuit.current.generation)
    circuit.left--;
  else if (circuit.mode !== 'disabled') weigh(circuit, call, verdict, at, duration);
  else giveBack(circuit, call);
}

/** Remembers how long a server has asked us to stay away. One header must not take a service away for a year. */
function heed(circuit: Circuit, outcome: Outcome, retryAfter: Millis): void {
  const { retryAfterMax = HOUR, retryAfterOfIgnored } = circuit.blueprint.openFor;
  if (outcome === 'success' || (outcome === 'ignored' && !retryAfterOfIgnored)) return;
  circuit.awayUntil = Math.max(circuit.awayUntil, circuit.now() + Math.min(retryAfter, retryAfterMax));
}

function weigh(circuit: Circuit, call: CallUnderWay, verdict: Outcome | Ruling, at: Instant, duration: Millis): void {
  const { generation, id, started } = call;
  const { outcome, kind, retryAfter = 0 }: Ruling = typeof verdict === 'string' ? { outcome: verdict } : verdict;
  const { detection } = circuit.blueprint;
  const isSlow = duration >= detection.slowerThan;
  const wanted = outcomesWanted(circuit);
  if (wanted) {
    const measured = duration >= 0 ? duration : undefined;
    announce(circuit, { type: 'outcome', at, outcome, kind, duration: measured, slow: isSlow || undefined });
  }
  if (generation !== circuit.current.generation && circuit.mode !== 'shadow') {
    circuit.late++;
    return;
  }
  if (retryAfter > 0) heed(circuit, outcome, retryAfter);
  if (outcome === 'ignored') circuit.ignored++;
  // Nobody has measured some calls; a mean must not be poisoned by them.
  const length = Math.max(0, duration);
  if (!judges(circuit)) {
    dispatch(circuit, { type: 'settle', at, generation, id, outcome, slow: isSlow, duration: length, kind });
    return;
  }
  if (id > 0) giveBack(circuit, call);
  handOver(circuit);
  // A rule that throws is reported; it must not stand between a caller and the answer.
  try {
    circuit.detector ??= detection.start(at, undefined, circuit.vitals);
    const { detector } = circuit;
    detector.released?.(started);
    if (outcome === 'ignored') return;
    const word = detector.tell(outcome === 'failure', at, length, kind);
    if (!wanted) {
      circuit.left = detector.lull;
      circuit.granted = detector.lull;
      circuit.until = detector.until;
      circuit.under = detector.under;
    }
    if (word) judged(circuit, word);
  } catch (error) {
    circuit.report(error, 'openWhen');
  }
}
