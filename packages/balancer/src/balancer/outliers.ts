import type { Instant, Millis } from '@switchgear/core';
import { requireMillis, requireNumber, requireOptions, requireWhole } from '@switchgear/core/adapter';
import type { Leaf } from '../leaf/leaf.ts';

/** Options of {@link outliers}. */
export interface OutlierOptions {
  /**
   * The least number of endpoints with enough calls, below which nothing is judged: a whole number of at least 1.
   *
   * @default 5
   */
  readonly hosts?: number;

  /**
   * The least number of calls of an endpoint in an interval, below which it is not judged: a whole number of at least 1.
   *
   * @default 100
   */
  readonly calls?: number;

  /**
   * How many standard deviations below the mean an endpoint's share of successes is an outlier; at least 0.
   *
   * @default 1.9
   */
  readonly stdev?: number;

  /**
   * The length of an interval, in milliseconds, greater than 0.
   *
   * @default 10_000
   */
  readonly every?: Millis;
}

/** A rule that compares the endpoints of a balancer: a recipe. */
export interface Outliers {
  readonly hosts: number;
  readonly calls: number;
  readonly stdev: number;
  readonly every: Millis;
}

/**
 * Ejects endpoints whose share of successes in an interval is far below the mean of all, as the success rate of gRPC's outlier
 * detection (gRFC A50) and of Envoy. It is judged by the first call after an interval has ended; there is no timer.
 *
 * @throws {RangeError | TypeError} if an option is out of range or unknown
 * @example
 * ```ts
 * createBalancer({ name: 'search', endpoints, outliers: outliers({ stdev: 1.9 }), leaf: { openFor: linear(30_000) } });
 * ```
 */
export function outliers(options: OutlierOptions = {}): Outliers {
  const given = requireOptions('outliers', options, ['hosts', 'calls', 'stdev', 'every']);
  const { hosts = 5, calls = 100, stdev = 1.9, every = 10_000 } = given;
  requireWhole('outliers hosts', hosts);
  requireWhole('outliers calls', calls);
  requireNumber('outliers stdev', stdev, 0);
  requireMillis('outliers every', every);
  return { hosts, calls, stdev, every };
}

/** The calls of one endpoint in the present interval. */
interface Tally {
  calls: number;
  successes: number;
}

/** Judges the endpoints of one balancer. */
export class OutlierJudge {
  readonly #rule: Outliers;
  readonly #tallies = new Map<Leaf, Tally>();
  #until: Instant;

  constructor(rule: Outliers, at: Instant) {
    this.#rule = rule;
    this.#until = at + rule.every;
  }

  count(leaf: Leaf, failed: boolean, at: Instant): void {
    this.look(at);
    const tally = this.#tallies.get(leaf) ?? { calls: 0, successes: 0 };
    this.#tallies.set(leaf, tally);
    tally.calls++;
    if (!failed) tally.successes++;
  }

  /** Judges the interval that has ended, if one has. */
  look(at: Instant): void {
    if (at < this.#until) return;
    const { every } = this.#rule;
    this.#until += every * (1 + Math.floor((at - this.#until) / every));
    const tallies = [...this.#tallies];
    this.#tallies.clear();
    this.#judge(tallies);
  }

  #judge(tallies: readonly (readonly [Leaf, Tally])[]): void {
    const { hosts, calls, stdev } = this.#rule;
    const enough = tallies.filter(([, tally]) => tally.calls >= calls);
    if (enough.length < hosts) return;
    const shares = enough.map(([, tally]) => tally.successes / tally.calls);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const deviation = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
    for (const [index, [leaf]] of enough.entries()) {
      const success = shares[index] as number;
      if (success >= mean - stdev * deviation) continue;
      leaf.seat?.open({ rule: 'outliers', evidence: { success, mean, deviation, hosts: shares.length } });
    }
  }
}
