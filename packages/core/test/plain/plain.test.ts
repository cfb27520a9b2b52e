import { describe, expect, it } from 'vitest';
import {
  consecutiveFailures,
  countWindow,
  cusum,
  fixed,
  isCircuitOpen,
  microservice,
  probes,
  restore,
  snapshot,
  sustained,
} from '../../src/index.ts';
import { createBreaker, createRegistry, type PlainOptions } from '../../src/plain/index.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';

const clock = manualClock();
const plugs = {
  openWhen: consecutiveFailures(2),
  window: countWindow(10),
  openFor: fixed(1_000),
  recover: probes({ permitted: 1, successes: 1 }),
};
const options: PlainOptions = { name: 'tiles', clock, ...plugs };

describe('a breaker without default plugs', () => {
  it('opens, refuses and closes like any other', async () => {
    const breaker = createBreaker(options);
    for (let call = 0; call < 2; call++) await breaker.run(() => Promise.reject(new Error('down'))).catch(() => 0);
    expect(isCircuitOpen(await breaker.run(() => 1).catch((error) => error))).toBe(true);
    clock.advance(1_000);
    expect(await breaker.run(() => 1)).toBe(1);
    expect(breaker.state).toBe('closed');
  });

  it('has the other defaults, and takes presets, snapshots and reconfigure', () => {
    const breaker = createBreaker({ name: 'tiles', ...plugs, ...(microservice as typeof plugs) });
    expect(breaker.permitTimeout).toBe(30_000);
    breaker.trip();
    const other = createBreaker(options);
    restore(other, snapshot(breaker));
    expect(other.state).toBe('open');
    other.reconfigure({ openFor: fixed(5) });
    other.reset();
    other.trip();
    expect(other.retryAfter).toBe(5);
  });

  it.each<[missing: string, without: object, message: string]>([
    ['openWhen', { openWhen: undefined }, 'openWhen must be a rule such as failureRate(0.5), got undefined'],
    ['openFor', { openFor: undefined }, 'openFor must be a function, got undefined'],
    ['recover', { recover: undefined }, 'recover must be a recovery such as probes({ permitted: 1 }), got undefined'],
    ['the window of a rule', { window: undefined }, 'window must be given, because this rule is judged over one'],
    [
      'the window of a rule that must hold',
      { window: undefined, openWhen: sustained(consecutiveFailures(2), 10) },
      'window must be given, because this rule is judged over one',
    ],
  ])('refuses at creation to do without %s', (_missing, without, message) => {
    expect(() => createBreaker({ ...options, ...without } as PlainOptions)).toThrow(message);
  });

  it('needs no window for a rule that has none', () => {
    const { window: _, ...rest } = options;
    expect(createBreaker({ ...rest, openWhen: cusum() }).state).toBe('closed');
  });

  it('comes from a registry as well', () => {
    const registry = createRegistry({ options: (name) => ({ ...options, name }) });
    registry.get('a').trip();
    expect([registry.get('a').state, registry.get('b').state]).toEqual(['open', 'closed']);
    const careless = createRegistry({ options: (name) => ({ name }) as PlainOptions });
    expect(() => careless.get('a')).toThrow('openWhen must be a rule');
  });
});
