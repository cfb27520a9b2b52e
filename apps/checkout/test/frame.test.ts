import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPhases } from '../src/demo/scenario/phases.ts';
import { frameOf, type Progress, type Size } from '../src/demo/screen/frame.ts';
import { createPlainScreen } from '../src/demo/screen/screen.ts';
import type { Move } from '../src/demo/shops/side.ts';
import type { OrderRecord } from '../src/load/customer.ts';

const CIRCUITS = ['payments', 'alternative', 'products', 'customers', 'shipping', 'database'];
const SMALL: Size = { columns: 80, rows: 24 };
const LARGE: Size = { columns: 120, rows: 40 };
const NOW = 1_000_000;

const slow = { calls: 30, slow: 12, slowCallRate: 0.4, slowerThan: 500, limit: 0.3 };

const opened = (breaker: string, rule = 'slowCallRate'): Move => ({
  ...{ breaker, from: 'closed', to: 'open', at: NOW - 500 },
  because: { rule, at: 70, nextAttemptAt: 2_070, evidence: slow },
});

const paid: OrderRecord = {
  reference: 'a',
  answer: 'confirmed',
  scheduledAt: NOW - 60,
  answeredAt: NOW,
  isDegraded: false,
};

function progress(change: Partial<Progress> = {}, moves: readonly Move[] = [opened('payments')]): Progress {
  const sides = [
    { name: 'without', records: [paid], moves: [] },
    { name: 'with', records: [paid, { ...paid, answer: 'queued' }], moves },
  ] as const;
  const phases = createPhases({ short: false, ownDatabase: true });
  const dashboardUrl = 'http://127.0.0.1:40123/AbCdEfGhIjKlMnOp';
  return { phases, sides, circuits: CIRCUITS, dashboardUrl, current: 2, since: NOW - 2_000, ...change };
}

const linesOf = (of: Progress, size: Size): string[] => frameOf(of, NOW, size).map(stripVTControlCharacters);

describe('a frame', () => {
  it('names the state of each circuit, why, and when the next attempt is', () => {
    expect(linesOf(progress(), LARGE)).toEqual(
      expect.arrayContaining([
        '  ○ payments     open: 12 of 30 calls took 500 ms or longer (40 %, the limit is 30 %); next attempt in 2 s',
        '  ● alternative  closed',
        '  ● database     closed',
      ]),
    );
  });

  it('takes a second line for a long reason on a narrow terminal', () => {
    const lines = linesOf(progress(), SMALL);
    const at = lines.findIndex((line) => line.includes('payments     open: 12 of 30 calls took'));
    expect(lines[at + 1]).toMatch(/^ {17}\S.*next attempt in 2 s$/);
  });

  it('goes on to say what a circuit opened for until it closes, and then why it closed', () => {
    const cause = '12 of 30 calls took 500 ms or longer (40 %, the limit is 30 %)';
    const because = { rule: 'probes', at: 70, nextAttemptAt: 3_070, evidence: { calls: 2 } };
    const moves: Move[] = [
      opened('database'),
      { ...opened('database'), from: 'open', to: 'half-open', because: { rule: 'openFor', at: 60 } },
      { ...opened('database'), from: 'half-open', because: { ...because, evidence: { calls: 1, failures: 1 } } },
      { ...opened('database'), from: 'half-open', to: 'closed', because },
    ];
    const seen = moves.map((_, index) => linesOf(progress({}, moves.slice(0, index + 1)), LARGE).at(-3));
    expect(seen).toEqual([
      `  ○ database     open: ${cause}; next attempt in 2 s`,
      `  ◐ database     half-open: ${cause}; trying again`,
      `  ○ database     open: ${cause}; next attempt in 3 s`,
      '  ● database     closed: 2 of 2 probes succeeded',
    ]);
  });

  it('has the phase and its remaining time, and all phases where there is room', () => {
    expect(linesOf(progress(), SMALL)[0]).toBe('▶ Payments hang, 8 s left (phase 3 of 9)');
    const large = linesOf(progress(), LARGE);
    expect(large.slice(0, 4)).toEqual([
      '✔ Steady traffic',
      '✔ Payments slow',
      '▶ Payments hang, 8 s left (phase 3 of 9)',
      '  Payments refuse',
    ]);
  });

  it('says what it waits for when the last phase is over', () => {
    const [first] = linesOf(progress({ current: 8, since: NOW - 60_000 }), SMALL);
    expect(first).toBe('▶ PostgreSQL restarted. Waiting until all that was queued is paid');
  });

  it('is no taller and no wider than the terminal, whatever the circuits do', () => {
    const moves = fc.array(
      fc.constantFrom(...CIRCUITS).map((name) => opened(name)),
      { maxLength: 12 },
    );
    const size = fc.record({ columns: fc.integer({ min: 20, max: 200 }), rows: fc.integer({ min: 5, max: 60 }) });
    fc.assert(
      fc.property(moves, size, fc.integer({ min: -1, max: 9 }), (some, { columns, rows }, current) => {
        const lines = linesOf(progress({ current }, some), { columns, rows });
        expect(lines.length).toBeLessThan(rows);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
      }),
    );
  });

  it('leaves no circuit out on a terminal of 80 by 24, even if all are open', () => {
    const lines = linesOf(
      progress(
        {},
        CIRCUITS.map((name) => opened(name)),
      ),
      SMALL,
    );
    for (const name of CIRCUITS) expect(lines.filter((line) => line.includes(` ${name} `))).toHaveLength(1);
  });
});

describe('without a terminal', () => {
  it('each event is a plain line of at most 80 characters', () => {
    const lines: string[] = [];
    const screen = createPlainScreen((line) => lines.push(line));
    screen.open(progress());
    screen.phase(0);
    screen.move('with', opened('payments'));
    screen.phase(1);
    screen.close();
    screen.close();
    expect(lines).toEqual([
      'Steady traffic (4 s)',
      '  circuit payments: open, 12 of 30 calls took 500 ms or longer (40 %, the limit',
      '    is 30 %)',
      expect.stringMatching(/^ {2}without: paid 1, queued 0, not accepted 0/),
      expect.stringMatching(/^ {2}with: {4}paid 1, queued 1, not accepted 0/),
      'Payments slow (4 s)',
      expect.stringMatching(/^ {2}without: /),
      expect.stringMatching(/^ {2}with: /),
    ]);
  });
});
