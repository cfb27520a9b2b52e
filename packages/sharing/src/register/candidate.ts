import type { Millis, Seat } from '@switchgear/core';
import type { Fleet } from '../circuit/prober.ts';
import type { SharedCircuit } from '../circuit/shared-circuit.ts';
import type { Written } from '../ports/register.ts';
import { isLater } from '../report/later.ts';
import type { Agreed } from './agreed.ts';
import { Demand } from './demand.ts';
import { appointedIn, type Known, knownFrom, writtenAgain } from './known.ts';
import { Lead } from './lead.ts';

/** An instance whose word stands, because its own probe failed last, lets others be first by this much. */
const STAND_BACK: Millis = 500;

/** A circuit that may be appointed to probe. */
export class Candidate {
  readonly circuit: SharedCircuit;
  /** When a swap was answered last. The answer to an older reading may come later, over another connection. */
  answeredAt: Millis = -Infinity;
  readonly #lead: Lead;
  readonly #fleet: Fleet;
  readonly #lease: Millis;
  readonly #demand: Demand;
  #known: Known | undefined;
  /** When its own `openFor` is over. */
  #ownDue: Millis = 0;
  /** Whether it has gone half-open by its lease. */
  #isProbing = false;
  /** The version to which its closing is the answer. */
  #closes: string | undefined;

  constructor(circuit: SharedCircuit, seat: Seat, fleet: Fleet, lease: Millis) {
    this.circuit = circuit;
    this.#lead = new Lead(circuit, seat, fleet);
    this.#fleet = fleet;
    this.#lease = lease;
    this.#demand = new Demand(circuit);
    circuit.appointed = () => appointedIn(this.#known, fleet.now());
  }

  get version(): string | undefined {
    return this.#known?.version;
  }

  /** Whether there may be something to do soon. */
  get isBusy(): boolean {
    const { state } = this.circuit.standing;
    return state === 'open' || this.#isHolder || this.#closes !== undefined || this.#isWordMissing;
  }

  /** Learns what is written. */
  take(written: Written | undefined): void {
    const isNew = written?.version !== this.version;
    this.#known = written && knownFrom(written, this.#fleet.now());
    if (isNew) this.#demand.written();
    if (!this.#isHolder) this.#isProbing = false;
    if (this.#closes !== this.version) this.#closes = undefined;
    const { mode } = this.#known?.agreed ?? {};
    if (mode) this.#fleet.obey(this.circuit, mode);
  }

  /** The circuit has moved. Nothing is asked here, because a call may be waiting. */
  moved(appoints: boolean): void {
    const { state, rule } = this.circuit.standing;
    this.#demand.moved();
    if (state === 'open') {
      this.#ownDue = this.#fleet.now() + this.circuit.breaker.retryAfter;
      if (appoints && this.#isByEvidence) this.#lead.hold(this.#ownDue);
    } else if (state === 'closed' && rule !== 'reset' && rule !== 'restore' && this.#known?.agreed?.state === 'open') {
      this.#closes = this.version;
    }
  }

  /** Does what is due. Returns what is to be written, if anything. */
  act(): Agreed | undefined {
    const now = this.#fleet.now();
    const next = this.circuit.breaker.mode === 'active' ? this.#next(now) : undefined;
    if (!next && !this.#isWordMissing) return undefined;
    const mode = this.#isWordMissing ? this.circuit.word : this.#known?.agreed?.mode;
    return { ...(next ?? (this.#known && writtenAgain(this.#known, now)) ?? this.#word('closed', 0)), mode };
  }

  /** What is to be written when this instance leaves: somebody else may probe. */
  get farewell(): Agreed | undefined {
    return this.#isHolder ? { ...this.#word('open', 0), mode: this.#known?.agreed?.mode } : undefined;
  }

  #next(now: Millis): Agreed | undefined {
    const { state } = this.circuit.standing;
    if (state === 'closed') return this.#whileClosed(now);
    if (state === 'half-open') return this.#whileProbing(now);
    return this.#isByEvidence ? this.#whileOpen(now) : undefined;
  }

  #whileClosed(now: Millis): Agreed | undefined {
    if (this.#closes !== undefined) return this.#word('closed', 0);
    const { agreed, endsAt = now } = this.#known ?? {};
    if (agreed?.state !== 'open' || this.circuit.own.sums.calls > 0 || now >= endsAt) return undefined;
    // It is new and knows nothing itself, so it follows.
    this.#lead.open(endsAt);
    this.#ownDue = endsAt;
    return undefined;
  }

  /** Renews the lease each third, as long as use is made of it. */
  #whileProbing(now: Millis): Agreed | undefined {
    const { agreed, writtenAt = now } = this.#known ?? {};
    return this.#isHolder && now - writtenAt >= this.#lease / 3 && this.#demand.isInUse ? agreed : undefined;
  }

  #whileOpen(now: Millis): Agreed | undefined {
    const { since } = this.circuit.standing;
    const { agreed, writtenAt = now, endsAt = now } = this.#known ?? {};
    const left = Math.max(0, this.#ownDue - now);
    if (agreed?.state === 'closed' && writtenAt > since) {
      this.#lead.wake('others');
      return undefined;
    }
    // Nobody was first, or what they said is over.
    if (agreed?.state !== 'open' || endsAt < since) return this.#word('open', left);
    if (this.#isHolder) {
      // Its probe has failed; or it has not probed yet, because it did not know that it won.
      if (this.#isProbing || left > 0) return this.#word('open', left);
      this.#isProbing = this.#lead.wake('appointed');
      return undefined;
    }
    const isLast = agreed.by === this.#fleet.life && !agreed.lease && this.#fleet.instances > 1;
    const due = Math.max(this.#ownDue, endsAt + (isLast ? STAND_BACK : 0));
    this.#lead.hold(due);
    if (now < due || !this.#demand.isAsked) return undefined;
    return { ...agreed, lease: { by: this.#fleet.life, for: this.#lease } };
  }

  get #isHolder(): boolean {
    return this.#known?.agreed?.lease?.by === this.#fleet.life;
  }

  /** An operator's moves are none of the others' business. */
  get #isByEvidence(): boolean {
    return this.circuit.standing.ground !== 'none';
  }

  /** Whether an operator's word is known here that is not written. */
  get #isWordMissing(): boolean {
    return isLater(this.circuit.word, this.#known?.agreed?.mode);
  }

  #word(state: Agreed['state'], wait: Millis): Agreed {
    return { state, wait, rule: this.circuit.standing.rule, by: this.#fleet.life };
  }
}
