import type { Detector } from '../detector/detector.ts';
import { reportTo } from '../foreign/hook.ts';
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

/** What keeps circuits in an order, as a registry does, and is notified of each move and mode before any listener. */
export interface CircuitKeeper {
  circuitMoved(): void;
}

/** A call under way: the era it began in, its number if it is a probe, and when it began. */
export interface CallUnderWay {
  readonly generation: number;
  readonly id: number;
  readonly started: Instant;

  /** The observer that has counted the call as under way, and must be told of its end; absent for evidence without a permit. */
  readonly observer: CallObserver | undefined;
}

/** A call under way with its two handlers: they pass value or error through untouched and settle the call on the way. */
export interface CallHandlers extends CallUnderWay {
  readonly succeeded: <T>(value: T) => T;
  readonly failed: (error: unknown) => never;
}

/** The number of a call that is no probe. */
export const NO_PROBE = 0;

/**
 * All that changes in a breaker. The files beside this one work on it, each with one concern; the state itself is only
 * ever replaced by what the machine answers. Every field is set here and in this order: engines then know one shape of
 * circuit, whatever plugs it has.
 */
export class Circuit {
  readonly name: string;
  blueprint: Blueprint;
  readonly now: () => Instant;
  /** Where the circuit stood when it was last asked. */
  current: CircuitState = UNTOUCHED;
  mode: Mode = 'active';
  modeSince: Instant = 0;

  /** Made at the first outcome: an idle breaker has no window. */
  detector: Detector | undefined = undefined;
  /** Kept only where a plug reads vitals. */
  observer: CallObserver | undefined = undefined;

  /** The lull: how many successes the detector need not be told of, how many of them are left, and for how long and short. */
  lullGranted = 0;
  lullLeft = 0;
  lullUntil: Instant = 0;
  lullUnder: Millis = 0;

  /** Closed, active and not observed: any call is admitted without asking. */
  isFastPath = false;
  /** How often a call needs the clock: never, when it ends, or when it begins and ends. */
  clockReads: 0 | 1 | 2 = 0;
  /** The handlers of calls that need none of their own. */
  shared: CallHandlers | undefined = undefined;

  listeners: readonly Subscription[] = NO_LISTENERS;
  /** Events that listeners are receiving. */
  events: BreakerEvent[] | undefined = undefined;

  /** Until when servers have asked us to stay away. */
  awayUntil: Instant = -Infinity;
  /** In shadow mode, until when the circuit would have been open. */
  shadowUntil: Instant = 0;

  /** Since the last move. */
  ignored = 0;
  rejected = 0;
  /** Since the breaker was made. */
  late = 0;
  lost = 0;
  errors = 0;
  /** What the last opening was decided on. */
  tripped: Evidence | undefined = undefined;
  keeper: CircuitKeeper | undefined = undefined;

  constructor(name: string, blueprint: Blueprint) {
    this.name = name;
    this.blueprint = blueprint;
    const { clock } = blueprint.options;
    this.now = clock ? guardedNow(clock, this) : systemNow();
  }

  /** A user's hook has thrown: the error is counted and passed to `onError`, and changes nothing else. */
  report(error: unknown, where: string): void {
    this.errors++;
    reportTo(this.blueprint.options.onError).report(error, where);
  }
}
