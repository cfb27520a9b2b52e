import { isRecipe } from '../detector/detector.ts';
import { windowed } from '../detector/windowed.ts';
import type { CircuitEvent } from '../machine/event.ts';
import { type CircuitState, untouched } from '../machine/state.ts';
import { type Plan, type Step, transition } from '../machine/transition.ts';
import type { Opening } from '../open-for/open-for.ts';
import type { Because, Evidence as Numbers, Verdict } from '../vocabulary/because.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Mode } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import { Announcer } from './announcer.ts';
import { Evidence } from './evidence.ts';
import type { ResolvedOptions } from './options.ts';
import { UNTIMED } from './untimed.ts';

type Unmarked<E> = E extends unknown ? Omit<E, 'luck' | 'retryAfter'> : never;

/**
 * The state of one circuit and everything around the pure machine: reads the clock, draws chance, commits what the
 * machine answers and announces it.
 */
export class Circuit {
  readonly options: ResolvedOptions;
  readonly announcer: Announcer;
  readonly evidence: Evidence;
  readonly now: () => Instant;
  state: CircuitState;
  mode: Mode = 'active';

  /** Closed and active: the machine would admit any call, so it need not be asked. */
  plain = true;

  /** When the mode was last changed. */
  modeSince: Instant;

  /** How often a call needs the clock: never, when it ends, or when it begins and ends. */
  #clockReads: 0 | 1 | 2;

  ignored = 0;
  rejected = 0;
  late = 0;
  lost = 0;
  errors = 0;

  /** What the last opening was decided on. */
  tripped: Numbers | undefined;

  readonly #plan: Plan;

  /** In shadow mode, until when the circuit would have been open. */
  #shadowUntil: Instant = Number.NEGATIVE_INFINITY;

  /** Until when servers have asked us to stay away. */
  #awayUntil: Instant = Number.NEGATIVE_INFINITY;

  constructor(options: ResolvedOptions) {
    const { clock, openWhen, recover, permitTimeout } = options;
    this.options = options;
    this.now = clock.now;
    this.announcer = new Announcer((error, where) => this.report(error, where));
    const at = this.now();
    this.state = untouched(at);
    this.modeSince = at;
    this.#plan = { openFor: (opening) => this.#openFor(opening), recover: recover.build({ permitTimeout }) };
    this.evidence = new Evidence(isRecipe(openWhen) ? openWhen.build(options) : windowed(openWhen, options), at);
    this.#clockReads = this.evidence.plan.clockReads;
  }

  /** The clock is what a call through a closed circuit costs most, so it is read only if somebody will use the answer. */
  timeAtStart(): Instant {
    return this.#clockReads === 2 || !this.plain ? this.now() : UNTIMED;
  }

  timeAtEnd(): Instant {
    return this.#clockReads > 0 || !this.plain ? this.now() : 0;
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

  get recover(): Plan['recover'] {
    return this.#plan.recover;
  }

  /** Where the circuit stands at this instant, without moving it there. */
  at(at: Instant): CircuitState {
    return transition(this.state, { type: 'look', at, luck: 0 }, this.#plan).state;
  }

  /** Lets the machine answer an event, and makes the answer true. */
  dispatch(event: Unmarked<CircuitEvent>): Step {
    const retryAfter = Math.max(0, this.#awayUntil - event.at);
    const step = transition(
      this.state,
      { ...event, luck: this.options.random(), retryAfter } as CircuitEvent,
      this.#plan,
    );
    const from = this.state;
    this.state = step.state;
    if (step.moves.length > 0) this.#moved(from, step.moves);
    if (step.lost > 0) this.#gaveUp(step.lost, event.at);
    return step;
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
      this.announce({ type: 'move', at: state.since, from: before.phase, to: state.phase, because: state.because });
      before = state;
    }
  }

  #gaveUp(probes: number, at: Instant): void {
    this.lost += probes;
    for (let probe = 0; probe < probes; probe++) this.announce({ type: 'lost', at });
  }

  /** Entering a mode clears the evidence; the state stays where it is. */
  setMode(mode: Mode): void {
    if (mode === this.mode) return;
    const at = this.now();
    const from = this.mode;
    this.mode = mode;
    this.modeSince = at;
    this.#shadowUntil = Number.NEGATIVE_INFINITY;
    this.evidence.clear(at);
    this.#simplify();
    this.announce({ type: 'mode', at, from, to: mode });
  }

  /** In shadow mode a verdict moves nothing; it is announced, and again when the opening would have been over. */
  wouldOpen(at: Instant, verdict: Verdict): void {
    if (at < this.#shadowUntil) return;
    const because: Because = { at, rule: verdict.rule, ...(verdict.evidence && { evidence: verdict.evidence }) };
    this.#shadowUntil = at + this.#openFor({ at, attempt: 0, luck: this.options.random(), because });
    this.announce({ type: 'wouldOpen', at, because: { ...because, nextAttemptAt: this.#shadowUntil } });
  }

  #simplify(): void {
    this.plain = this.state.phase === 'closed' && this.mode === 'active';
  }

  /** A server asked us to stay away for so long. */
  stayAway(at: Instant, retryAfter: Millis): void {
    if (retryAfter > 0) this.#awayUntil = Math.max(this.#awayUntil, at + retryAfter);
  }

  announce(event: Omit<BreakerEvent, 'breaker' | 'because'> & { because?: BreakerEvent['because'] | undefined }): void {
    if (!this.announcer.heard) return;
    const { because, ...rest } = event;
    this.announcer.announce({ ...rest, breaker: this.options.name, ...(because && { because }) });
  }

  /** Something hooked in has thrown: it is counted and passed on, and changes nothing else. */
  report(error: unknown, where: string): void {
    this.errors++;
    try {
      this.options.onError?.(error, where);
    } catch {
      // Nobody is left to tell.
    }
  }

  /** The user's function, kept from wedging the circuit: a wait that is no number would never be over. */
  #openFor(opening: Opening): Millis {
    try {
      const wait = this.options.openFor(opening);
      if (wait >= 0) return wait;
      this.report(new RangeError(`openFor must return a number of milliseconds of at least 0, got ${wait}`), 'openFor');
    } catch (error) {
      this.report(error, 'openFor');
    }
    return 0;
  }
}
