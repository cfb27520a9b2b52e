import { type Breaker, consecutiveFailures, createBreaker, createRegistry, fixed } from '@switchgear/core';
import { manualClock } from '@switchgear/core/testing';
import { describe, expect, it } from 'vitest';
import { observe } from '../src/history/observe.ts';
import type { ObservedHistory } from '../src/history/observed-history.ts';

const quick = { openWhen: consecutiveFailures(1), openFor: fixed(1_000) };
const seen = (breakers: Iterable<Breaker>, options = {}): ObservedHistory =>
  observe(breakers, options) as ObservedHistory;
const names = (history: ObservedHistory): string[] => {
  history.refresh();
  return [...history.records.keys()];
};

describe('observe', () => {
  it('hears of breakers that a registry makes later', () => {
    const registry = createRegistry({ options: (name) => ({ name, ...quick }) });
    const history = seen(registry);
    registry.get('late').record('failure');
    expect([...history.timeline].map(({ breaker, to }) => [breaker, to])).toEqual([['late', 'open']]);
    expect(history.records.get('late')?.totals.failed).toBe(1);
  });

  it('records breakers that are added to a list later, from the next read on', () => {
    const list = [createBreaker({ name: 'first', ...quick })];
    const history = seen(list);
    const second = createBreaker({ name: 'second', ...quick });
    list.push(second);
    expect(names(history)).toEqual(['first', 'second']);
    second.trip();
    expect([...history.timeline].map(({ breaker }) => breaker)).toEqual(['second']);
  });

  it('keeps the breakers of an iterator that can be read once', () => {
    const history = seen([createBreaker({ name: 'only', ...quick })].values());
    expect(names(history)).toEqual(['only']);
    expect(names(history)).toEqual(['only']);
  });

  it('tells breakers of one name apart', () => {
    const twins = [createBreaker({ name: 'twin', ...quick }), createBreaker({ name: 'twin', ...quick })];
    const history = seen(twins);
    twins[1]?.trip();
    expect(names(history)).toEqual(['twin', 'twin (2)']);
    expect([...history.timeline].map(({ breaker }) => breaker)).toEqual(['twin (2)']);
  });

  it('observes the same breakers once, and again after it was stopped', () => {
    const breakers = [createBreaker({ name: 'one', ...quick })];
    const history = seen(breakers);
    expect(observe(breakers)).toBe(history);
    history.stop();
    breakers[0]?.trip();
    expect([...history.timeline]).toEqual([]);
    expect(observe(breakers)).not.toBe(history);
  });

  it('lets go of what a registry has forgotten, and keeps its sums', () => {
    const registry = createRegistry({ options: (name) => ({ name, ...quick }), max: 1 });
    const history = seen(registry);
    registry.get('old').record('success');
    registry.get('new').record('success');
    expect(names(history)).toEqual(['new']);
    expect(history.gone?.succeeded).toBe(1);
  });

  it('remembers a bounded number of breakers, however many a registry has had, and loses no sum', () => {
    const registry = createRegistry({ options: (name) => ({ name, ...quick }), max: 10 });
    let now = 0;
    const history = seen(registry, { wall: () => now });
    for (let i = 0; i < 5_000; i++) {
      now += 10;
      registry.get(`tenant ${i}`).record('success');
    }
    expect(history.records.size).toBeLessThanOrEqual(2_000);
    const kept = [...history.records.values()].reduce((sum, { totals }) => sum + totals.succeeded, 0);
    expect(kept + (history.gone?.succeeded ?? 0)).toBe(5_000);
  });

  it('leaves those alone that find no room', () => {
    const registry = createRegistry({ options: (name) => ({ name, ...quick }), max: 2_010 });
    const history = seen(registry);
    for (let i = 0; i < 2_010; i++) registry.get(`tenant ${i}`).record('success');
    expect(names(history)).toHaveLength(2_000);
    registry.get('tenant 2005').trip();
    expect(registry.get('tenant 2005').metrics().errors).toBe(0);
  });

  it('hears of no outcome where it is told not to', () => {
    const breaker = createBreaker({ name: 'quiet', ...quick, clock: manualClock() });
    const history = seen([breaker], { outcomes: false });
    breaker.record('success', 5);
    breaker.trip();
    breaker.tryAcquire();
    expect(history.records.get('quiet')?.totals).toMatchObject({ succeeded: 0, spared: 1 });
  });

  it('takes no probe and moves nothing, however often it is read', () => {
    const clock = manualClock();
    const breaker = createBreaker({ name: 'due', ...quick, clock });
    const history = seen([breaker]);
    breaker.trip();
    clock.advance(5_000);
    for (let i = 0; i < 3; i++) history.refresh();
    expect([...history.timeline]).toHaveLength(1);
    expect(breaker.acquire().probe).toBe(true);
  });

  it.each([[{ keep: 0 }], [{ slowerThan: Number.NaN }]])('refuses %o', (options) => {
    expect(() => observe([], options)).toThrow(RangeError);
  });

  it('begins with the first event, or the first look, where there was no time yet: in the module scope of a Worker', () => {
    let now = 0;
    const wall = () => now;
    const [called, looked] = [createBreaker({ name: 'called', ...quick }), createBreaker({ name: 'looked', ...quick })];
    const histories = [seen([called], { wall }), seen([looked], { wall })];
    now = 5_000;
    called.trip();
    now = 9_000;
    expect(histories.map(({ since }) => since)).toEqual([5_000, 9_000]);
  });

  it('refuses what is no collection of breakers', () => {
    expect(() => observe(7 as never)).toThrow(TypeError);
  });
});
