import type { Detector } from '../detector/detector.ts';
import { reportTo } from '../foreign/hook.ts';
import { type CircuitState, UNTOUCHED } from '../machine/state.ts';
import type { VitalsMemory } from '../vitals/vitals.ts';
import type { BreakerEvent } from '../vocabulary/event.ts';
import type { Evidence, Mode } from '../vocabulary/state.ts';
import type { Instant, Millis } from '../vocabulary/time.ts';
import type { Blueprint } from './blueprint.ts';
import { guardedNow, systemNow } from './clock.ts';

/** Somebody who wants to hear of events, and whether of each outcome too. */
export interface Subscription {
  readonly listener: (event: BreakerEvent) => void;
  readonly outcomes: boolean | undefined;
}

const NOBODY: readonly Subscription[] = [];

/**
 * All that changes in a breaker. The files beside this one work on it, each with one concern; the state itself is only
 * ever replaced by what the machine answers. Every field is set here and in this order: engines then know one shape of
 * circuit, whatever plugs it has.
 */
export class Circuit {
  readonly name: string;
  blueprint: Blueprint;
  readonly now: () => Instant;
  /** Where the circuit stands, as far as anybody has asked. */
  current: CircuitState = UNTOUCHED;
  mode: Mode = 'active';
  modeSince: Instant = 0;

  /** Made at the first outcome: an idle breaker has no window. */
  detector: Detector | undefined = undefined;
  /** Kept only where a plug asks for them. */
  vitals: VitalsMemory | undefined = undefined;

  /** The lull: of `granted` successes that the detector need not be told, `left` are left, until then, if shorter than this. */
  left = 0;
  granted = 0;
  until: Instant = 0;
  under: Millis = 0;

  /** Closed, active and not watched: any call would be admitted, so nobody need be asked. */
  plain = false;
  /** How often a call needs the clock: never, when it ends, or when it begins and ends. */
  clockReads: 0 | 1 | 2 = 0;
  /** What calls share that need nothing of their own. */
  shared: Pass | undefined = undefined;

  listeners: readonly Subscription[] = NOBODY;
  /** Events that listeners are being told of. */
  events: BreakerEvent[] | undefined = undefined;

  /** Until when servers have asked us to stay away. */
  awayUntil: Instant = -Infinity;
  /** In shadow mode, until when the circuit would have been open. */
  shadowUntil: Instant = 0;

  /** Since the last move. */
  ignored = 0;
  rejected = 0;
  /** Since the beginning. */
  late = 0;
  lost = 0;
  errors = 0;
  /** What the last opening was decided on. */
  tripped: Evidence | undefined = undefined;
  /** For a registry: under which key it keeps this circuit, and who is told of each move and mode before any listener. */
  key: string | undefined = undefined;
  whenMoved: ((circuit: Circuit) => void) | undefined = undefined;

  constructor(name: string, blueprint: Blueprint) {
    this.name = name;
    this.blueprint = blueprint;
    const { clock } = blueprint.options;
    this.now = clock ? guardedNow(clock, this) : systemNow();
  }

  /** Something hooked in has thrown: it is counted and passed on, and changes nothing else. */
  report(error: unknown, where: string): void {
    this.errors++;
    reportTo(this.blueprint.options.onError).report(error, where);
  }
}

/** A call under way: the era it began in, its number if it is a probe, and when it began. */
export interface CallUnderWay {
  readonly generation: number;
  readonly id: number;
  readonly started: Instant;

  /** Those that have counted it as under way, and must hear that it no longer is; none for evidence without a permit. */
  readonly vitals: VitalsMemory | undefined;
}

/** A call under way with its two ends: they pass value or error through untouched and settle the call on the way. */
export interface Pass extends CallUnderWay {
  readonly succeeded: <T>(value: T) => T;
  readonly failed: (error: unknown) => never;
}

/** Whether outcomes are evidence for the detector. */
export function judges({ current, mode }: Circuit): boolean {
  return current.phase === 'closed' || mode === 'shadow';
}

/** Whether anybody wants to hear of each outcome. */
export function outcomesWanted({ listeners }: Circuit): boolean {
  return listeners.some(({ outcomes }) => outcomes);
}

/** Does no more for a call than state, mode, detector and listeners need. Said again whenever one of them changes. */
export function attend(circuit: Circuit): void {
  const { watches, clockReads } = circuit.blueprint.detection;
  const isWatched = watches || circuit.vitals;
  circuit.plain = circuit.current.phase === 'closed' && circuit.mode === 'active' && !isWatched;
  // Somebody who hears of outcomes wants each of them, and how long it took.
  circuit.clockReads = circuit.plain && !outcomesWanted(circuit) ? clockReads : 2;
  handOver(circuit);
}

/** Ends the lull: the detector learns of the successes it need not have been told. */
export function handOver(circuit: Circuit): void {
  if (circuit.granted > 0) circuit.detector?.skip(circuit.granted - circuit.left);
  circuit.left = 0;
  circuit.granted = 0;
}

/** Forgets the evidence: the circuit has moved, or the mode changed. */
export function forget(circuit: Circuit, at: Instant): void {
  attend(circuit);
  circuit.vitals?.forget();
  circuit.detector?.clear(at);
}

/** The evidence of a closed circuit is forgotten: calls under way were part of it, and are late from now on. */
export function beginEra(circuit: Circuit, at: Instant): void {
  const { current } = circuit;
  if (current.phase === 'closed') circuit.current = { ...current, generation: current.generation + 1 };
  forget(circuit, at);
}
