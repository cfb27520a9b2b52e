import { describe, it } from 'vitest';
import {
  allOf,
  anyOf,
  consecutiveFailures,
  countWindow,
  createBreaker,
  createRegistry,
  explain,
  exponential,
  failureCount,
  failureRate,
  fixed,
  latencyPercentile,
  optionsByKey,
  overdue,
  probes,
  ramp,
  restore,
  slowCallRate,
  sustained,
  timeWindow,
  tumblingWindow,
  weights,
} from '../../src/index.ts';

const breaker = createBreaker({ name: 'payments' });
const name = 'payments';

describe('does not compile:', () => {
  it('a breaker without a name, or with an unknown option', () => {
    // @ts-expect-error no name
    createBreaker({});
    // @ts-expect-error no options
    createBreaker();
    // @ts-expect-error a name that is not a string
    createBreaker({ name: 5 });
    // @ts-expect-error an option of another library
    createBreaker({ name, errorThresholdPercentage: 50 });
    // @ts-expect-error an unknown value
    createBreaker({ name, evaluateOn: 'success' });
    // @ts-expect-error a duration as text
    createBreaker({ name, permitTimeout: '30s' });
  });

  it('a bare number or object in place of a plug', () => {
    // @ts-expect-error a rate is a rule's, not the breaker's
    createBreaker({ name, openWhen: 0.5 });
    // @ts-expect-error a length is not yet a window
    createBreaker({ name, window: 10_000 });
    // @ts-expect-error a wait is not yet a way to wait
    createBreaker({ name, openFor: 5_000 });
    // @ts-expect-error options of probes are not yet probes
    createBreaker({ name, recover: { permitted: 1 } });
  });

  it('a plug in another plug’s place', () => {
    // @ts-expect-error a window is no rule
    createBreaker({ name, openWhen: timeWindow(10_000) });
    // @ts-expect-error a rule is no window
    createBreaker({ name, window: failureRate(0.5) });
    // @ts-expect-error a rule is no recovery
    createBreaker({ name, recover: failureRate(0.5) });
    // @ts-expect-error a recovery is no wait
    createBreaker({ name, openFor: probes({ permitted: 1 }) });
    // @ts-expect-error a wait is no rule
    createBreaker({ name, openWhen: fixed(5_000) });
  });

  it('probes with counts and a sample, or with neither', () => {
    // @ts-expect-error a sample decides, successes would too
    probes({ permitted: 1, sample: 3, successes: 2 });
    // @ts-expect-error a sample decides, failures would too
    probes({ permitted: 1, sample: 3, failures: 1 });
    // @ts-expect-error a judge has a sample to judge
    probes({ permitted: 1, judge: failureRate(0.5) });
    // @ts-expect-error how many at once has to be said
    probes({ successes: 2 });
    // @ts-expect-error a stay ends open or closed
    probes({ permitted: 1, maxStay: 5_000, afterMaxStay: 'half-open' });
  });

  it('a rule without its limit, or with an invalid one', () => {
    // @ts-expect-error slower than what
    slowCallRate(0.5);
    // @ts-expect-error slower than what
    slowCallRate(0.5, { minimumCalls: 10 });
    // @ts-expect-error longer than what
    overdue(5);
    // @ts-expect-error which latency
    latencyPercentile(0.95);
    // @ts-expect-error a share as text
    failureRate('50%');
    // @ts-expect-error a name misspelt
    failureRate(0.5, { minimumCals: 5 });
    // @ts-expect-error a row has no minimum besides its length
    consecutiveFailures(5, { minimumCalls: 10 });
    // @ts-expect-error a weight as text
    failureCount(5, { counting: weights({ timeout: 'double' }) });
  });

  it('a combination of nothing, or of what cannot be combined', () => {
    // @ts-expect-error any of nothing
    anyOf();
    // @ts-expect-error all of nothing
    allOf();
    // @ts-expect-error a detector does not share a window with a rule
    allOf(failureRate(0.5), overdue(5, { longerThan: 800 }));
    // @ts-expect-error nor can it be sustained
    sustained(overdue(5, { longerThan: 800 }), 1_000);
  });

  it('a window or a wait of the wrong type', () => {
    // @ts-expect-error a time window has a length
    timeWindow();
    // @ts-expect-error a count window has no buckets
    countWindow(10, { buckets: 5 });
    // @ts-expect-error an alignment it does not know
    timeWindow(10_000, { align: 'now' });
    // @ts-expect-error a length as text
    tumblingWindow('10s');
    // @ts-expect-error a jitter it does not know
    exponential(1_000, { jitter: 'some' });
    // @ts-expect-error one share is no ramp
    ramp(0.5);
  });

  it('an invalid outcome of a call', () => {
    // @ts-expect-error failure, not fail
    breaker.record('fail');
    // @ts-expect-error an abort is ignored
    breaker.acquire().settle('aborted');
    // @ts-expect-error a ruling has an outcome
    breaker.acquire().settle({ kind: '503' });
    // @ts-expect-error from a classifier neither
    createBreaker({ name, classify: () => 'error' });
    // @ts-expect-error the breaker wants the call, not its promise: that one is under way
    breaker.run(Promise.resolve(1));
  });

  it('a mode that is a state, or a state that is set', () => {
    // @ts-expect-error open is a state: trip() opens
    breaker.setMode('open');
    // @ts-expect-error states follow from what happens
    breaker.state = 'closed';
    // @ts-expect-error so do modes, through setMode
    breaker.mode = 'isolated';
  });

  it('a registry without options, or entries that name their breakers', () => {
    // @ts-expect-error options for which key
    createRegistry({ options: { name } });
    // @ts-expect-error no options at all
    createRegistry({ max: 5 });
    // @ts-expect-error the key is the name
    optionsByKey([['https://pay.example', { name }]]);
  });

  it('an incomplete snapshot, or explain without an event', () => {
    // @ts-expect-error the rest of it
    restore(breaker, { version: 1, state: 'open' });
    // @ts-expect-error an event or its reason
    explain('open');
  });
});
