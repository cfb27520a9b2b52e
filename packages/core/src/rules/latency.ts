import { reaches, roundedUp } from '../vocabulary/decimal.ts';
import { made } from '../vocabulary/made.ts';
import { invalid, requireMillis, requireOptions, requireShare } from '../vocabulary/requirement.ts';
import type { Verdict } from '../vocabulary/state.ts';
import type { Millis } from '../vocabulary/time.ts';
import { judged } from './judged.ts';
import { minimumOf, type RateOptions } from './rates.ts';
import type { Measure, Rule, RuleDefinition, Tally } from './rule.ts';

/** Into how many slices each doubling of the latency is divided: a value is known to within 1 part in 16 of itself. */
const SLICES = 8;

/** Doublings from 1 ms on, up to 17 minutes. Shorter latencies share one slice; longer ones go to the last. */
const DOUBLINGS = 20;
/** Two to that power. */
const LONGEST = 1_048_576;

/**
 * A log-linear histogram: 161 counts, whatever the traffic. After Gil Tene's HdrHistogram, with one digit of precision.
 */
const histogram: Measure = {
  id: 'histogram',
  width: 1 + SLICES * DOUBLINGS,
  under: 0,
  add(to, column, _failed, duration): boolean {
    to.add(column + sliceOf(duration), 1);
    return true;
  },
};

function sliceOf(duration: Millis): number {
  if (!(duration >= 1)) return 0;
  const doubling = Math.min(Math.floor(Math.log2(duration)), DOUBLINGS - 1);
  const within = Math.floor((duration / 2 ** doubling - 1) * SLICES);
  return 1 + doubling * SLICES + Math.min(within, SLICES - 1);
}

/** The middle of a slice: at most 1 part in 16 from any value of 1 ms or more in it. */
function middleOf(slice: number): Millis {
  if (slice === 0) return 0.5;
  const doubling = Math.floor((slice - 1) / SLICES);
  return 2 ** doubling * (1 + (((slice - 1) % SLICES) + 0.5) / SLICES);
}

/**
 * Opens when a percentile of the latencies in the window reaches a limit: `latencyPercentile(0.95, 800)` opens when the
 * 95th percentile reaches 800 ms. Latencies are kept in a histogram, so the percentile is known to within 6.25 % of itself
 * between 1 ms and 17 minutes.
 *
 * @param percentile as a share, greater than 0 and at most 1
 * @param limit milliseconds, greater than 0 and at most 1,048,576 (17 minutes); reaching it opens
 * @throws {RangeError | TypeError} if the percentile, the limit or an option is out of range or unknown
 */
export function latencyPercentile(percentile: number, limit: Millis, options: RateOptions = {}): Rule {
  requireShare('latencyPercentile', percentile);
  requireMillis('latencyPercentile limit', limit);
  if (limit > LONGEST) invalid('latencyPercentile limit', `at most ${LONGEST}`, limit);
  requireOptions('latencyPercentile', options, ['minimumCalls']);
  const rule: RuleDefinition = {
    ...minimumOf('latencyPercentile', options),
    slowerThan: limit,
    measure: histogram,
    judge(tally: Tally): Verdict | undefined {
      const latency = latencyAt(tally, percentile);
      if (latency < limit) return undefined;
      return { rule: 'latencyPercentile', evidence: { latency, limit, percentile, calls: tally.calls } };
    },
  };
  return made(judged(rule), 'latencyPercentile', percentile, limit, options.minimumCalls);
}

/** The latency that this share of the calls does not exceed. */
function latencyAt(tally: Tally, percentile: number): Millis {
  const rank = roundedUp(percentile * tally.calls);
  let slice = 0;
  for (let seen = tally.total(histogram, 0); seen < rank && slice < SLICES * DOUBLINGS; ) {
    slice++;
    seen += tally.total(histogram, slice);
  }
  return middleOf(slice);
}

/** Sums the durations of calls. */
const totalDuration: Measure = {
  id: 'duration',
  width: 1,
  under: 0,
  add(to, column, _failed, duration): boolean {
    to.add(column, duration);
    return true;
  },
};

/**
 * Opens when the calls in the window took at least this long on average. One hanging call weighs as much as a hundred
 * slow ones; {@link slowCallRate} is more robust.
 *
 * @param limit milliseconds, greater than 0; reaching it opens
 * @throws {RangeError | TypeError} if the limit or an option is out of range or unknown
 */
export function meanLatency(limit: Millis, options: RateOptions = {}): Rule {
  requireMillis('meanLatency', limit);
  requireOptions('meanLatency', options, ['minimumCalls']);
  const rule: RuleDefinition = {
    ...minimumOf('meanLatency', options),
    slowerThan: limit,
    measure: totalDuration,
    judge(tally: Tally): Verdict | undefined {
      const mean = tally.total(totalDuration) / tally.calls;
      if (!reaches(mean, limit)) return undefined;
      return { rule: 'meanLatency', evidence: { mean, limit, calls: tally.calls } };
    },
  };
  return made(judged(rule), 'meanLatency', limit, options.minimumCalls);
}
