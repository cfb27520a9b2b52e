import { type CusumOptions, requireCusumOptions } from '../detector/cusum.ts';
import { isLost, lossAfter } from '../detector/loss.ts';
import { restBetweenProbes } from '../open-for/square-root.ts';
import type { Admission, Beginning, ProbeEnding, Progress, Recover, RecoverRecipe } from '../recover/recover.ts';
import { learnedVitals } from '../vitals/learned-vitals.ts';
import type { Vitals, VitalsRecipe } from '../vitals/vitals.ts';
import { made } from '../vocabulary/made.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { afterOutage, afterOverload } from './first-limit.ts';
import { afterFailure, afterSuccess, cut, type Limit } from './limit.ts';
import { begun, isBad, rampVerdict, type SelfClocked } from './self-clocked-memory.ts';
import { isSlow } from './slow.ts';

/**
 * A probe counts as lost after this many times the wait between probes plus a usual call, which is at most
 * `permitTimeout`.
 */
const LEASE = 4;
/** The least successes in a row that close the circuit, provided that the limit is no longer needed. */
const STEADY = 10;
/** For this many times the latency no call may have been refused, because answers come in batches. */
const BATCH = 2;
/**
 * If calls are slow, none may have been refused for this many times the latency, and for this long. Then all that come are
 * served, and the present latency is the normal one, however slow.
 */
const SERVED_ROUNDS = 20;
const SERVED: Millis = 1_000;
/** Calls under way hang: their outcomes no longer count, and they no longer count as load. */
const ANEW = { newEra: true, notes: { loadBegins: true } } as const;

/**
 * The recovery of adaptive mode: lets one probe through, and then as many concurrent calls as the service has been shown to
 * bear. Each answer makes room for more, so traffic returns at the pace at which the service can take it, whatever that is,
 * and a cold cache is not overrun. It needs no shares and no times; combine it with any rule and any wait.
 *
 * @throws {RangeError | TypeError} if an option is out of range or unknown
 * @example
 * ```ts
 * const search = createBreaker({ name: 'search', openWhen: failureRate(0.5), recover: selfClocked() });
 * ```
 */
export function selfClocked(options: CusumOptions = {}): RecoverRecipe {
  const { breakEven } = requireCusumOptions('selfClocked', options);
  const recipe: RecoverRecipe = { build: ({ permitTimeout }) => new SelfClockedRecovery(breakEven, permitTimeout) };
  return made(recipe, 'selfClocked', breakEven);
}

/**
 * Lets one probe through, and then as many concurrent calls as the service has been shown to bear. The pace of the answers
 * sets the pace of the calls, so a slower service gets fewer calls, whatever made it slow.
 */
export class SelfClockedRecovery implements Recover<SelfClocked> {
  readonly vitals: VitalsRecipe = learnedVitals;
  readonly #breakEven: number = 0;
  readonly #permitTimeout: Millis = 0;

  constructor(breakEven: number, permitTimeout: Millis) {
    this.#breakEven = breakEven;
    this.#permitTimeout = permitTimeout;
  }

  start({ at, fromClosed }: Beginning, vitals: Vitals): SelfClocked {
    return begun(at, fromClosed ? afterOverload(vitals, at) : undefined);
  }

  admit(
    memory: SelfClocked,
    call: { readonly at: Instant; readonly id: number },
    vitals: Vitals,
  ): Admission<SelfClocked> {
    return memory.limit ? this.#within(memory.limit, memory, call, vitals) : this.#probe(memory, call, vitals);
  }

  #probe(memory: SelfClocked, { at, id }: { at: Instant; id: number }, vitals: Vitals): Admission<SelfClocked> {
    const { probe } = memory;
    if (probe && at < probe.until) return { admitted: false, memory, lost: 0, freeAt: probe.until };
    // A call that takes longer than permitTimeout counts as lost anyway, so it says nothing about how long others take.
    const usual = Math.min(this.#permitTimeout, Math.max(vitals.latency, vitals.normalLatency));
    const until = at + LEASE * (restBetweenProbes(vitals, at) + usual);
    return { admitted: true, memory: { ...memory, probe: { id, until } }, lost: Number(!!probe), ...(probe && ANEW) };
  }

