import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { isAsExpected, linesOf, sentenceOf } from '../src/demo/report.ts';
import { phases, type Result, runScenario } from '../src/demo/scenario.ts';
import { runtimes } from '../src/demo/start-app.ts';

const expected = phases.map((phase) => phase.expected);

describe('the app', () => {
  let results: readonly Result[];
  beforeAll(async () => {
    results = await Promise.all(runtimes.map(runScenario));
  });

  it.each(runtimes.map(({ name }, i) => [name, i] as const))('goes through the whole scenario on %s', (name, i) => {
    expect(results[i]?.seen).toEqual(expected);
    expect(results[i]?.reportedRuntime).toBe(name);
  });

  it('is one isolate throughout: what opened is the very circuit that closed', () => {
    expect(results.map(({ isolates }) => isolates.length)).toEqual(runtimes.map(() => 1));
  });

  it('shows copies with their age, instead of asking a service that fails', () => {
    for (const { copies } of results) {
      // Ten of each service.
      expect(copies).toHaveLength(20);
      expect(copies.every(({ age = -1 }) => age >= 0)).toBe(true);
    }
  });
});

describe('the demo', () => {
  const scenario: Result = { runtime: 'bun', reportedRuntime: 'bun', seen: expected, isolates: ['one'], copies: [] };

  it('fails for a runtime that saw something else, was restarted on the way, or is not the one it was taken for', () => {
    expect(isAsExpected(scenario)).toBe(true);
    expect(isAsExpected({ ...scenario, seen: expected.with(1, '20 × 502, then closed') })).toBe(false);
    expect(isAsExpected({ ...scenario, seen: expected.slice(1) })).toBe(false);
    expect(isAsExpected({ ...scenario, isolates: ['one', 'two'] })).toBe(false);
    expect(isAsExpected({ ...scenario, reportedRuntime: 'node' })).toBe(false);
  });

  it('prints what that runtime saw instead', () => {
    const lines = linesOf([scenario, { ...scenario, runtime: 'deno', seen: expected.with(1, 'something else') }]);
    expect(lines.filter((line) => line.includes('saw: '))).toEqual([
      expect.stringContaining('deno saw: something else'),
    ]);
  });

  it('ends with one sentence: what users got while a service was down, or where the app did something else', () => {
    const copies = [900, 3_452].map((age) => ({ what: 'copy', after: 9.1, age, retryAfter: null }));
    expect(sentenceOf([{ ...scenario, copies }])).toBe(
      'While a service was down, its users got the last good copy, 3.5 s old at most, in 9 ms; the service got probes ' +
        'only, and the other service noticed nothing: the same on bun.',
    );
    expect(sentenceOf([scenario, { ...scenario, runtime: 'deno', seen: [] }])).toContain('on deno; each ✘');
  });

  it('fits 80 columns', () => {
    for (const line of linesOf([scenario])) expect(stripVTControlCharacters(line).length).toBeLessThanOrEqual(80);
  });
});
