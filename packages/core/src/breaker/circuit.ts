import { detectorOf } from '../detector/build.ts';
import type { CircuitEvent } from '../machine/event.ts';
import { type CircuitState, untouched } from '../machine/state.ts';
import { type Plan, type Step, transition } from '../machine/transition.ts';
import type { Evidence as Numbers, Verdict } from '../vocabulary/because.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Mode } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { Announcer } from './announcer.ts';
import { CallClock } from './call-clock.ts';
import { ErrorDesk } from './error-desk.ts';
import { Evidence } from './evidence.ts';
import type { ResolvedOptions } from './options.ts';
import { planOf } from './plan.ts';
import { Shadow } from './shadow.ts';

/** An event as callers know it; chance and servers' wishes are added on the way to the machine. */
type Unmarked<Event> = Event extends unknown ? Omit<Event, 'luck' | 'retryAfter'> : never;

/**
 * One circuit with everything around the pure machine: draws chance, makes the machine's answers true and announces them.
 */
export class Circuit {
  options: ResolvedOptions;
  plan: Plan;
  readonly clock: CallClock;
  readonly evidence: Evidence;
  readonly errors: ErrorDesk = new ErrorDesk();
  readonly announcer: Announcer = new Announcer(this.errors);
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
  tripped: Numbers | undefined = undefined;

  /** For a registry: told of each move before any listener. */
  whenMoved: (() => void) | undefined = undefined;

  #shadow = new Shadow();

  /** Until when servers have asked us to stay away. */
  #awayUntil: Instant = Number.NEGATIVE_INFINITY;

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.errors.onError = options.onError;
    this.plan = planOf(options, this.errors);
    this.clock = new CallClock(options.clock);
    const at = this.clock.now();
    this.state = untouched(at);
    this.modeSince = at;
    this.evidence = new Evidence(detectorOf(options.openWhen, options), at);
    this.attend();
  }

  /** Whether calls are evidence for the detector now, and not for recovery or for nobody. */
  get counts(): boolean {
    return this.mode === 'shadow' || (this.mode === 'active' && this.state.phase === 'closed');
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
    const step = this.#step(event);
    this.enter(step.moves, step.state);
    this.lost += step.lost;
    for (let probe = 0; probe < step.lost; probe++) this.announce({ type: 'lost', at: event.at });
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

  /** Moves the circuit through these states to the last of them. */
  enter(moves: readonly CircuitState[], state: CircuitState): void {
    let before = this.state;
    this.state = state;
    if (moves.length === 0) return;
    for (const { phase, since, because } of moves) {
      if (phase === 'open') this.tripped = because.evidence;
      this.evidence.clear(since);
    }
    this.ignored = 0;
    this.rejected = 0;
    this.attend();
    this.whenMoved?.();
    // Told only now, when all is in place: a listener may use this very breaker.
    for (const to of moves) {
      const { phase, since: at, because } = to;
      this.announce({ type: 'move', at, from: before.phase, to: phase, ...(because && { because }) });
      before = to;
    }
  }

  /** Entering a mode clears the evidence; the state stays where it is. */
  setMode(mode: Mode): void {
    if (mode === this.mode) return;
    const at = this.clock.now();
    const from = this.mode;
    this.mode = mode;
    this.modeSince = at;
    this.#shadow = new Shadow();
    this.evidence.clear(at);
    this.attend();
    this.announce({ type: 'mode', at, from, to: mode });
  }

  /** Does no more for a call than state, mode, detector and listeners need. Said again whenever one of them changes. */
  attend(): void {
    const { watches = false, clockReads } = this.evidence.plan;
    this.plain = this.state.phase === 'closed' && this.mode === 'active' && !watches;
    // Somebody who hears of outcomes wants each of them, and how long it took.
    this.clock.reads = this.plain && !this.announcer.outcomes ? clockReads : 2;
    if (this.announcer.outcomes) this.evidence.endLull();
  }

  /** The detector has seen enough: the circuit moves, or would if it were not in shadow mode. */
  judged(verdict: Verdict): void {
    const at = this.clock.now();
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

  announce(event: Omit<BreakerEvent, 'breaker'>): void {
    if (this.announcer.heard) this.announcer.announce({ ...event, breaker: this.options.name });
  }
}
