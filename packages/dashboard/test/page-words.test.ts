import { describe, expect, it } from 'vitest';
import { type Tile, tilesOf } from '../page/detail/tiles-of.ts';
import { headlineOf } from '../page/overview/headline.ts';
import { merged } from '../page/parts/merged.ts';
import { whatItMeans, whatTheySay, whoShares } from '../page/parts/together-words.ts';
import { TroubleLog } from '../src/history/trouble.ts';
import type { Figure, Figures } from '../src/impact/figure.ts';
import type { Row } from '../src/wire/messages.ts';

const ROW: Row = {
  ...{ id: 'a', group: 'a', state: 'closed', mode: 'active', since: null, until: null },
  ...{ calls: 0, failures: 0, slow: 0, failureRate: null, slowCallRate: null, admitted: null, seconds: [] },
};

const bucket = { at: 0, succeeded: 0, failed: 3, refused: 4, slow: 0, mean: null, longest: 0 };

function tiles(row: Partial<Row>, outcomes = true): readonly Tile[] {
  const trouble = { since: 75_000, says: '', refused: 743, openings: 9, attempts: 8 };
  return tilesOf({ row: { ...ROW, ...row }, detail: { seconds: [bucket, bucket], trouble }, now: 100_000, outcomes });
}

describe('what other instances say', () => {
  const circuit = { breaker: 'a', state: 'open', ground: 'sums', isItUs: false, isDissenting: false } as const;

  it('begins with who they are', () => {
    expect(whoShares({ group: 'shop', instances: 4, alone: false })).toMatch(/^4 instances of “shop” share/);
    expect(whoShares({ group: 'shop', instances: 1, alone: true })).toMatch(/^No other instance of “shop”/);
  });

  it('is each with its ground and rule, the longest first, and who of them is appointed', () => {
    const told = [
      { life: 'abcdefgh', state: 'open', ground: 'sums', rule: 'cusum', age: 2_000 },
      { life: 'ijklmnop', state: 'half-open', ground: 'hearsay', rule: 'others', age: 65_000 },
      { life: 'q', state: 'closed', ground: 'none', rule: '', age: 100 },
    ] as const;
    expect(whatTheySay({ told, appointed: 'ijklmnop' })).toEqual([
      { life: 'ijklmn', says: 'half-open for 65 s, on what others have told (others), appointed to probe' },
      { life: 'abcdef', says: 'open for 2 s, by its own calls (cusum)' },
      { life: 'q', says: 'closed' },
    ]);
  });

  it('is explained where this instance and the others differ', () => {
    expect(whatItMeans(circuit)).toBe('');
    expect(whatItMeans({ ...circuit, isItUs: true })).toContain('probably in this instance');
    expect(whatItMeans({ ...circuit, state: 'closed', isDissenting: true })).toContain('does not follow');
    expect(whatItMeans({ ...circuit, ground: 'hearsay' })).toBe('Opened here on what others have told.');
  });
});

describe('the tiles', () => {
  it('are of the window while calls are let through', () => {
    expect(tiles({ calls: 30, failureRate: 0.1 })).toEqual([
      ['calls in window', '30'],
      ['failure rate', '10 %'],
      ['slow rate', '–'],
      ['refused in the last 2 min', '8'],
    ]);
  });

  it.each(['open', 'half-open'] as const)('are of the outage while the circuit is %s', (state) => {
    expect(tiles({ state })).toEqual([
      ['since it opened', '25 s'],
      ['refused since then', '743'],
      ['attempts to recover', '8'],
      ['failed in the last 2 min', '6'],
    ]);
  });

  it('of an isolated breaker count no attempts, because there are none', () => {
    expect(tiles({ mode: 'isolated' }).map(([name]) => name)).toEqual([
      'since it was isolated',
      'refused since then',
      'failed in the last 2 min',
    ]);
  });

  it('never are empty numbers while calls are refused', () => {
    for (const row of [{ state: 'open' }, { state: 'half-open' }, { mode: 'isolated' }] as const) {
      for (const outcomes of [true, false]) {
        expect(tiles(row, outcomes).map(([, value]) => value)).not.toContain('–');
        expect(tilesOf({ row: { ...ROW, ...row }, detail: undefined, now: 0, outcomes })).toEqual([]);
      }
    }
  });

  it('are absent where nothing is counted', () => {
    expect(tiles({ mode: 'disabled' })).toEqual([]);
  });
});

