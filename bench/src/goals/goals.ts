/** What all figures of a run are known by: `closed/switchgear, coarse clock: share`. */
export type Figures = Readonly<Record<string, number>>;

/** Something we set out to reach. */
export interface Goal {
  readonly what: string;

  /** Reached if the figure is at most this. */
  readonly atMost: number;

  /** Behind the number; empty for a ratio. A time depends on the machine, a ratio hardly. */
  readonly unit: 'x' | 'B' | 'ns' | 'ms' | '';

  readonly of: (figures: Figures) => number | undefined;
}

/** A figure as it is. */
const figure =
  (name: string): Goal['of'] =>
  (figures) =>
    figures[name];

/** One figure over another. */
const over =
  (name: string, other: string): Goal['of'] =>
  (figures) =>
    (figures[name] ?? Number.NaN) / (figures[other] ?? Number.NaN);

/** One figure without another. */
const less =
  (name: string, other: string): Goal['of'] =>
  (figures) =>
    (figures[name] ?? Number.NaN) - (figures[other] ?? Number.NaN);

const overhead = (what: string, table: string, kind: string, atMost: number): Goal => ({
  what: `${what}, as a share of cockatiel's overhead`,
  atMost,
  unit: 'x',
  of: figure(`${table}/switchgear, ${kind}: share`),
});

/** All of them. Where they come from: the costs of the language itself, and what a trial of the design could reach. */
export const goals: readonly Goal[] = [
  overhead('success, failures and slow calls, exact clock', 'closed', 'exact clock', 0.72),
  overhead('success, failures and slow calls, coarse clock', 'closed', 'coarse clock', 0.3),
  overhead('success, count window', 'closed', 'count window', 0.27),
  overhead('ten kinds alive, exact clock', 'ten-kinds', 'exact clock', 0.72),
  overhead('ten kinds alive, coarse clock', 'ten-kinds', 'coarse clock', 0.3),
  overhead('ten kinds alive, count window', 'ten-kinds', 'count window', 0.27),
  {
    what: 'success, adaptive mode, coarse clock, over bare',
    atMost: 150,
    unit: 'ns',
    of: figure('closed/switchgear, adaptive, coarse clock: over'),
  },
  {
    what: 'success, adaptive mode, exact clock, over bare',
    atMost: 150,
    unit: 'ns',
    of: figure('closed/switchgear, adaptive, exact clock: over'),
  },
  { what: 'bytes a call, coarse clock', atMost: 100, unit: 'B', of: figure('bytes/switchgear, coarse clock: over') },
  { what: 'bytes a call, count window', atMost: 100, unit: 'B', of: figure('bytes/switchgear, count window: over') },
  {
    what: '1,000 in flight, coarse clock, over bare',
    atMost: 35,
    unit: 'ns',
    of: figure('in-flight/switchgear, coarse clock: over'),
  },
  { what: 'failure, coarse clock', atMost: 1.75, unit: 'x', of: figure('failure/switchgear, coarse clock: most') },
  { what: 'failure, exact clock', atMost: 1.9, unit: 'x', of: figure('failure/switchgear, exact clock: most') },
  {
    what: 'failure, coarse clock, flat from 0 to 1,000,000 calls in the window',
    atMost: 1.25,
    unit: 'x',
    of: over('failure/switchgear, coarse clock: most', 'failure/switchgear, coarse clock: least'),
  },
  {
    what: 'callers missing from the async stack of a failure',
    atMost: 0,
    unit: '',
    of: ({ 'failure/switchgear, coarse clock: keeps the caller': kept = Number.NaN }) => 1 - kept,
  },
  { what: 'refusal, coarse clock', atMost: 550, unit: 'ns', of: figure('open/switchgear, coarse clock: shallow') },
  { what: 'refusal, exact clock', atMost: 600, unit: 'ns', of: figure('open/switchgear, exact clock: shallow') },
  {
    what: 'refusal, twenty frames deeper',
    atMost: 200,
    unit: 'ns',
    of: less('open/switchgear, coarse clock: deep', 'open/switchgear, coarse clock: shallow'),
  },
  {
    what: 'tryAcquire refused, coarse clock',
    atMost: 10,
    unit: 'ns',
    of: figure('synchronous/tryAcquire refused, coarse clock: ns'),
  },
  {
    what: 'tryAcquire refused, exact clock',
    atMost: 35,
    unit: 'ns',
    of: figure('synchronous/tryAcquire refused, exact clock: ns'),
  },
  {
    what: 'bytes of a refused tryAcquire',
    atMost: 1,
    unit: 'B',
    of: figure('synchronous/tryAcquire refused, coarse clock: bytes'),
  },
  {
    what: 'making a breaker',
    atMost: 1_000,
    unit: 'ns',
    of: figure('synchronous/make a breaker with its defaults: ns'),
  },
  { what: 'reading metrics()', atMost: 50, unit: 'ns', of: figure('synchronous/read metrics(): ns') },
  { what: 'an idle breaker, defaults', atMost: 450, unit: 'B', of: figure('memory/switchgear, defaults: idle') },
  { what: 'a breaker at work, defaults', atMost: 1_100, unit: 'B', of: figure('memory/switchgear, defaults: used') },
  {
    what: 'an idle breaker in a registry of 100,000',
    atMost: 300,
    unit: 'B',
    of: figure('memory/switchgear, in a registry: idle'),
  },
  {
    what: 'a breaker at work in a registry of 100,000',
    atMost: 750,
    unit: 'B',
    of: figure('memory/switchgear, in a registry: used'),
  },
  {
    what: 'registry.get of one key, 100 to 100,000 keys',
    atMost: 1.5,
    unit: 'x',
    of: figure('registry/get, one key'),
  },
  {
    what: 'registry.get of a key in trouble, 100 to 100,000 keys',
    atMost: 1.5,
    unit: 'x',
    of: figure('registry/get, a key in trouble'),
  },
  { what: 'timers of 100,000 breakers', atMost: 0, unit: '', of: figure('memory/registry: timers') },
  {
    what: 'success by the number of buckets, 10 to 1,000',
    atMost: 1.1,
    unit: 'x',
    of: figure('flatness/time: success'),
  },
  {
    what: 'failure by the number of buckets, 10 to 1,000',
    atMost: 1.1,
    unit: 'x',
    of: figure('flatness/time: failure'),
  },
  {
    what: 'success by the size of a count window, 10 to 100,000',
    atMost: 1.1,
    unit: 'x',
    of: figure('flatness/count: success'),
  },
  {
    what: 'failure by the size of a count window, 10 to 100,000',
    atMost: 1.1,
    unit: 'x',
    of: figure('flatness/count: failure'),
  },
  { what: 'importing core, over an empty module', atMost: 1, unit: 'ms', of: figure('import/@switchgear/core: over') },
  {
    what: 'a breaker with its defaults, gzip',
    atMost: 3_500,
    unit: 'B',
    of: figure('size/switchgear, defaults: gzip'),
  },
];
