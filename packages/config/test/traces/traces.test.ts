import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Runner } from './runner.ts';
import type { Trace } from './trace.ts';

const facts = new URL('../../../core/test/traces/resilience4j.json', import.meta.url);
const { traces } = JSON.parse(readFileSync(facts, 'utf8')) as { traces: Trace[] };

describe('traces of resilience4j, configured through its YAML', () => {
  it('are 38', () => {
    expect(traces.length).toBe(38);
  });

  it.each(traces.map((trace) => [`${trace.id}: ${trace.test}`, trace] as const))('%s', async (_name, trace) => {
    const runner = new Runner(trace);
    expect.hasAssertions();
    for (const step of trace.steps) await runner.step(step);
  });
});
