import type { Company } from '../contract/company.ts';
import type { Detector } from '../detector/detector.ts';
import { ask, reportTo } from '../foreign/hook.ts';
import { type CircuitState, UNTOUCHED } from '../machine/state.ts';
import type { CallObserver } from '../vitals/vitals.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Evidence, Mode } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Blueprint } from './blueprint.ts';
import { guardedNow, systemNow } from './clock.ts';

/** A listener, and whether it wants each outcome too. */
export interface Subscription {
  readonly listener: (event: BreakerEvent) => void;
  readonly outcomes: boolean | undefined;
}

const NO_LISTENERS: readonly Subscription[] = [];

/** Keeps circuits in an order, as a registry does, and is notified of each move and mode before any listener. */
export interface CircuitKeeper {
  circuitMoved(): void;
}

/** A call under way: the generation it began in, its number if it is a probe, and when it began. */
export interface CallUnderWay {
  readonly generation: number;
  readonly id: number;
  readonly started: Instant;

  /**
   * The observer that counts the call as under way and must be notified of its end; absent for evidence without a
   * permit.
   */
  readonly observer: CallObserver | undefined;
}

/** A call under way with its two handlers, which pass the value or error through unchanged and settle the call. */
export interface CallHandlers extends CallUnderWay {
  readonly succeeded: <T>(value: T) => T;
  readonly failed: (error: unknown) => PromiseLike<never>;
}

/** The number of a call that is not a probe. */
export const NO_PROBE = 0;

/**
 * What most circuits never have: they have not refused, failed or moved. They share one object of it, because a registry
 * holds thousands that are idle; that saves a fifth of each.
 */
export interface Rare {
  modeSince: Instant;

  /** Events that listeners are receiving. */
  events: BreakerEvent[] | undefined;

  /** Who works together with the breaker. Its functions do not use `this`. */
  companies: readonly Company[];

  /** When the latest Retry-After of a server ends. */
  awayUntil: Instant;

  /** In shadow mode, until when the circuit would have been open. */
  shadowUntil: Instant;

  /** Since the last move. */
  ignored: number;
  rejected: number;

  /** Since the breaker was made. */
  late: number;
  lost: number;
  errors: number;

  /** The numbers that the last opening was decided on. */
  tripped: Evidence | undefined;
}

const NOTHING_RARE: Readonly<Rare> = {
  modeSince: 0,
  events: undefined,
  companies: [],
  awayUntil: -Infinity,
  shadowUntil: 0,
  ignored: 0,
  rejected: 0,
  late: 0,
  lost: 0,
  errors: 0,
  tripped: undefined,
};

/**
 * All mutable state of a breaker. The other files of this folder work on it, each with one concern; the circuit's state is
 * only ever replaced by what the machine returns. Every field is set here in this order, so that engines see a single
 * object shape, whatever plugs there are.
 */
export class Circuit {
  readonly name: string;
  blueprint: Blueprint;
  readonly now: () => Instant;
  /** The state at the last event. */
  current: CircuitState = UNTOUCHED;
  mode: Mode = 'active';

  /** Made at the first outcome: an idle breaker has no window. */
  detector: Detector | undefined = undefined;
  /** Kept only if a plug reads vitals. */
  observer: CallObserver | undefined = undefined;

  /**
   * The lull: how many successes need not reach the detector, how many of them are left, until when, and below what
   * duration.
   */
  lullGranted = 0;
  lullLeft = 0;
  lullUntil: Instant = 0;
  lullUnder: Millis = 0;

  /** Set while closed, active and not observed: every call is admitted without asking. */
  isFastPath = false;
  /** How often a call reads the clock: never, at its end, or at its beginning and end. */
  clockReads: 0 | 1 | 2 = 0;
  /** The handlers that calls share unless they need their own. */
  shared: CallHandlers | undefined = undefined;

  listeners: readonly Subscription[] = NO_LISTENERS;
  /** Whether any listener wants each outcome. */
  wantsOutcomes = false;
  /** What few circuits have; read here, written through `own`. */
  rare: Readonly<Rare> = NOTHING_RARE;
  keeper: CircuitKeeper | undefined = undefined;

  constructor(name: string, blueprint: Blueprint) {
    this.name = name;
    this.blueprint = blueprint;
    const { clock } = blueprint.options;
    this.now = clock ? guardedNow(clock, this) : systemNow();
  }

  /** The same to write: a copy of its own from the first write on. */
  get own(): Rare {
    if (this.rare === NOTHING_RARE) this.rare = { ...NOTHING_RARE };
    return this.rare;
  }

  /**
   * Calls a function of each company. One that throws is reported, and has no other effect.
   *
   * @returns whether none has returned false; after that no other is called
   */
  meet<Name extends keyof Company>(name: Name, ...args: Parameters<Required<Company>[Name]>): boolean {
    type Hook = ((...args: unknown[]) => unknown) | undefined;
    return this.rare.companies.every((company) => ask(name, this, company[name] as Hook, ...args) !== false);
  }

  /** Counts an error of a user's hook and passes it to `onError`. It has no other effect. */
  report(error: unknown, where: string): void {
    this.own.errors++;
    reportTo(this.blueprint.options.onError).report(error, where);
  }
}
