import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksOf } from '../src/demo/measure/checks.ts';
import type { Figures } from '../src/demo/measure/figures.ts';
import { createPhases, type Event } from '../src/demo/scenario/phases.ts';
import { type Ending, endingOf, meaningOf } from '../src/demo/screen/ending.ts';
import { explanationOf } from '../src/demo/screen/explanation.ts';
import { sentenceOf } from '../src/demo/screen/sentence.ts';
import { cut, seconds, wrap } from '../src/demo/screen/text.ts';
import { someFigures } from './some-figures.ts';
import { someSavings } from './some-savings.ts';

const ours: Figures = { ...someFigures, outageMeanMs: 52, callsToDeadService: 6 };
const theirs: Figures = { ...someFigures, outageMeanMs: 1_310, callsToDeadService: 644 };

function ending(change: Partial<Figures> = {}, other: Partial<Figures> = {}, events?: readonly Event[]): Ending {
  const phases = createPhases({ short: false, ownDatabase: true, phases: events });
  const sides = { with: { ...ours, ...change }, without: { ...theirs, ...other } };
  const circuit = { opened: true, openedAfterMs: 900, closed: true, isWellAtLast: true };
  return { ...sides, phases, load: { isBusy: false }, circuit, checks: checksOf(sides, phases) };
}

const linesOf = (text: string): string[] => stripVTControlCharacters(text).split('\n');

describe('the sentence', () => {
  it('compares what customers waited and what reached the dead service, and says what was kept', () => {
    expect(sentenceOf(ending())).toBe(
      'During 20 s of dead payments customers waited 0.05 s on average instead of 1.3 s; 6 calls reached the dead ' +
        'service instead of 644; nothing was lost, nobody was charged twice.',
    );
  });

  it.each<[rule: string, change: Partial<Figures>, part: string]>([
    ['a longer wait', { outageMeanMs: 1_500 }, 'waited 1.5 s on average with breakers and 1.3 s without;'],
    ['a wait that looks the same', { outageMeanMs: 1_305 }, 'waited 1.3 s on average with breakers and 1.3 s without;'],
    ['as many calls', { callsToDeadService: 644 }, '644 calls reached the dead service with breakers and 644 without;'],
    ['one call', { callsToDeadService: 1 }, '1 call reached the dead service instead of 644;'],
    ['a lost order', { lost: 1 }, '1 accepted order was lost, nobody was charged twice.'],
    ['charges made twice', { chargedTwice: 2 }, 'nothing was lost, 2 customers were charged twice.'],
    ['an outage without customers', { outageMeanMs: null }, 'During 20 s of dead payments 6 calls reached'],
  ])('claims no more than was measured: %s', (_rule, change, part) => {
    expect(sentenceOf(ending(change))).toContain(part);
  });

  it('says where the machine made customers wait', () => {
    expect(sentenceOf({ ...ending({ outageMeanMs: 4_500 }), load: { isBusy: true } })).toContain(
      'customers waited 4.5 s on average with breakers and 1.3 s without on a busy machine;',
    );
  });

  it('compares nothing where payments were never dead', () => {
    expect(sentenceOf(ending({}, {}, ['steady']))).toBe(
      '1,000 customers came to each shop; nothing was lost, nobody was charged twice.',
    );
  });
});

describe('the meaning', () => {
  it('says when the circuit opened, or that it did not', () => {
    expect(meaningOf(ending())[0]).toContain('opened 0.90 s after the trouble began');
    const never = { opened: false, openedAfterMs: null, closed: true, isWellAtLast: true };
    expect(meaningOf({ ...ending(), circuit: never })[0]).toContain('did not open');
  });

  it('credits breakers with the waiting only where customers waited less', () => {
    expect(meaningOf(ending())[1]).toContain('Breakers save the waiting.');
    expect(meaningOf(ending({ outageMeanMs: 1_310 }))[1]).toContain('Breakers save the calls.');
  });

  it('says where the shop without breakers does better', () => {
    const meaning = meaningOf(ending({ recoveredMs: 5_200 }, { recoveredMs: 3_000 })).join(' ');
    expect(meaning).toContain('5.2 s after payments returned, without breakers after 3.0 s');
  });

  it('speaks of the database only where it was killed', () => {
    const refused = { refused: 61, failed: 3 };
    expect(meaningOf(ending(refused)).join(' ')).toContain('61 of 64 not accepted');
    expect(meaningOf(ending(refused, {}, ['steady', 'hang', 'return'])).join(' ')).not.toContain('database');
  });
});

