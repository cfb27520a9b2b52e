import { describe, expect, it } from 'vitest';
import { type BreakerEvent, consecutiveFailures, createRegistry } from '../../src/index.ts';

function registryOf(max = 9) {
  const registry = createRegistry({ options: (name) => ({ name, openWhen: consecutiveFailures(1) }), max });
  const heard: string[] = [];
  const hear = ({ breaker, type }: BreakerEvent) => heard.push(`${breaker} ${type}`);
  return { registry, heard, hear };
}

describe('a listener of a registry', () => {
  it('hears every breaker, those made later included', () => {
    const { registry, heard, hear } = registryOf();
    registry.get('early').trip();
    registry.get('present');
    registry.subscribe(hear);
    registry.get('present').trip();
    registry.get('late').trip();
    expect(heard).toEqual(['present move', 'late move']);
  });

  it('hears of outcomes only if it asked for them', () => {
    const { registry, heard, hear } = registryOf();
    registry.subscribe(hear);
    registry.get('a').record('success');
    expect(heard).toEqual([]);
    registry.subscribe(hear, { outcomes: true });
    registry.get('a').record('success');
    registry.get('b').record('success');
    expect(heard).toEqual(['a outcome', 'b outcome']);
  });

  it('hears nothing more once it has ended its subscription, not even of breakers that were forgotten', () => {
    const { registry, heard, hear } = registryOf(2);
    const end = registry.subscribe(hear);
    const forgotten = registry.get('forgotten');
    registry.get('kept');
    registry.get('made later');
    expect(registry.peek('forgotten')).toBeUndefined();
    forgotten.trip();
    expect(heard).toEqual(['forgotten move']);
    end();
    for (const breaker of [forgotten, ...registry]) breaker.halfOpen();
    registry.get('after').trip();
    expect(heard).toEqual(['forgotten move']);
  });

  it('costs calls nothing any more once it has ended its subscription to outcomes', () => {
    let readings = 0;
    const clock = { now: () => ++readings };
    const registry = createRegistry({ options: (name) => ({ name, clock }) });
    const end = registry.subscribe(() => {}, { outcomes: true });
    const breaker = registry.get('a');
    end();
    const later = registry.get('made later');
    readings = 0;
    breaker.tryAcquire();
    later.tryAcquire();
    expect(readings).toBe(0);
  });

  it('is refused at once where it is no function', () => {
    const { registry } = registryOf();
    expect(() => registry.subscribe('loud' as never)).toThrow(/subscribe must be a function/);
  });
});
