import { describe, expect, it } from 'vitest';
import { failureRate, probes, ramp, slowCallRate } from '../../src/index.ts';
import { fail, observed, succeed } from './breakers.ts';

describe('metrics', () => {
  it('have no rates, no share and no evidence before the first call', () => {
    const { breaker } = observed({ openWhen: slowCallRate(0.5, { slowerThan: 100 }) });
    expect(JSON.parse(JSON.stringify(breaker.metrics()))).toEqual({
      state: 'closed',
      mode: 'active',
      calls: 0,
      failures: 0,
      slow: 0,
      ignored: 0,
      rejected: 0,
      failureRate: null,
      slowCallRate: null,
      late: 0,
      lost: 0,
      errors: 0,
    });
    expect(Object.keys(breaker.metrics())).not.toContain('share');
    expect(Object.keys(breaker.metrics())).not.toContain('evidence');
  });

  it('count what was refused and ignored in the present state: none yet once the open period is over', () => {
    const { breaker, clock } = observed();
    breaker.trip();
    breaker.tryAcquire();
    expect(breaker.metrics()).toMatchObject({ state: 'open', rejected: 1 });
    clock.advance(1_000);
    expect(breaker.metrics()).toMatchObject({ state: 'half-open', rejected: 0, ignored: 0 });
  });

  it('go on counting in a mode in which the circuit does not decide, even once the open period is over', () => {
    const { breaker, clock } = observed();
    breaker.trip();
    breaker.setMode('isolated');
    breaker.tryAcquire();
    clock.advance(1_000);
    expect(breaker.metrics()).toMatchObject({ rejected: 1 });
  });

  it('are those of the probes while half-open', () => {
    const { breaker } = observed({ recover: probes({ permitted: 2, successes: 2 }) });
    breaker.halfOpen();
    breaker.acquire().settle('success');
    expect(breaker.metrics()).toMatchObject({ state: 'half-open', calls: 1, failures: 0 });
  });

  it('are those of the window in shadow mode, even of a half-open circuit', async () => {
    const { breaker } = observed({ openWhen: failureRate(0.5) });
    breaker.halfOpen();
    breaker.setMode('shadow');
    for (let call = 0; call < 3; call++) await succeed(breaker);
    await fail(breaker);
    expect(breaker.metrics()).toMatchObject({ state: 'half-open', calls: 4, failures: 1 });
  });

  it('have a share only where a recovery gives one', () => {
    const { breaker } = observed({ recover: ramp([0.5, 1]) });
    expect(Object.keys(breaker.metrics())).not.toContain('share');
    breaker.halfOpen();
    expect(breaker.metrics().share).toBe(0.5);
  });

  it('show nothing of a recovery that throws, and report nothing', () => {
    const broken = () => {
      throw new Error('tally');
    };
    const recovery = probes({ permitted: 1 }).build({ permitTimeout: 1, rule: undefined });
    const { breaker } = observed({ recover: { build: () => ({ ...recovery, tally: broken }) } });
    breaker.halfOpen();
    expect(breaker.metrics()).toMatchObject({ state: 'half-open', calls: 0, failureRate: null, errors: 0 });
  });
});
