/** What happens at the beginning of an act. */
export type Event = 'steady' | 'slow' | 'hang' | 'refuse' | 'return' | 'databaseDown' | 'databaseBack';

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
  databaseDown: 1_000,
  databaseBack: 1_500,
};

/** The acts in their order. A database that is not ours to kill is left alone. */
export function createActs(options: { readonly short: boolean; readonly ownDatabase: boolean }): readonly Act[] {
  const lengths = options.short ? SHORT : FULL;
  return Object.entries(lengths)
    .map(([name, lasting]) => ({ event: name as Event, title: TITLES[name as Event], lasting }))
    .filter(({ event }) => options.ownDatabase || !event.startsWith('database'));
}

/** How long the acts last together, in milliseconds. */
export function lengthOf(acts: readonly Act[]): number {
  return acts.reduce((sum, { lasting }) => sum + lasting, 0);
}