describe('trouble', () => {
  const because = { rule: 'trip', at: 0 };
  const move = (from: Row['state'], to: Row['state']) =>
    ({ type: 'move', breaker: 'a', at: 0, from, to, because }) as const;
  const mode = (from: Row['mode'], to: Row['mode']) => ({ type: 'mode', breaker: 'a', at: 0, from, to }) as const;
  const reject = { type: 'reject', breaker: 'a', at: 0, because } as const;

  it('lasts from the first opening until the circuit closes, however often it opens', () => {
    const log = new TroubleLog();
    expect(log.current).toBeUndefined();
    log.record(move('closed', 'open'), 1_000);
    log.record(reject, 1_100);
    log.record(move('open', 'half-open'), 2_000);
    log.record(move('half-open', 'open'), 3_000);
    log.record(reject, 3_100);
    expect(log.current).toEqual({
      since: 1_000,
      says: 'Circuit "a" opened: an operator opened it.',
      ...{ refused: 2, openings: 2, attempts: 1 },
    });
    log.record(move('half-open', 'closed'), 4_000);
    expect(log.current).toBeUndefined();
  });

  it('is what an operator isolated, too, and not what is only watched', () => {
    const log = new TroubleLog();
    log.record(mode('active', 'isolated'), 1_000);
    log.record(reject, 1_100);
    expect(log.current).toMatchObject({ since: 1_000, refused: 1 });
    log.record(mode('isolated', 'shadow'), 2_000);
    expect(log.current).toBeUndefined();
    log.record(move('closed', 'open'), 3_000);
    expect(log.current).toBeUndefined();
  });

  it('of a circuit found open begins with the observation, and is counted once', () => {
    const found = new TroubleLog();
    found.meet('open', 'active', 5_000);
    expect(found.current).toEqual({ since: 5_000, says: '', refused: 0, openings: 1, attempts: 0 });
    const followed = new TroubleLog();
    followed.record(move('closed', 'open'), 1_000);
    followed.meet('open', 'active', 5_000);
    expect(followed.current).toMatchObject({ since: 1_000, openings: 1 });
  });
});

describe('what is told by one sentence', () => {
  it('is shown once, with how often and since when', () => {
    const says = ['b', 'a', 'b', 'a', 'c'];
    const told = says.map((sentence, index) => ({ says: sentence, at: 100 - index, number: index }));
    expect(merged(told)).toEqual([
      { says: 'b', at: 100, number: 0, times: 2, from: 98 },
      { says: 'a', at: 99, number: 1, times: 2, from: 97 },
      { says: 'c', at: 96, number: 4, times: 1, from: 96 },
    ]);
  });
});

describe('the savings', () => {
  const figure = (title: string, unit: Figure['unit'], low: number, high: number): Figure => ({
    ...{ title, unit, low, high, meaning: '', formula: '' },
  });
  const spared = figure('Calls spared', 'calls', 2_158, 2_158);
  const waiting = figure('Waiting avoided', 'ms', 444_000, 1_176_000);
  const total = figure('Total savings', 'money', -251.28, 662.06);

  it.each<[figures: Figures, amount: string, title: string]>([
    [{ callsSpared: spared }, '2,158 calls', 'Calls spared'],
    [{ callsSpared: spared, waitingAvoided: waiting }, 'about 13.5 min', 'Waiting avoided'],
    [{ callsSpared: spared, waitingAvoided: waiting, total }, 'about 210 EUR', 'Total savings'],
    [{ callsSpared: spared, revenueKept: figure('Revenue kept', 'money', 84.5, 84.5) }, '84.5 EUR', 'Revenue kept'],
  ])('are one number, without a range: %#', (figures, amount, title) => {
    expect(headlineOf({ figures, currency: 'EUR' })).toEqual({ amount, title });
  });
});
