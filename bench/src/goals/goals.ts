/** Figures of a run by name: `closed/switchgear, coarse clock: share`. */
export type Figures = Readonly<Record<string, number>>;

/** A goal for a figure. */
export interface Goal {
  readonly what: string;

  /** Reached if the figure is at most this. */
  readonly atMost: number;

  /** Unit of the number; empty for a count. Times depend on the machine, ratios hardly. */
  readonly unit: 'x' | 'B' | 'ns' | 'ms' | '';

  readonly of: (figures: Figures) => number | undefined;
}

/** The figure of that name is to be at most this. */
function limit(what: string, atMost: number, unit: Goal['unit'], name: string): Goal {
  return { what, atMost, unit, of: (figures) => figures[name] };
}

/** The overhead of one of ours, as a share of that of the reference. */
function overhead(what: string, table: string, kind: string, atMost: number): Goal {
  return limit(`${what}, as a share of cockatiel's overhead`, atMost, 'x', `${table}/switchgear, ${kind}: share`);
}

/** All goals: derived from the costs of the language itself, and from what a trial of the design could reach. */
export const goals: readonly Goal[] = [
  overhead('success, failures and slow calls, exact clock', 'closed', 'exact clock', 0.72),
  overhead('success, failures and slow calls, coarse clock', 'closed', 'coarse clock', 0.3),
  overhead('success, count window', 'closed', 'count window', 0.27),
  overhead('ten kinds alive, exact clock', 'ten-kinds', 'exact clock', 0.78),
  overhead('ten kinds alive, coarse clock', 'ten-kinds', 'coarse clock', 0.324),
  overhead('ten kinds alive, count window', 'ten-kinds', 'count window', 0.29),
  overhead('success, the default, exact clock', 'closed', 'adaptive, exact clock', 1.1),
  overhead('success, the default, coarse clock', 'closed', 'adaptive, coarse clock', 0.6),
  limit('bytes a call, coarse clock', 100, 'B', 'bytes/switchgear, coarse clock: over'),
  limit('bytes a call, count window', 100, 'B', 'bytes/switchgear, count window: over'),
  limit('1,000 in flight, coarse clock, over bare', 35, 'ns', 'in-flight/switchgear, coarse clock: over'),
  limit('failure, coarse clock', 1.6, 'x', 'failure/switchgear, coarse clock: most'),
  limit('failure, exact clock', 1.6, 'x', 'failure/switchgear, exact clock: most'),
  {
    what: 'failure, coarse clock, flat from 0 to 1,000,000 calls in the window',
    atMost: 1.25,
    unit: 'x',
    of: ({
      'failure/switchgear, coarse clock: most': most = Number.NaN,
      'failure/switchgear, coarse clock: least': least = Number.NaN,
    }) => most / least,
  },
  {
    what: 'callers missing from the async stack of a failure',
    atMost: 0,
    unit: '',
    of: ({ 'failure/switchgear, coarse clock: keeps the caller': kept = Number.NaN }) => 1 - kept,
  },
  limit('refusal, coarse clock', 470, 'ns', 'open/switchgear, coarse clock: shallow'),
  limit('refusal, exact clock', 470, 'ns', 'open/switchgear, exact clock: shallow'),
  {
    what: 'refusal, twenty frames deeper',
    atMost: 200,
    unit: 'ns',
    of: ({
      'open/switchgear, coarse clock: deep': deep = Number.NaN,
      'open/switchgear, coarse clock: shallow': shallow = Number.NaN,
    }) => deep - shallow,
  },
  limit('tryAcquire refused, coarse clock', 10, 'ns', 'synchronous/tryAcquire refused, coarse clock: ns'),
  limit('tryAcquire refused, exact clock', 35, 'ns', 'synchronous/tryAcquire refused, exact clock: ns'),
  limit('bytes of a refused tryAcquire', 1, 'B', 'synchronous/tryAcquire refused, coarse clock: bytes'),
  limit('making a breaker', 1_000, 'ns', 'synchronous/make a breaker with its defaults: ns'),
  limit('reading metrics()', 50, 'ns', 'synchronous/read metrics(): ns'),
  limit('an idle breaker, defaults', 450, 'B', 'memory/switchgear, defaults: idle'),
  limit('a breaker at work, defaults', 1_100, 'B', 'memory/switchgear, defaults: used'),
  limit('an idle breaker in a registry of 100,000', 270, 'B', 'memory/switchgear, in a registry: idle'),
  limit('a breaker at work in a registry of 100,000', 750, 'B', 'memory/switchgear, in a registry: used'),
  limit('registry.get of one key, 100 to 100,000 keys', 1.5, 'x', 'registry/get, one key'),
  limit('registry.get of a key in trouble, 100 to 100,000 keys', 1.5, 'x', 'registry/get, a key in trouble'),
  limit('timers of 100,000 breakers', 0, '', 'memory/registry: timers'),
  limit('success by the number of buckets, 10 to 1,000', 1.1, 'x', 'flatness/time: success'),
  limit('failure by the number of buckets, 10 to 1,000', 1.1, 'x', 'flatness/time: failure'),
  limit('success by the size of a count window, 10 to 100,000', 1.1, 'x', 'flatness/count: success'),
  limit('failure by the size of a count window, 10 to 100,000', 1.1, 'x', 'flatness/count: failure'),
  limit('importing core, over an empty module', 3, 'ms', 'import/@switchgear/core: over'),
  limit('a breaker with its defaults, gzip', 8_500, 'B', 'size/switchgear, defaults: gzip'),
  limit('a breaker of `plain`, gzip', 5_200, 'B', 'size/switchgear, plain: gzip'),
];
