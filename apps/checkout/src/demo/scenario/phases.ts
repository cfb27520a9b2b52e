/** The events that phases begin with, in order. */
export const EVENTS = [
  'steady',
  'slow',
  'hang',
  'refuse',
  'return',
  'productsHang',
  'productsReturn',
  'databaseDown',
  'databaseBack',
] as const;

/** The event that a phase begins with. */
export type Event = (typeof EVENTS)[number];

/** One phase of the scenario. */
export interface Phase {
  readonly event: Event;
  readonly title: string;

  /** Milliseconds until the next phase. */
  readonly duration: number;
}

const TITLES: Readonly<Record<Event, string>> = {
  steady: 'Steady traffic',
  slow: 'Payments slow',
  hang: 'Payments hang',
  refuse: 'Payments refuse',
  return: 'Payments return',
  productsHang: 'Products hang',
  productsReturn: 'Products return',
  databaseDown: 'PostgreSQL killed',
  databaseBack: 'PostgreSQL restarted',
};

type Lengths = Readonly<Record<Event, number>>;

/** Durations of the whole scenario: 20 s of payment outage, less than a minute in total. */
const FULL: Lengths = {
  steady: 4_000,
  slow: 4_000,
  hang: 10_000,
  refuse: 10_000,
  return: 8_000,
  productsHang: 2_500,
  productsReturn: 500,
  databaseDown: 2_000,
  databaseBack: 4_000,
};

/** The same phases in 20 s, for tests. */
const SHORT: Lengths = {
  steady: 1_500,
  slow: 3_000,
  hang: 2_500,
  refuse: 4_500,
  return: 4_500,
  productsHang: 1_000,
  productsReturn: 500,
  databaseDown: 1_000,
  databaseBack: 1_500,
};

/** Which phases to run. */
export interface PhasesOptions {
  readonly short: boolean;

  /** Whether the demo started the database itself; a database given by the user is not killed. */
  readonly ownDatabase: boolean;

  /** Only these phases; all of them by default. */
  readonly phases?: readonly Event[] | undefined;
}

/** The phases in their order. */
export function createPhases({ short, ownDatabase, phases = EVENTS }: PhasesOptions): readonly Phase[] {
  const lengths = short ? SHORT : FULL;
  return EVENTS.filter((event) => phases.includes(event))
    .filter((event) => ownDatabase || !event.startsWith('database'))
    .map((event) => ({ event, title: TITLES[event], duration: lengths[event] }));
}

/** The total duration of the phases, in milliseconds. */
export function lengthOf(phases: readonly Phase[]): number {
  return phases.reduce((sum, { duration }) => sum + duration, 0);
}

/** For how long payments answer nothing, in milliseconds. */
export function outageOf(phases: readonly Phase[]): number {
  return lengthOf(phases.filter(({ event }) => event === 'hang' || event === 'refuse'));
}

const OF_PAYMENTS: readonly Event[] = ['slow', 'hang', 'refuse', 'return'];

/** Whether payments answer at the end of the scenario. */
export function isWellAtLast(phases: readonly Phase[]): boolean {
  const last = phases.findLast(({ event }) => OF_PAYMENTS.includes(event))?.event;
  return last !== 'hang' && last !== 'refuse';
}
