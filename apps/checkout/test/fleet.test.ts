import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { brokenOf, endingOf, type FleetEnding } from '../src/fleet/ending.ts';
import type { FleetFigures } from '../src/fleet/figures.ts';
import { runDemo, startDemo } from './demo-process.ts';

const FIGURES: FleetFigures = {
  placed: 1_120,
  paid: 1_040,
  queued: 80,
  notAccepted: 0,
  callsToDeadService: 15,
  allKnewMs: 900,
  allPaidMs: 1_200,
  wellWaitMs: 50,
  openedTogether: 4,
};

function ending(cut: Partial<FleetFigures> = {}, more: Partial<FleetEnding> = {}): FleetEnding {
  return { size: 4, together: FIGURES, cut: { ...FIGURES, ...cut }, unpaid: 0, paidTwice: 0, ...more };
}

describe('the demo of the fleet', () => {
  it('shows four processes that learn from each other over Redis or the cluster, and that no order fails for want of it', async () => {
    const { result, exitCode } = await runDemo<FleetEnding>(['--short'], { entry: 'fleet/main.ts' });
    const { together, cut } = result;
    console.log(JSON.stringify(result));
    expect(exitCode).toBe(0);
    expect(brokenOf(result)).toEqual([]);
    for (const part of [together, cut]) {
      expect(part.placed).toBeGreaterThan(0);
      expect(part.paid + part.queued).toBe(part.placed);
    }
    expect(together.openedTogether).toBeGreaterThan(0);
  });

  it('refuses a bus and an option that it does not have', async () => {
    for (const args of [['--bus', 'pigeons'], ['--fast']]) {
      const demo = startDemo(args, { entry: 'fleet/main.ts' });
      expect(await demo.ended).toBe(2);
      expect(demo.output()).toContain('demo:fleet [--json] [--short] [--bus name]');
    }
  });
});

describe('the ending of the fleet', () => {
  it('is a sentence and eight rows, at most 80 columns wide', () => {
    const lines = stripVTControlCharacters(endingOf(ending({ allKnewMs: 2_300 }))).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(lines.filter((line) => /^[A-Z].{45} +[\d,.]+(?: s)? +[\d,.]+(?: s)?$/.test(line))).toHaveLength(8);
    expect(lines.join(' ')).toContain('All 4 processes knew after 0.90 s that payments were dead, with the bus cut');
  });

  it('claims nothing that was not measured', () => {
    const text = endingOf(ending({ allKnewMs: null, wellWaitMs: null })).replaceAll('\n', ' ');
    expect(text).toContain('with the bus cut not all did; after the cut no order failed.');
  });

  it.each([
    [ending({ notAccepted: 2 }), '2 orders were not accepted'],
    [ending({}, { unpaid: 1_000 }), '1,000 accepted orders were not paid'],
    [ending({}, { paidTwice: 3 }), '3 orders were paid twice'],
  ])('says which rule was broken', (result, text) => {
    expect(brokenOf(result)).toEqual([text]);
    expect(endingOf(result)).toContain(`✘ ${text}`);
  });
});
