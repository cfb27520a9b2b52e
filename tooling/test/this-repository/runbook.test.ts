import { type Evidence, explain } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { readRepository } from '../../src/repository/read-repository.ts';

const repository = readRepository();
const runbook = repository.get('docs/production.md') ?? '';

/** Each rule with the numbers that the runbook shows. */
const SHOWN: Readonly<Record<string, Evidence>> = {
  cusum: { failures: 7, calls: 9, normal: 0.004 },
  silence: { silentFor: 445, unanswered: 23, normalLatency: 19, due: 6.1, limit: 5.9 },
  overload: { load: 31, late: 19, limit: 11.6, latency: 165, normalLoad: 1, normalLatency: 20 },
  steady: { run: 24, unrefusedFor: 410, load: 4, limit: 17 },
  slowerNow: { unrefusedFor: 7_500, latency: 362, normalLatency: 43 },
  maxStay: { maxStay: 60_000 },
  failureRate: { failures: 12, calls: 20, failureRate: 0.6, limit: 0.5 },
  failureCount: { failures: 5, limit: 5 },
  consecutiveFailures: { run: 3 },
  slowCallRate: { slow: 16, calls: 20, slowerThan: 2_000, slowCallRate: 0.8, limit: 0.8 },
  slowCallCount: { slow: 5, slowerThan: 2_000, limit: 5 },
  meanLatency: { mean: 912, limit: 800 },
  latencyPercentile: { percentile: 0.95, latency: 912, limit: 800 },
  overdue: { overdue: 5, longerThan: 2_000, limit: 5 },
  votes: { votes: 3, instances: 9 },
  others: { instances: 9 },
  endpoints: { endpoints: 5, ejected: 3 },
  outliers: { success: 0.71, mean: 0.96, deviation: 0.08 },
  asked: {},
  service: {},
  register: {},
  appointed: {},
  openFor: {},
  probes: { calls: 1, failures: 1 },
  ramp: { calls: 5, failures: 0 },
  'half-open': {},
  trip: {},
  isolated: {},
  halfOpen: {},
  reset: {},
  restore: {},
};

describe('the runbook', () => {
  it.each(Object.entries(SHOWN))('has what explain says of %s', (rule, evidence) => {
    const sentence = explain({ rule, evidence, at: 0 }).replace(/\.$/, '');
    expect(runbook.toLowerCase()).toContain(sentence.toLowerCase());
  });

  it('has what is put before the sentence of a rule that was judged over several instances', () => {
    const sentence = explain({ rule: 'pooled cusum', evidence: { ...SHOWN['cusum'], instances: 9 }, at: 0 });
    const [before = '', rest = ''] = sentence.toLowerCase().split(', ');
    expect(runbook.toLowerCase()).toContain(`*${before}*`);
    expect(runbook.toLowerCase()).toContain(rest.replace(/\.$/, ''));
  });

  it('leaves out no sentence of core', () => {
    const [, table = ''] =
      /const REASONS[^{]*\{([\s\S]*?)\n\};/.exec(repository.get('packages/core/src/explain/explain.ts') ?? '') ?? [];
    const rules = [...table.matchAll(/^ {2}'?([\w-]+)'?: /gm)].map(([, rule]) => rule);
    expect(rules.length).toBeGreaterThan(15);
    expect(rules.filter((rule) => rule !== undefined && !Object.hasOwn(SHOWN, rule))).toEqual([]);
  });
});
