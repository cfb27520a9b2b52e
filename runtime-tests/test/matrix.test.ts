import { describe, expect, it } from 'vitest';
import { describeDifference, differences } from '../src/matrix/differences.ts';
import {
  brokenLine,
  type Expected,
  exitCodeOf,
  type Line,
  lineOf,
  skippedLine,
  tallyOf,
  textOf,
} from '../src/matrix/line.ts';
import { runMatrix } from '../src/matrix/run-matrix.ts';
import { NotAvailable, type Runtime } from '../src/runtimes/runtime.ts';
import type { Capability } from '../src/specs/kit/capability.ts';
import type { Spec } from '../src/specs/kit/spec.ts';

const specs: readonly Spec[] = [
  { name: 'bare', run: () => undefined },
  { name: 'timed', needs: ['timers'], run: () => undefined },
];
const timed: Expected = { name: 'node24', specs, has: ['timers'] };
const bare: Expected = { name: 'quickjs', specs, has: [] };

const report = (
  capabilities: readonly Capability[],
  ...ran: readonly (string | { spec: string; error: string })[]
) => ({
  capabilities,
  results: ran.map((each) => (typeof each === 'string' ? { spec: each } : each)),
});
const problems = (line: Line) => Object.fromEntries(line.failed);

describe('a line of the matrix', () => {
  it('counts the specs that concern the runtime, and no others', () => {
    expect(textOf(lineOf(timed, report(['timers'], 'bare', 'timed')))).toBe('node24: 2 passed, 0 failed');
    expect(textOf(lineOf(bare, report([], 'bare')))).toBe('quickjs: 1 passed, 0 failed');
  });

  it('fails where a spec failed, with its error', () => {
    const line = lineOf(timed, report(['timers'], 'bare', { spec: 'timed', error: 'Error: late' }));
    expect(problems(line)).toEqual({ timed: 'Error: late' });
    expect(textOf(line)).toBe('node24: 1 passed, 1 failed');
  });

  it('fails where a spec that concerns the runtime was not run', () => {
    expect(problems(lineOf(timed, report(['timers'], 'bare')))).toEqual({ timed: 'it was not run' });
  });

  it('fails where a spec was run that does not concern the runtime', () => {
    expect(problems(lineOf(bare, report([], 'bare', 'timed')))).toHaveProperty('timed');
  });

  it('fails where the runtime has lost a capability, or found one', () => {
    expect(problems(lineOf(timed, report([], 'bare')))).toHaveProperty('its capabilities');
    expect(problems(lineOf(bare, report(['timers'], 'bare')))).toHaveProperty('its capabilities');
  });
});

describe('a run of the matrix', () => {
  const runtime = (name: string, run: Runtime['run']): Runtime => ({ ...bare, name, run });
  const fine = runtime('fine', async () => report([], 'bare'));
  const crashing = runtime('crashing', () => Promise.reject(new Error('Segmentation fault')));
  const absent = runtime('absent', () => Promise.reject(new NotAvailable('not installed')));

  it('goes on after a runtime that crashed, which counts as one failure', async () => {
    const heard: string[] = [];
    const lines = await runMatrix([crashing, fine], {}, ({ name }) => heard.push(name));
    expect(lines.map(textOf)).toEqual(['crashing: 0 passed, 1 failed', 'fine: 1 passed, 0 failed']);
    expect(heard).toEqual(['crashing', 'fine']);
    expect(exitCodeOf(lines, false)).toBe(1);
  });

  it('skips an unavailable runtime, reports that, and fails for it where skips fail', async () => {
    const lines = await runMatrix([absent, fine], {}, () => undefined);
    expect(lines.map(textOf)).toContain('absent: SKIPPED, not installed');
    expect(lines.map(tallyOf)[0]?.skipped).toHaveLength(1);
    expect([exitCodeOf(lines, false), exitCodeOf(lines, true)]).toEqual([0, 1]);
  });

  it('tells of a failure where else the spec passes, and says each thing once', () => {
    const failing = lineOf({ ...bare, name: 'bun' }, report([], { spec: 'bare', error: 'Error: other' }));
    const passing = lineOf(bare, report([], 'bare'));
    const found = differences([failing, passing, skippedLine('deno', 'gone'), brokenLine('node20', 'no report')]);
    expect(found.map(describeDifference)).toEqual([
      'FAILED bare\n   bun: Error: other\n   passes on quickjs',
      'FAILED the runtime itself\n   node20: no report',
    ]);
  });
});
