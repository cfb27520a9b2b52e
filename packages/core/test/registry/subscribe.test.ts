import { describe, expect, it } from 'vitest';
import { type BreakerEvent, consecutiveFailures, countWindow, createRegistry } from '../../src/index.ts';

function registryOf(max = 9) {
  const registry = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(1) }), max });
  const received: string[] = [];
  const receive = ({ breaker, type }: BreakerEvent) => received.push(`${breaker} ${type}`);
  return { registry, received, receive };
}

describe('a listener of a registry', () => {
  it('receives the events of every breaker, including those made later', () => {
    const { registry, received, receive } = registryOf();
    registry.get('early').trip();
    registry.get('present');
    registry.subscribe(receive);
    registry.get('present').trip();
    registry.get('late').trip();
    expect(received).toEqual(['present move', 'late move']);
  });

  it('receives outcomes only if it asked for them', () => {
    const { registry, received, receive } = registryOf();
    registry.subscribe(receive);
    registry.get('a').record('success');
    expect(received).toEqual([]);
    registry.subscribe(receive, { outcomes: true });
    registry.get('a').record('success');
    registry.get('b').record('success');
    expect(received).toEqual(['a outcome', 'b outcome']);
  });

  it('receives nothing after unsubscribing, not even from forgotten breakers', () => {
    const { registry, received, receive } = registryOf(2);
    const end = registry.subscribe(receive);
    const forgotten = registry.get('forgotten');
    registry.get('kept');
    registry.get('made later');
    expect(registry.peek('forgotten')).toBeUndefined();
    forgotten.trip();
    expect(received).toEqual(['forgotten move']);
    end();
    for (const breaker of [forgotten, ...registry]) breaker.halfOpen();
    registry.get('after').trip();
    expect(received).toEqual(['forgotten move']);
  });

  it('adds no cost to calls after unsubscribing from outcomes', () => {
    let readings = 0;
    const clock = { now: () => ++readings };
    const registry = createRegistry({
      options: (name) => ({ name, clock, openWhen: consecutiveFailures(5), window: countWindow(10) }),
    });
    const end = registry.subscribe(() => {}, { outcomes: true });
    const breaker = registry.get('a');
    end();
    const later = registry.get('made later');
    readings = 0;
    breaker.tryAcquire();
    later.tryAcquire();
    expect(readings).toBe(0);
  });

  it('is refused if it is not a function', () => {
    const { registry } = registryOf();
    expect(() => registry.subscribe('loud' as never)).toThrow(/subscribe must be a function/);
  });
});
