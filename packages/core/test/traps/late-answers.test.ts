import { describe, expect, it } from 'vitest';
import { probes } from '../../src/index.ts';
import { observed } from '../breaker/breakers.ts';

describe('a late answer', () => {
  // Others: a call let through before the outage comes back during a probe, and its success closes the circuit.
  it.each(['success', 'failure'] as const)('of the closed era has no effect while half-open: %s', (outcome) => {
    const { breaker, clock, moves } = observed({ recover: probes({ permitted: 1, successes: 1, failures: 1 }) });
    const early = breaker.acquire();
    breaker.trip();
    clock.advance(1_000);
    const probe = breaker.acquire();
    early.settle(outcome);
    expect(breaker.state).toBe('half-open');
    probe.settle('success');
    expect(moves()).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
  });

  // Others: only answers from before the first opening are told apart, and an earlier probe counts for the present one.
  it.each(['success', 'failure'] as const)(
    'of an earlier half-open state has no effect in a later one: %s',
    (outcome) => {
      const { breaker, clock, moves } = observed({ recover: probes({ permitted: 2, successes: 1, failures: 1 }) });
      breaker.trip();
      clock.advance(1_000);
      const straggler = breaker.acquire();
      breaker.acquire().settle('failure');
      clock.advance(1_000);
      breaker.acquire();
      straggler.settle(outcome);
      expect(breaker.state).toBe('half-open');
      expect(moves()).toEqual(['closed>open', 'open>half-open', 'half-open>open', 'open>half-open']);
    },
  );

  // Others: late answers are added to the number of probes, which then never again equals the number asked for.
  it('takes no probe’s place, so a circuit with many of them still recovers', () => {
    const { breaker, clock } = observed({ recover: probes({ permitted: 2, sample: 2 }) });
    const early = Array.from({ length: 5 }, () => breaker.acquire());
    breaker.trip();
    clock.advance(1_000);
    const sample = [breaker.acquire(), breaker.acquire()];
    for (const permit of early) permit.settle('success');
    expect(breaker.metrics()).toMatchObject({ calls: 0, late: 5 });
    for (const permit of sample) permit.settle('success');
    expect(breaker.state).toBe('closed');
  });

  // Others: what is settled late lowers the count of probes under way, and one more than permitted is let through.
  it('gives back only its own place', () => {
    const { breaker, clock } = observed({ recover: probes({ permitted: 2, failures: 1 }) });
    const early = breaker.acquire();
    breaker.trip();
    clock.advance(1_000);
    const straggler = breaker.acquire();
    breaker.acquire().settle('failure');
    clock.advance(1_000);
    breaker.acquire();
    breaker.acquire();
    early.settle('ignored');
    straggler.settle('ignored');
    expect(breaker.tryAcquire()).toBeUndefined();
  });

  // Others: an answer from before an operator closed the circuit is counted against the circuit he has just closed.
  it('from before an operator’s reset is not evidence after it', () => {
    const { breaker } = observed();
    const early = [breaker.acquire(), breaker.acquire()];
    breaker.trip();
    breaker.reset();
    for (const permit of early) permit.settle('failure');
    expect(breaker.metrics()).toMatchObject({ state: 'closed', calls: 0, late: 2 });
  });
});
