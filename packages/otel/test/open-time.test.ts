import { type Breaker, createRegistry, restore, snapshot } from '@switchgear/core';
import { describe, expect, it } from 'vitest';
import { instrumentBreakers } from '../src/index.ts';
import { held, open, succeed } from './setup/breakers.ts';
import { readMeter } from './setup/readings.ts';

/** A breaker, one clock for it and for us, and the seconds it has been open. */
function timed() {
  const { breaker, clock } = held();
  const { meter, read } = readMeter();
  const seconds = async () => (await read('open.duration'))['open.duration name=payments'];
  return { breaker, clock, seconds, instrument: (what: Breaker) => instrumentBreakers(what, { meter, clock }) };
}

describe('open time', () => {
  it('rises while the circuit is open, and stops when its time is over, even without a call', async () => {
    const { breaker, clock, seconds, instrument } = timed();
    instrument(breaker);
    open(breaker);
    clock.advance(4_000);
    expect(await seconds()).toBe(4);
    clock.advance(5_999);
    expect(await seconds()).toBe(9.999);
    clock.advance(1);
    expect(await seconds()).toBe(10);
    clock.advance(3_600_000);
    expect(await seconds()).toBe(10);
    succeed(breaker);
    expect(await seconds()).toBe(10);
  });

  it('of an opening between two collections is all there at the second', async () => {
    const { breaker, clock, seconds, instrument } = timed();
    instrument(breaker);
    for (let round = 0; round < 3; round++) {
      open(breaker);
      clock.advance(10_000);
      succeed(breaker);
      succeed(breaker);
    }
    expect(breaker.state).toBe('closed');
    expect(await seconds()).toBe(30);
  });

  it('ends early when an operator closes the circuit, moves it to half-open, or changes the mode', async () => {
    const { breaker, clock, seconds, instrument } = timed();
    instrument(breaker);
    const endings = [() => breaker.reset(), () => breaker.halfOpen(), () => breaker.setMode('isolated')];
    for (const [before, end] of endings.entries()) {
      breaker.trip(5_000);
      clock.advance(1_000);
      end();
      clock.advance(60_000);
      expect(await seconds()).toBe(before + 1);
    }
  });

  it('of a circuit that was open before us begins with us', async () => {
    const { breaker, clock, seconds, instrument } = timed();
    open(breaker);
    clock.advance(7_000);
    instrument(breaker);
    expect(await seconds()).toBe(0);
    clock.advance(60_000);
    expect(await seconds()).toBe(3);
  });

  it('of a circuit that was open in a registry before us begins with us too', async () => {
    const { meter, read } = readMeter();
    const { clock } = held();
    const registry = createRegistry({ options: (name) => ({ name, clock }) });
    registry.get('payments').trip(5_000);
    instrumentBreakers(registry, { meter, clock });
    clock.advance(60_000);
    expect(await read('open.duration')).toEqual({ 'open.duration name=payments': 5 });
  });

  it('does not rise while a circuit is isolated', async () => {
    const { breaker, clock, seconds, instrument } = timed();
    open(breaker);
    breaker.setMode('isolated');
    instrument(breaker);
    clock.advance(1_000);
    expect(await seconds()).toBe(0);
  });

  it('continues in a circuit restored from another process, never longer than the whole open period', async () => {
    const { breaker, clock, seconds, instrument } = timed();
    instrument(breaker);
    const other = held();
    open(other.breaker);
    restore(breaker, snapshot(other.breaker));
    expect(breaker.state).toBe('open');
    clock.advance(2_000);
    expect(await seconds()).toBe(2);
    clock.advance(60_000);
    expect(await seconds()).toBeLessThanOrEqual(10);
  });
});

describe('open time of several circuits under one name', () => {
  it('adds up', async () => {
    const { meter, read } = readMeter();
    const [one, two] = [held(), held()];
    instrumentBreakers([one.breaker, two.breaker], { meter, clock: one.clock });
    open(one.breaker);
    one.clock.advance(4_000);
    open(two.breaker);
    one.clock.advance(3_000);
    expect(await read('open.duration')).toEqual({ 'open.duration name=payments': 10 });
    two.breaker.reset();
    one.clock.advance(60_000);
    // The one that opened first is taken for the one that was closed: 7 s of it, and 10 s of the other.
    expect(await read('open.duration')).toEqual({ 'open.duration name=payments': 17 });
  });

  it('of one continues when that of another is over and a call arrives there', async () => {
    const { meter, read } = readMeter();
    const [one, two] = [held(), held()];
    instrumentBreakers([one.breaker, two.breaker], { meter, clock: two.clock });
    const advance = (ms: number) => [one, two].map(({ clock }) => clock.advance(ms));
    open(one.breaker);
    advance(9_000);
    open(two.breaker);
    advance(1_000);
    succeed(one.breaker);
    advance(60_000);
    expect(await read('open.duration')).toEqual({ 'open.duration name=payments': 20 });
  });
});
