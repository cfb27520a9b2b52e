/** What happens at the beginnings of the acts, in their order. */
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

/** What happens at the beginning of an act. */
export type Event = (typeof EVENTS)[number];

/** A part of the story. */
export interface Act {
  readonly event: Event;
  readonly title: string;

  /** Milliseconds until the next act. */
  readonly lasting: number;
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

/** Twenty seconds without payments, and under a minute in all. */
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

/** The same in 20 s, for tests. */
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

/** Which acts to play. */
export interface ActsOptions {
  readonly short: boolean;

  /** A database that is not ours to kill is left alone. */
  readonly ownDatabase: boolean;

  /** Only these, or all of them. */
  readonly acts?: readonly Event[] | undefined;
}

/** The acts in their order. */
export function createActs({ short, ownDatabase, acts = EVENTS }: ActsOptions): readonly Act[] {
  const lengths = short ? SHORT : FULL;
  return EVENTS.filter((event) => acts.includes(event))
    .filter((event) => ownDatabase || !event.startsWith('database'))
    .map((event) => ({ event, title: TITLES[event], lasting: lengths[event] }));
}

/** How long the acts last together, in milliseconds. */
export function lengthOf(acts: readonly Act[]): number {
  return acts.reduce((sum, { lasting }) => sum + lasting, 0);
}
