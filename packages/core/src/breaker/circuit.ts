import { detectorOf } from '../detector/build.ts';
import type { CircuitEvent } from '../machine/event.ts';
import { type CircuitState, untouched } from '../machine/state.ts';
import { type Plan, type Step, transition } from '../machine/transition.ts';
import type { Evidence as Numbers, Verdict } from '../vocabulary/because.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Mode } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { Announcer } from './announcer.ts';
import { ErrorDesk } from './error-desk.ts';
import { Evidence } from './evidence.ts';
import { guardedOpenFor } from './guarded-open-for.ts';
import type { ResolvedOptions } from './options.ts';
import { Shadow } from './shadow.ts';
import { UNTIMED } from './untimed.ts';

/** An event as callers know it; chance and servers' wishes are added on the way to the machine. */
type Unmarked<Event> = Event extends unknown ? Omit<Event, 'luck' | 'retryAfter'> : never;

/**
 * One circuit with everything around the pure machine: reads the clock, draws chance, makes the machine's answers true
 * and announces them.
 */
export class Circuit {
  readonly options: ResolvedOptions;
  readonly plan: Plan;
  readonly evidence: Evidence;
  readonly announcer: Announcer;
  readonly errors: ErrorDesk;
  readonly now: () => Instant;
  state: CircuitState;
  mode: Mode = 'active';
  modeSince: Instant;

  /** Closed, active and not watched: any call would be admitted, so nobody need be asked. */
  plain = false;

  /** Since the last move. */
  ignored = 0;
  rejected = 0;

  /** Since the beginning. */
  late = 0;
  lost = 0;

  /** What the last opening was decided on. */
  tripped: Numbers | undefined;

  /** How often a call needs the clock: never, when it ends, or when it begins and ends. */
  #clockReads: 0 | 1 | 2;
  #shadow = new Shadow();

  /** Until when servers have asked us to stay away. */
  #awayUntil: Instant = Number.NEGATIVE_INFINITY;

  constructor(options: ResolvedOptions) {
    const { clock, openWhen, openFor, recover, permitTimeout, onError } = options;
    this.options = options;
    this.now = clock.now;
    this.errors = new ErrorDesk(onError);
    this.announcer = new Announcer(this.errors);
    const rule = 'judge' in openWhen ? openWhen : undefined;
    this.plan = { openFor: guardedOpenFor(openFor, this.errors), recover: recover.build({ permitTimeout, rule }) };
    const at = this.now();
    this.state = untouched(at);
    this.modeSince = at;
    this.evidence = new Evidence(detectorOf(openWhen, options), at);
    this.#clockReads = this.evidence.plan.clockReads;
    this.#simplify();
  }

  /** Whether calls are evidence for the detector now, and not for recovery or for nobody. */
  get counts(): boolean {
    return this.mode === 'shadow' || (this.mode === 'active' && this.state.phase === 'closed');
  }

  /** The clock is what a call through a closed circuit costs most, so it is read only if somebody will use the answer. */
  timeAtStart(): Instant {
    return this.#clockReads === 2 || !this.plain ? this.now() : UNTIMED;
  }

  timeAtEnd(): Instant {
    return this.#clockReads > 0 || !this.plain ? this.now() : 0;
  }

  /** Where the circuit stands at this instant, without moving it there. */
  at(at: Instant): CircuitState {
    try {
      return transition(this.state, { type: 'look', at, luck: 0 }, this.plan).state;
    } catch {
      return this.state; // A plug that throws is reported when it is asked in earnest; reading has no effects.
    }
  }

  /** Lets the machine answer an event, and makes the answer true. */
  dispatch(event: Unmarked<CircuitEvent>): Step {
    const from = this.state;
    const step = this.#step(event);
    this.state = step.state;
    if (step.moves.length > 0) this.#moved(from, step.moves);
    if (step.lost > 0) this.#gaveUp(step.lost, event.at);
    return step;
  }

  /** A plug that throws is reported and lets the call through: its fault must not become an outage. */
  #step(event: Unmarked<CircuitEvent>): Step {
    const retryAfter = Math.max(0, this.#awayUntil - event.at);
    try {
      const marked = { ...event, luck: this.options.random(), retryAfter } as CircuitEvent;
      return transition(this.state, marked, this.plan);
    } catch (error) {
      this.errors.report(error, 'recover');
      return { state: this.state, moves: [], lost: 0, admitted: 0 };
    }
  }

  #moved(from: CircuitState, moves: readonly CircuitState[]): void {
    for (const state of moves) {
      if (state.phase === 'open') this.tripped = state.because.evidence;
      this.ignored = 0;
      this.rejected = 0;
      this.evidence.clear(state.since);
    }
    this.#simplify();
    // Told only now, when all is in place: a listener may use this very breaker.
    let before = from;
    for (const state of moves) {
      const { phase, since: at, because } = state;
      this.announce({ type: 'move', at, from: before.phase, to: phase, ...(because && { because }) });
      before = state;
    }
  }

  #gaveUp(probes: number, at: Instant): void {
    this.lost += probes;
    for (let probe = 0; probe < probes; probe++) this.announce({ type: 'lost', at });
  }

  #simplify(): void {
    this.plain = this.state.phase === 'closed' && this.mode === 'active' && !this.evidence.plan.watches;
  }

  /** Entering a mode clears the evidence; the state stays where it is. */
  setMode(mode: Mode): void {
    if (mode === this.mode) return;
    const at = this.now();
    const from = this.mode;
    this.mode = mode;
    this.modeSince = at;
    this.#shadow = new Shadow();
    this.evidence.clear(at);
    this.#simplify();
    this.announce({ type: 'mode', at, from, to: mode });
  }

  /** The detector has seen enough: the circuit moves, or would if it were not in shadow mode. */
  judged(verdict: Verdict): void {
    const at = this.now();
    if (this.mode !== 'shadow') {
      this.dispatch({ type: 'judged', at, verdict });
      return;
    }
    const because = this.#shadow.wouldOpen(at, verdict, this.options.random(), this.plan.openFor);
    if (because) this.announce({ type: 'wouldOpen', at, because });
  }

  /** A server asked us to stay away for so long. */
  stayAway(at: Instant, retryAfter: Millis): void {
    if (retryAfter > 0) this.#awayUntil = Math.max(this.#awayUntil, at + retryAfter);
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (event: BreakerEvent) => void, outcomes: boolean): () => void {
    const unsubscribe = this.announcer.subscribe(listener, outcomes);
    this.#heed();
    return () => {
      unsubscribe();
      this.#heed();
    };
  }

  /** Somebody who wants to hear of outcomes wants each of them, and how long it took. */
  #heed(): void {
    this.#clockReads = this.announcer.outcomes ? 2 : this.evidence.plan.clockReads;
    if (this.announcer.outcomes) this.evidence.endLull();
  }

  announce(event: Omit<BreakerEvent, 'breaker'>): void {
    if (this.announcer.heard) this.announcer.announce({ ...event, breaker: this.options.name });
  }
}
