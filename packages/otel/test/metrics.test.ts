import { consecutiveFailures, countWindow, slowCallRate } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { instrumentBreakers } from '../src/index.ts';
import { fail, held, open, succeed } from './setup/breakers.ts';
import { nonZero, readMeter } from './setup/readings.ts';

describe('calls', () => {
  it('are counted by how they fared, and failures by their kind too', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held();
    instrumentBreakers(breaker, { meter });
    succeed(breaker);
    succeed(breaker);
    breaker.acquire().settle('ignored');
    fail(breaker, '503');
    fail(breaker);
    fail(breaker);
    expect(await read('calls')).toEqual({
      'calls name=payments outcome=success': 2,
      'calls name=payments outcome=slow_success': 0,
      'calls name=payments outcome=ignored': 1,
      'calls name=payments outcome=failure error.type=503': 1,
      'calls name=payments outcome=failure error.type=_OTHER': 1,
      'calls name=payments outcome=rejected': 1,
    });
  });

  it('that the rule counts as slow are slow successes, or failures', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held({ openWhen: slowCallRate(0.5, { slowerThan: 500, minimumCalls: 10 }) });
    instrumentBreakers(breaker, { meter });
    breaker.acquire().settle('success', 499);
    breaker.acquire().settle('success', 500);
    breaker.acquire().settle('failure', 500);
    expect(nonZero(await read('calls'))).toEqual({
      'calls name=payments outcome=success': 1,
      'calls name=payments outcome=slow_success': 1,
      'calls name=payments outcome=failure error.type=_OTHER': 1,
    });
  });

  it('that were made have a duration, in seconds; refused ones and evidence without a duration do not', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held();
    instrumentBreakers(breaker, { meter });
    breaker.acquire().settle('success', 40);
    breaker.acquire().settle('ignored', 2_000);
    breaker.record('success');
    breaker.trip();
    breaker.tryAcquire();
    expect(await read('call.duration')).toEqual({
      'call.duration.count name=payments outcome=success': 1,
      'call.duration.sum name=payments outcome=success': 0.04,
      'call.duration.count name=payments outcome=ignored': 1,
      'call.duration.sum name=payments outcome=ignored': 2,
    });
  });

  it('begin at 0 before the first, so that its increase is seen', async () => {
    const { meter, read } = readMeter();
    instrumentBreakers(held().breaker, { meter });
    expect(await read('calls')).toEqual({
      'calls name=payments outcome=success': 0,
      'calls name=payments outcome=slow_success': 0,
      'calls name=payments outcome=ignored': 0,
      'calls name=payments outcome=rejected': 0,
    });
    expect(await read('open.duration')).toEqual({ 'open.duration name=payments': 0 });
  });

  it('need not be counted: refusals, moves and states still are', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held();
    instrumentBreakers(breaker, { meter, calls: false });
    open(breaker);
    fail(breaker);
    expect(await read('call')).toEqual({ 'calls name=payments outcome=rejected': 1 });
    expect(await read('transitions')).toMatchObject({
      'transitions name=payments from=closed to=open reason=consecutiveFailures': 1,
    });
  });

  it('may be counted without their durations', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held();
    instrumentBreakers(breaker, { meter, durations: false });
    succeed(breaker);
    expect(nonZero(await read('call'))).toEqual({ 'calls name=payments outcome=success': 1 });
  });
});

