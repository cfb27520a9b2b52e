import { announce } from '../circuit/announce.ts';
import { type CallUnderWay, type Circuit, handOver, judges, outcomesWanted, type Pass } from '../circuit/circuit.ts';
import { dispatch, giveBack, judged } from '../circuit/dispatch.ts';
import type { GivenSignal } from '../contract/options.ts';
import type { Outcome, Ruling } from '../vocabulary/outcome.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { outcomeOfAbort } from './abort.ts';
import { judge, outcomeOf, outcomeOfError } from './classify.ts';

/** The beginning of a call whose rule does not ask how long it takes. As a length of time it is less than any other. */
export const UNTIMED: Instant = Infinity;

/**
 * One pair of ends serves all calls of an era that need no time of their own, or that begin in the same step of a coarse
 * clock. Probes and calls with a signal get a pair for themselves.
 */
export function passOf(circuit: Circuit, id: number, started: Instant, signal: GivenSignal): Pass {
  const { shared, current } = circuit;
  const isShared = shared?.started === started && shared.generation === current.generation;
  return isShared && id === 0 && !signal ? shared : newPass(circuit, id, started, signal);
}

/** Apart from `passOf`: engines make room for what closures see as soon as a function that could make them is entered. */
function newPass(circuit: Circuit, id: number, started: Instant, signal: GivenSignal): Pass {
  const { options } = circuit.blueprint;
  const pass: Pass = {
    generation: circuit.current.generation,
    id,
    started,
    vitals: circuit.vitals,
    succeeded(value) {
      const { classify } = circuit.blueprint.options;
      settle(circuit, pass, classify ? judge({ value }, classify, outcomeOf, circuit) : 'success');
      return value;
    },
    // Small on purpose: engines compile a function that throws badly once it does more than that.
    failed(error) {
      fail(circuit, pass, error, signal);
      throw error;
    },
  };
  const isCoarse = circuit.clockReads < 2 || options.clock?.resolution !== undefined;
  if (isCoarse && id === 0 && !signal) circuit.shared = pass;
  return pass;
}

function fail(circuit: Circuit, pass: Pass, error: unknown, signal: GivenSignal): void {
  const { classify } = circuit.blueprint.options;
  const aborted = signal && outcomeOfAbort(signal);
  settle(circuit, pass, aborted || (classify ? judge({ error }, classify, outcomeOf, circuit) : outcomeOfError(error)));
}

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