  #within(
    limit: Limit,
    memory: SelfClocked,
    { at, id }: { at: Instant; id: number },
    { load }: Vitals,
  ): Admission<SelfClocked> {
    if (load < Math.floor(limit.calls)) {
      const peak = Math.max(limit.peak, load + 1);
      return { admitted: true, memory: { ...memory, limit: { ...limit, peak }, last: id, alive: at }, lost: 0 };
    }
    if (at < memory.alive + this.#permitTimeout)
      return { admitted: false, memory: { ...memory, clean: 0, open: at }, lost: 0 };
    // No call has come back for as long as any may take: those under way are lost, and their places are free.
    return { admitted: true, memory: { ...memory, last: id, alive: at }, lost: load, ...ANEW };
  }

  settle(memory: SelfClocked, ending: ProbeEnding, vitals: Vitals): Progress<SelfClocked> {
    const { id, at, duration, outcome } = ending;
    const failed = isBad(ending);
    const { limit, probe, fence } = memory;
    if (!limit) return id === probe?.id ? this.#probed(memory, ending, vitals) : { memory };
    if (id <= fence) return { memory };
    const received = { ...memory, alive: at };
    if (outcome === 'ignored') return { memory: received };
    const counted = { ...received, calls: memory.calls + 1, failures: memory.failures + Number(failed) };
    if (!failed) return this.#succeeded(limit, counted, at, vitals);
    return this.#failed(afterFailure(limit, duration, at), counted);
  }

  #probed(memory: SelfClocked, ending: ProbeEnding, vitals: Vitals): Progress<SelfClocked> {
    const { at, outcome } = ending;
    if (outcome === 'ignored') return { memory: { ...memory, probe: undefined } };
    if (isBad(ending)) return { to: 'open', verdict: { rule: 'probes', evidence: { calls: 1, failures: 1, slow: 0 } } };
    return { memory: { ...memory, limit: afterOutage(vitals, at), calls: 1, alive: at, open: at }, ...ANEW };
  }

  #failed(limit: Limit, memory: SelfClocked): Progress<SelfClocked> {
    const loss = lossAfter(memory.loss, true, this.#breakEven);
    if (!isLost(loss, this.#breakEven)) return { memory: { ...memory, limit, loss, clean: 0 } };
    // No success since the last cut, or nothing left to cut: the dependency is down again.
    if (!memory.hasServed || limit.calls <= 1)
      return { to: 'open', verdict: rampVerdict('ramp', { ...memory, clean: 0 }, { limit: Math.floor(limit.calls) }) };
    return { memory: { ...memory, limit: cut(limit), loss: 0, hasServed: false, clean: 0, fence: memory.last } };
  }

  #succeeded(before: Limit, memory: SelfClocked, at: Instant, vitals: Vitals): Progress<SelfClocked> {
    const limit = afterSuccess(before, vitals, at);
    const loss = lossAfter(memory.loss, false, this.#breakEven);
    const next = { ...memory, limit, loss, clean: memory.clean + 1, hasServed: true };
    if (!this.#isEnough(limit, next, at, vitals)) return { memory: next };
    const { latency, normalLatency } = vitals;
    const acceptLatency = isSlow(vitals);
    const load = { load: vitals.load + 1, limit: Math.floor(limit.calls) };
    const numbers = { ...load, unrefusedFor: at - memory.open, latency, normalLatency };
    const verdict = rampVerdict(acceptLatency ? 'slowerNow' : 'steady', next, numbers);
    return { to: 'closed', verdict, notes: { acceptLatency } };
  }

  /**
   * Whether the limit is no longer needed: it is twice what is used; or, if slow calls, unsettled calls or a high load rule
   * that out, no call has been refused for long enough.
   */
  #isEnough(limit: Limit, { open, clean }: SelfClocked, at: Instant, vitals: Vitals): boolean {
    if (clean < STEADY) return false;
    const { latency, load } = vitals;
    const isAmple = clean >= 2 * Math.sqrt(limit.calls) && load + 1 <= limit.calls / 2;
    if (isSlow(vitals)) return at >= open + Math.max(SERVED, SERVED_ROUNDS * latency);
    return at >= open + (isAmple ? Math.min(BATCH * latency, this.#permitTimeout) : this.#permitTimeout);
  }

  tally({ calls, failures }: SelfClocked): {
    readonly calls: number;
    readonly failures: number;
    readonly slow: number;
  } {
    return { calls, failures, slow: 0 };
  }
}