describe('the state', () => {
  it('is one of six, and always exactly one of them', async () => {
    const { meter, read } = readMeter();
    const { breaker, clock } = held();
    instrumentBreakers(breaker, { meter });
    const states = async () => {
      const readings = await read('state');
      expect(Object.values(readings)).toHaveLength(6);
      return nonZero(readings);
    };
    expect(await states()).toEqual({ 'state name=payments state=closed': 1 });
    open(breaker);
    expect(await states()).toEqual({ 'state name=payments state=open': 1 });
    clock.advance(10_000);
    expect(await states()).toEqual({ 'state name=payments state=half_open': 1 });
    breaker.setMode('isolated');
    expect(await states()).toEqual({ 'state name=payments state=forced_open': 1 });
    breaker.setMode('disabled');
    expect(await states()).toEqual({ 'state name=payments state=disabled': 1 });
    breaker.setMode('shadow');
    expect(await states()).toEqual({ 'state name=payments state=shadow': 1 });
  });

  it('of several breakers under one name is how many are in it', async () => {
    const { meter, read } = readMeter();
    const [one, two, three] = [held(), held(), held()];
    instrumentBreakers([one.breaker, two.breaker, three.breaker], { meter });
    open(two.breaker);
    expect(nonZero(await read('state'))).toEqual({
      'state name=payments state=closed': 2,
      'state name=payments state=open': 1,
    });
  });

  it('is read without taking a probe', async () => {
    const { meter, read } = readMeter();
    const { breaker, clock } = held();
    instrumentBreakers(breaker, { meter });
    open(breaker);
    clock.advance(10_000);
    for (let reading = 0; reading < 3; reading++) await read();
    expect(breaker.tryAcquire()?.probe).toBe(true);
  });
});

describe('moves', () => {
  it('are counted from where to where, and by the rule that decided', async () => {
    const { meter, read } = readMeter();
    const { breaker, clock } = held();
    instrumentBreakers(breaker, { meter });
    for (let round = 0; round < 2; round++) {
      open(breaker);
      clock.advance(10_000);
      succeed(breaker);
      succeed(breaker);
    }
    breaker.trip();
    expect(await read('transitions')).toEqual({
      'transitions name=payments from=closed to=open reason=consecutiveFailures': 2,
      'transitions name=payments from=open to=half_open reason=openFor': 2,
      'transitions name=payments from=half_open to=closed reason=probes': 2,
      'transitions name=payments from=closed to=open reason=trip': 1,
    });
  });

  it('that shadow mode keeps from happening are counted apart', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held();
    instrumentBreakers(breaker, { meter });
    breaker.setMode('shadow');
    open(breaker);
    expect(await read('would_open')).toEqual({ 'would_open name=payments reason=consecutiveFailures': 1 });
    expect(await read('transitions')).toEqual({});
  });
});

describe('ratios and the window', () => {
  it('are those of the calls that the rule judges', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held({ openWhen: consecutiveFailures(9), window: countWindow(4) });
    instrumentBreakers(breaker, { meter });
    fail(breaker);
    for (let call = 0; call < 4; call++) succeed(breaker);
    fail(breaker);
    expect(await read('window.calls')).toEqual({ 'window.calls name=payments': 4 });
    expect(await read('failure_ratio')).toEqual({ 'failure_ratio name=payments': 0.25 });
    expect(await read('slow_ratio')).toEqual({ 'slow_ratio name=payments': 0 });
  });

  it('are 0 when the window is empty again', async () => {
    const { meter, read } = readMeter();
    const { breaker } = held({ openWhen: consecutiveFailures(9), window: countWindow(4) });
    instrumentBreakers(breaker, { meter });
    fail(breaker);
    expect(await read('failure_ratio')).toEqual({ 'failure_ratio name=payments': 1 });
    breaker.reset();
    expect(await read('failure_ratio')).toEqual({ 'failure_ratio name=payments': 0 });
    expect(await read('window.calls')).toEqual({ 'window.calls name=payments': 0 });
  });

  it('of several breakers under one name are those of all their calls', async () => {
    const { meter, read } = readMeter();
    const openWhen = slowCallRate(0.9, { slowerThan: 10, minimumCalls: 4 });
    const [one, two] = [held({ openWhen }), held({ openWhen })];
    instrumentBreakers([one.breaker, two.breaker], { meter });
    for (const length of [5, 5, 10]) one.breaker.record('success', length);
    two.breaker.record('success', 5);
    expect(await read('slow_ratio')).toEqual({ 'slow_ratio name=payments': 0.25 });
    expect(await read('window.calls')).toEqual({ 'window.calls name=payments': 4 });
  });
});
