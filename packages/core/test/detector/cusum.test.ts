import { describe, expect, it } from 'vitest';
import { adaptive, consecutiveFailures, cusum, fixed } from '../../src/index.ts';
import { fail, observed, succeed } from '../breaker/breakers.ts';

describe.each([
  ['cusum', cusum],
  ['adaptive', adaptive],
])('%s refuses', (name, make) => {
  it.each([0, 1, -0.5, 1.5, Number.NaN, Infinity])('to break even at %d', (breakEven) => {
    expect(() => make({ breakEven })).toThrow(
      `${name} breakEven must be a share greater than 0 and less than 1, got ${breakEven}`,
    );
  });

  it.each([{ breakEven: '0.5' }, { breakeven: 0.5 }, null, 5])('%o', (options) => {
    expect(() => make(options as never)).toThrow(name);
  });

  it('a value that is not a share', () => {
    for (const breakEven of [Number.MIN_VALUE, 0.5, 1 - Number.EPSILON, undefined]) {
      expect(() => make({ breakEven } as never)).not.toThrow();
    }
  });
});

describe('a breaker with cusum', () => {
  const calls = async (observation: ReturnType<typeof observed>, story: string): Promise<void> => {
    for (const call of story) {
      if (observation.breaker.state === 'open') return;
      observation.clock.advance(100);
      await (call === 'F' ? fail(observation.breaker) : succeed(observation.breaker));
    }
  };
  const seen = (breakEven?: number) =>
    observed({ openWhen: cusum(breakEven === undefined ? {} : { breakEven }), openFor: fixed(1_000) });

  it('needs no permits, and gives its evidence in numbers', async () => {
    const observation = seen();
    await calls(observation, `${'S'.repeat(500)}FSFF`);
    expect(observation.moves()).toEqual([]);
    await calls(observation, 'F');
    expect(observation.moves()).toEqual(['closed>open']);
    expect(observation.breaker.metrics()).toMatchObject({ evidence: { calls: 5, failures: 4, breakEven: 0.5 } });
  });

  it('keeps what is normal across openings: the second needs as few failures as the first', async () => {
    const observation = seen();
    await calls(observation, `${'S'.repeat(2_000)}FFF`);
    expect(observation.breaker.state).toBe('open');
    observation.breaker.reset();
    await calls(observation, 'FFF');
    expect(observation.breaker.state).toBe('open');
  });

  it('keeps what is normal when other options change', async () => {
    const observation = seen();
    // Every tenth call fails, and that is how it is.
    await calls(observation, 'SSSSSSSSSF'.repeat(200));
    observation.breaker.reconfigure({ openWhen: cusum({ breakEven: 0.4 }) });
    await calls(observation, 'FFFFF');
    expect(observation.moves()).toEqual([]);
    observation.breaker.reconfigure({ openWhen: consecutiveFailures(50) });
    observation.breaker.reconfigure({ openWhen: cusum() });
    await calls(observation, 'FFFFF');
    expect(observation.moves()).toEqual(['closed>open']);
  });

  it('keeps calling if failures are cheap, and stops if they are expensive', async () => {
    // Two of three calls fail.
    const partial = `${'S'.repeat(500)}${'FFS'.repeat(40)}`;
    for (const [breakEven, opens] of [
      [0.8, false],
      [0.5, true],
    ] as const) {
      const observation = seen(breakEven);
      await calls(observation, partial);
      expect(observation.moves()).toEqual(opens ? ['closed>open'] : []);
    }
  });
});