/** Any figures, also those that a broken shop or a very slow machine would give. */
const anyFigures: fc.Arbitrary<Figures> = fc
  .record(
    Object.fromEntries(
      Object.keys(someFigures).map((name) => {
        const number = fc.oneof(fc.constant(0), fc.nat(9), fc.nat(9_999_999));
        return [name, name.endsWith('Ms') ? fc.option(number) : number];
      }),
    ),
  )
  .map((figures) => figures as unknown as Figures);
const anyPhases = fc.option(fc.subarray<Event>(['steady', 'slow', 'hang', 'refuse', 'return', 'databaseDown']));

describe('the ending', () => {
  it('is the sentence, eight rows, what they mean, and what was checked', () => {
    const lines = linesOf(endingOf(ending({}, { refused: 0, failed: 59 })));
    expect(lines[0]).toMatch(/^During 20 s of dead payments customers waited 0\.05 s/);
    const head = lines.findIndex((line) => line.includes('without breakers   '));
    expect(lines.slice(head, head + 10).map((line) => line.replaceAll(/ {2,}/g, ' | ').trim())).toEqual([
      '| without breakers | with breakers',
      'Orders placed | 1,000 | 1,000',
      'Paid at once | 500 | 500',
      'Accepted, paid later from the queue | 400 | 400',
      'Not accepted | 59 | 100',
      'Accepted, then lost | 0 | 0',
      'Customers charged twice | 0 | 0',
      'Calls to the dead payment service | 644 | 6',
      'Average wait while payments were dead | 1.3 s | 0.05 s',
      '',
    ]);
    expect(lines.join(' ')).toContain('✔ Checked: every customer got an answer, no order was lost');
  });

  it('names each broken rule in place of those that were checked', () => {
    const lines = linesOf(endingOf(ending({ lost: 3, drained: 399 })));
    expect(lines.filter((line) => line.startsWith('✘'))).toEqual([
      '✘ 3 accepted orders were lost',
      '✘ 1 queued payment not made',
    ]);
    expect(lines.join(' ')).not.toContain('✔');
  });

  it('has no euros, no formulas and no addresses', () => {
    expect(endingOf(ending())).not.toMatch(/EUR|€|÷|×|https?:/);
  });

  it('fits 80 columns whatever the figures', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, anyPhases, (some, others, events) => {
        const lines = linesOf(endingOf(ending(some, others, events ?? undefined)));
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
      }),
    );
  });

  it('fits 24 rows with a prompt below if all checks passed', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, anyPhases, (some, others, events) => {
        const load = { isBusy: true };
        const passed = { ...ending(some, others, events ?? undefined), checks: ending().checks, load };
        const kept = { ...passed, with: { ...passed.with, lost: 0, chargedTwice: 0 } };
        expect(linesOf(endingOf(kept)).length).toBeLessThanOrEqual(23);
      }),
    );
  });
});

describe('the explanation', () => {
  it('has every figure by its name, and euros', () => {
    const text = explanationOf({ with: ours, without: theirs, saved: someSavings });
    for (const name of Object.keys(someFigures)) expect(text).toMatch(new RegExp(`^${name} `, 'm'));
    expect(text).toMatch(/to [\d,]+ EUR/);
  });

  it('fits 80 columns whatever the figures', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, (some, others) => {
        const lines = linesOf(explanationOf({ with: some, without: others, saved: someSavings }));
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
      }),
    );
  });
});

describe('a text', () => {
  it('keeps its words and its width when it is wrapped', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,30}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 120 }), (parts, width) => {
        const lines = wrap(parts.join(' '), width, '    ');
        expect(lines.map((line) => line.trim()).join(' ')).toBe(parts.join(' '));
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('keeps a number and its unit on one line', () => {
    expect(wrap('customers waited 1.1 s; then', 20)).toEqual(['customers waited', '1.1 s; then']);
    expect(wrap('the limit was (40 %, or', 17)).toEqual(['the limit was', '(40 %, or']);
  });

  it('ends in an ellipsis where it is cut', () => {
    expect([cut('abc', 3), cut('abcd', 3)]).toEqual(['abc', 'ab…']);
  });

  it('has seconds with as many digits as say something', () => {
    expect([0, 52, 994, 995, 1_310, 9_949, 9_950, 20_000].map(seconds)).toEqual([
      ...['0.00 s', '0.05 s', '0.99 s', '1.0 s', '1.3 s', '9.9 s', '10 s', '20 s'],
    ]);
  });
});
