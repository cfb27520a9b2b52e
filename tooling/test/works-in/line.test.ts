import { describe, expect, it } from 'vitest';
import { type Kind, NotAvailable } from '../../src/works-in/kind.ts';
import { tryKind } from '../../src/works-in/line.ts';
import type { Project } from '../../src/works-in/project.ts';
import { isBad, tableOf, textOf } from '../../src/works-in/table.ts';

const kind: Kind = { name: 'some tool', node: '20.0.0', packages: ['tool@1.0.0'], ours: [], files: {} };
const shop = { build: async () => ({}) as Project };

describe('the line of a kind', () => {
  it('is fine if it installs and every check passes, and has a dash where there is no check', async () => {
    const line = await tryKind({ ...kind, runs: async () => undefined }, shop);
    expect(line.cells).toEqual({ installs: 'ok', imports: '-', types: '-', runs: 'ok' });
    expect(isBad(line, true)).toBe(false);
  });

  it('names a check that failed, and runs the checks after it', async () => {
    const imports = () => Promise.reject(new Error('no such entry'));
    const line = await tryKind({ ...kind, imports, runs: async () => undefined }, shop);
    expect(line.cells).toMatchObject({ imports: 'FAILED', runs: 'ok' });
    expect(line.errors).toEqual(['imports: no such entry']);
    expect(isBad(line, false)).toBe(true);
  });

  it('runs no check if it does not install', async () => {
    const line = await tryKind(
      { ...kind, runs: async () => undefined },
      { build: () => Promise.reject(new Error('404')) },
    );
    expect(line.cells).toMatchObject({ installs: 'FAILED', runs: 'not run' });
    expect(isBad(line, false)).toBe(true);
  });

  it('says what this machine does not have; that is not a pass, and a failure only where it has to run', async () => {
    const runs = () => Promise.reject(new NotAvailable('no executable'));
    const line = await tryKind({ ...kind, runs }, shop);
    expect(line.cells.runs).toBe('not run');
    expect([isBad(line, false), isBad(line, true)]).toEqual([false, true]);
    expect(textOf(line)).toMatch(/^some tool: installs ok, runs not run; \d+\.\d s; not run here: no executable$/);
    expect(tableOf([line])).toContain('| some tool | node@20.0.0, tool@1.0.0 | ok ');
  });

  it('keeps what a check that passed has to say', async () => {
    const line = await tryKind({ ...kind, types: async () => 'needs a flag' }, shop);
    expect([line.cells.types, line.remarks]).toEqual(['ok', ['needs a flag']]);
  });
});
