import { expect, it } from 'vitest';
import { POLICIES } from '../../src/page/playground/simulation/policies.ts';
import { Simulation } from '../../src/page/playground/simulation/simulation.ts';
import { Announcer } from '../../src/page/playground/start-playground.ts';

it('states are announced when they change, and at most every five seconds', () => {
  const { lanes } = new Simulation({
    seed: 1,
    service: { traffic: 1, failures: 0, latency: 1, hangs: 0 },
    policies: POLICIES.slice(0, 1),
  });
  const breaker = lanes[0]?.breaker;
  const announcer = new Announcer();
  const said = (now: number) => {
    announcer.update(lanes, now);
    return announcer.text;
  };
  expect(said(0)).toBe('Failure rate: closed.');
  breaker?.trip();
  expect(said(4_999)).toBe('Failure rate: closed.');
  expect(said(5_000)).toBe('Failure rate: open.');
  expect(said(60_000)).toBe('Failure rate: open.');
  breaker?.reset();
  expect(said(60_001)).toBe('Failure rate: closed.');
});
